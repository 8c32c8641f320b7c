"""Finding contributions: one by its reference, those of a person, what a participant chose."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.consultations.models import Consultation, Participant
from participation.contributions.models import (
    Choice,
    ConditionSupport,
    Contribution,
    Position,
    ReportedTotal,
    Submission,
    UsefulVote,
)
from participation.contributions.queries.places import WHERE_SAID
from participation.foundation.database import db
from participation.projects.models import Project


def contribution_by_ref(ref: str) -> Contribution | None:
    """Returns a contribution of any visibility with its author, consultation, project and collectivity."""
    found = (
        sa.select(Contribution)
        .where(Contribution.ref == ref)
        .options(joinedload(Contribution.participant), joinedload(Contribution.open_point), *WHERE_SAID)
    )
    return db.session.scalar(found)


def submission_by_ref(ref: str) -> Submission | None:
    """Returns what one sent form recorded, with its participant and consultation."""
    found = (
        sa.select(Submission)
        .where(Submission.ref == ref)
        .options(
            joinedload(Submission.participant)
            .joinedload(Participant.consultation)
            .joinedload(Consultation.project)
            .joinedload(Project.collectivity),
            joinedload(Submission.participant)
            .joinedload(Participant.outside_project)
            .joinedload(Project.collectivity),
        )
    )
    return db.session.scalar(found)


def contributions_of_submission(submission: Submission) -> list[Contribution]:
    """Returns the texts one sent form recorded, in their order."""
    return _with_refs(submission.recorded.get("contributions", []))


def contributions_supported_in(submission: Submission) -> list[Contribution]:
    """Returns the conditions that one sent form supported, in their order."""
    return _with_refs(submission.recorded.get("supported", []))


def reported_totals(contribution: Contribution) -> list[ReportedTotal]:
    """Returns the totals that came without people from the platform of an import."""
    totals = sa.select(ReportedTotal).filter_by(contribution_id=contribution.id).order_by(ReportedTotal.id)
    return list(db.session.scalars(totals)) if contribution.source_key else []


def supported_by(participant: Participant) -> set[int]:
    """Returns the numbers of the conditions a participant supports."""
    supported = sa.select(ConditionSupport.contribution_id).filter_by(participant_id=participant.id)
    return set(db.session.scalars(supported))


def useful_for(participant: Participant) -> set[int]:
    """Returns the numbers of the contributions a participant finds useful."""
    useful = sa.select(UsefulVote.contribution_id).filter_by(participant_id=participant.id)
    return set(db.session.scalars(useful))


def position_of(participant: Participant) -> Choice | None:
    """Returns the position a participant holds now; for that person only, never for a page."""
    return db.session.scalar(sa.select(Position.choice).filter_by(participant_id=participant.id))


def _with_refs(refs: Collection[str]) -> list[Contribution]:
    found = sa.select(Contribution).where(Contribution.ref.in_(refs)).order_by(Contribution.id)
    return list(db.session.scalars(found))
