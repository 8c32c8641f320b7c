"""What contributions hold of a person: what they said and chose, receipts, what they never confirmed."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.erasure import ErasureChoice, Facts, Traces, facts
from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.consultations.queries import participants_of
from participation.contributions.actions import erase_contribution, hold_texts
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    ContributionVersion,
    PendingSubmission,
    Position,
    Submission,
    UsefulVote,
    Visibility,
)
from participation.contributions.paper import erasure as paper
from participation.foundation.database import db

HANDLES = (
    # Stay, with a participant who has no person any more: counts are of participants.
    "contribution.participant_id",
    "position.participant_id",
    "condition_support.participant_id",
    "useful_vote.participant_id",
    # Go.
    "contribution.title",
    "contribution.body",
    "contribution_version.body",
    "submission.participant_id",
    "submission.form_key",
    "submission.ref",
    "submission.recorded",
    "pending_submission.person_id",
    "pending_submission.address_id",
    "pending_submission.payload",
    "pending_submission.form_key",
    "pending_submission.token_hash",
    "pending_submission.kind",
    "pending_submission.language",
    *paper.HANDLES,
)


def traces_of(person: Person) -> Traces:
    """Returns texts of any visibility, positions, supports, votes, receipts and unconfirmed forms."""
    own = participants_of(person)
    said = (
        sa.select(Contribution)
        .where(Contribution.participant_id.in_(own))
        .options(joinedload(Contribution.consultation), joinedload(Contribution.outside_project))
        .order_by(Contribution.id)
    )
    sent = sa.select(Submission).where(Submission.participant_id.in_(own)).order_by(Submission.id)
    held = sa.select(PendingSubmission).filter_by(person_id=person.id).order_by(PendingSubmission.id)
    return {
        "contributions": [_said(one) for one in db.session.scalars(said)],
        "contribution_versions": _former_words(own),
        "positions": _positions(own),
        "condition_supports": _votes(ConditionSupport, own),
        "useful_votes": _votes(UsefulVote, own),
        "submissions": [facts(one, "ref", "recorded", "created_at") for one in db.session.scalars(sent)],
        "pending_submissions": [
            facts(one, "kind", "payload", "created_at", "expires_at", "confirmed_at")
            for one in db.session.scalars(held)
        ],
        "paper_forms": paper.forms_held_of(person),
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Destroys texts, receipts and unconfirmed forms; positions, supports and votes stay counted."""
    # First: a confirmation under way holds this row, and what it records is then found below.
    db.session.execute(sa.delete(PendingSubmission).where(PendingSubmission.person_id == person.id))
    own = participants_of(person)
    texts = _to_erase(own, choice)
    # Together and in one order: their threads and their standing move with them.
    hold_texts(*texts)
    for contribution in texts:
        erase_contribution(contribution)
    paper.strip_forms_of(person)
    # A receipt ties a position to texts.
    db.session.execute(sa.delete(Submission).where(Submission.participant_id.in_(own)))


def _to_erase(own: sa.Select[int], choice: ErasureChoice) -> list[Contribution]:
    """Returns the texts to destroy: what was answered under a function is the collectivity's and stays."""
    said = sa.select(Contribution).where(Contribution.participant_id.in_(own), Contribution.spoken_as == "")
    if choice is ErasureChoice.KEEP_TEXTS:
        said = said.where(Contribution.visibility != Visibility.PUBLISHED)
    return list(db.session.scalars(said.order_by(Contribution.id)))


def _said(one: Contribution) -> Facts:
    columns = ("ref", "kind", "stance", "title", "body", "spoken_as", "visibility", "created_at")
    kind = "consultation" if one.consultation else "project"
    return {kind: one.place.title, **facts(one, *columns)}


def _former_words(own: sa.Select[int]) -> list[Facts]:
    """Returns the words a person replaced, which stay in the public history of their texts."""
    kept = (
        sa.select(Contribution.ref, ContributionVersion)
        .join(ContributionVersion, ContributionVersion.contribution_id == Contribution.id)
        .where(Contribution.participant_id.in_(own))
        .order_by(ContributionVersion.id)
    )
    return [
        {"contribution": ref, **facts(one, "number", "body", "written_at", "created_at")}
        for ref, one in db.session.execute(kept)
    ]


def _positions(own: sa.Select[int]) -> list[Facts]:
    taken = (
        sa.select(Position, Consultation.title)
        .join(Consultation, Consultation.id == Position.consultation_id)
        .where(Position.participant_id.in_(own))
        .order_by(Position.id)
    )
    return [
        {"consultation": title, **facts(position, "choice", "changed_at")}
        for position, title in db.session.execute(taken)
    ]


def _votes(table: type[ConditionSupport] | type[UsefulVote], own: sa.Select[int]) -> list[Facts]:
    given = (
        sa.select(Contribution.ref, table.created_at)
        .join(table, table.contribution_id == Contribution.id)
        .where(table.participant_id.in_(own))
        .order_by(table.id)
    )
    return [{"contribution": ref, "created_at": moment} for ref, moment in db.session.execute(given)]
