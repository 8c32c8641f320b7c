"""Reading consultations: public ones in the order of their urgency, one by its slug, its changes."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from participation.accounts.models import Person
from participation.collectivities.models import Membership
from participation.consultations.models import (
    Assurance,
    ChangeKind,
    ClosingProposal,
    Consultation,
    ModerationTime,
    Participant,
    PeriodChange,
    Verification,
)
from participation.foundation.database import db
from participation.projects.models import Project

WITH_PROJECT = joinedload(Consultation.project).joinedload(Project.collectivity)


class When(enum.StrEnum):
    """Where a consultation stands in time."""

    OPEN = "open"
    PAUSED = "paused"
    COMING = "coming"
    CLOSED = "closed"


def public_consultations(
    now: datetime, *, when: When | None = None, page: int = 1, size: int = 20
) -> list[Consultation]:
    """Returns announced consultations: open ones by closing, suspended, coming, then the last closed."""
    is_open, is_coming = _is(When.OPEN, now), _is(When.COMING, now)
    urgency = sa.case((is_open, 0), (_is(When.PAUSED, now), 1), (is_coming, 2), else_=3)
    listed = (
        _public(now, when)
        .options(WITH_PROJECT)
        .order_by(
            urgency,
            sa.case((is_open, Consultation.closes_at)),
            sa.case((is_coming, Consultation.opens_at)),
            Consultation.closes_at.desc(),
            Consultation.id.desc(),
        )
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(db.session.scalars(listed))


def count_public(now: datetime, *, when: When | None = None) -> int:
    """Returns how many announced consultations there are."""
    return db.session.scalar(_public(now, when).with_only_columns(sa.func.count())) or 0


def consultation_by_slug(slug: str) -> Consultation | None:
    """Returns a consultation, draft or announced, with its project and collectivity."""
    return db.session.scalar(sa.select(Consultation).where(Consultation.slug == slug).options(WITH_PROJECT))


def consultation_by_ref(ref: str) -> Consultation | None:
    """Returns a consultation, draft or announced, by the reference printed on its sheets."""
    return db.session.scalar(sa.select(Consultation).where(Consultation.ref == ref.lower()))


def consultations_of_project(project: Project) -> list[Consultation]:
    """Returns the announced consultations of a project, latest first."""
    announced = (
        sa.select(Consultation)
        .where(Consultation.project_id == project.id, Consultation.announced_at.is_not(None))
        .order_by(Consultation.opens_at.desc(), Consultation.id.desc())
    )
    return list(db.session.scalars(announced))


def consultations_of_collectivity(collectivity_id: int, limit: int = 200) -> list[Consultation]:
    """Returns drafts first, then announced ones, latest opening first: for the back office."""
    all_of_them = (
        sa.select(Consultation)
        .join(Project, Project.id == Consultation.project_id)
        .where(Project.collectivity_id == collectivity_id)
        .options(joinedload(Consultation.project))
        .order_by(
            Consultation.announced_at.is_not(None), Consultation.opens_at.desc(), Consultation.id.desc()
        )
        .limit(limit)
    )
    return list(db.session.scalars(all_of_them))


def changes_of(consultation: Consultation) -> list[PeriodChange]:
    """Returns what happened to its period since it was announced, oldest first, with who did it."""
    changes = (
        sa.select(PeriodChange)
        .filter_by(consultation_id=consultation.id)
        .options(joinedload(PeriodChange.changed_by), joinedload(PeriodChange.confirmed_by))
        .order_by(PeriodChange.id)
    )
    return list(db.session.scalars(changes))


def suspension_of(consultation: Consultation | None) -> PeriodChange | None:
    """Returns why it is suspended today; None, without asking the database, when it isn't."""
    if consultation is None or not consultation.is_paused:
        return None
    pauses = (
        sa.select(PeriodChange)
        .filter_by(consultation_id=consultation.id, kind=ChangeKind.PAUSED)
        .order_by(PeriodChange.id.desc())
    )
    return db.session.scalar(pauses.limit(1))


def suspension_among(consultation: Consultation, changes: list[PeriodChange]) -> PeriodChange | None:
    """Returns the same from changes that were read already."""
    pauses = [change for change in changes if change.kind is ChangeKind.PAUSED]
    return pauses[-1] if consultation.is_paused and pauses else None


def waiting_proposal(consultation: Consultation) -> ClosingProposal | None:
    """Returns the proposal to close early that nobody has answered, also one whose moment has passed."""
    waiting = sa.select(ClosingProposal).filter_by(consultation_id=consultation.id, ended_at=None)
    with_proposer = joinedload(ClosingProposal.proposed_by).joinedload(Membership.person)
    return db.session.scalar(waiting.options(with_proposer))


def closing_proposal(consultation: Consultation, number: int) -> ClosingProposal | None:
    """Returns one proposal to close this consultation early, answered or not."""
    found = sa.select(ClosingProposal).filter_by(consultation_id=consultation.id, id=number)
    return db.session.scalar(found.options(joinedload(ClosingProposal.proposed_by)))


def closings_to_confirm(collectivity_id: int, now: datetime) -> list[ClosingProposal]:
    """Returns the proposals of a collectivity that somebody can still confirm, oldest first."""
    waiting = (
        sa.select(ClosingProposal)
        .join(ClosingProposal.consultation)
        .join(Consultation.project)
        .where(
            Project.collectivity_id == collectivity_id,
            ClosingProposal.ended_at.is_(None),
            sa.or_(ClosingProposal.closes_at.is_(None), ClosingProposal.closes_at > now),
            ~_is(When.CLOSED, now),
        )
        .options(contains_eager(ClosingProposal.consultation))
        .order_by(ClosingProposal.id)
    )
    return list(db.session.scalars(waiting))


def open_consultation_of(project: Project, now: datetime) -> Consultation | None:
    """Returns the consultation in which what is said of a project now counts; None outside any."""
    is_open = sa.select(Consultation).where(
        Consultation.project_id == project.id,
        Consultation.announced_at.is_not(None),
        _is(When.OPEN, now),
    )
    return db.session.scalar(is_open.order_by(Consultation.opens_at.desc(), Consultation.id.desc()).limit(1))


def moderation_outside(project: Project) -> ModerationTime:
    """Returns when what is asked outside a consultation is read: as in its latest one, else before."""
    latest = (
        sa.select(Consultation.moderation)
        .where(Consultation.project_id == project.id, Consultation.announced_at.is_not(None))
        .order_by(Consultation.opens_at.desc(), Consultation.id.desc())
        .limit(1)
    )
    return db.session.scalar(latest) or ModerationTime.BEFORE


def participant_of(consultation: Consultation, person: Person | None) -> Participant | None:
    """Returns this person in this consultation; None when they never took part in it."""
    if person is None:
        return None
    return db.session.scalar(counted_in(consultation.id, None, person))


def counted_in(
    consultation_id: int | None, outside_project_id: int | None, person: Person
) -> sa.Select[Participant]:
    """Returns the statement of the participant that counts for a person in one place."""
    return sa.select(Participant).filter_by(
        consultation_id=consultation_id,
        outside_project_id=outside_project_id,
        person_id=person.id,
        same_as_id=None,
    )


def passed_closings(now: datetime) -> list[Consultation]:
    """Returns announced consultations whose closing has passed and was not noted yet, by project."""
    passed = (
        sa.select(Consultation)
        .where(
            Consultation.announced_at.is_not(None),
            Consultation.cancelled_at.is_(None),
            Consultation.paused_at.is_(None),
            Consultation.over_at.is_(None),
            Consultation.closes_at <= now,
        )
        .order_by(Consultation.project_id, Consultation.id)
    )
    return list(db.session.scalars(passed))


def participants_of(person: Person) -> sa.Select[int]:
    """Returns the numbers of every identity of a person, everywhere, the linked ones too.

    What they wrote under any of them is their own; only one without `same_as_id` counts in each place.
    """
    return sa.select(Participant.id).where(Participant.person_id == person.id)


def not_over_in(collectivity_id: int, now: datetime) -> sa.Select[int]:
    """Returns the numbers of the consultations of a collectivity whose results can still move, drafts too."""
    here = Project.collectivity_id == collectivity_id
    return not_over(now).join(Project, Project.id == Consultation.project_id).where(here)


def not_over(now: datetime) -> sa.Select[int]:
    """Returns the numbers of all consultations whose results can still move, drafts too."""
    return sa.select(Consultation.id).where(~_is(When.CLOSED, now))


def is_verified(person: Person, collectivity_id: int) -> bool:
    """Tells whether an agent of the collectivity has seen this person, and nobody took it back."""
    standing = sa.select(Verification.id).filter_by(
        person_id=person.id, collectivity_id=collectivity_id, revoked_at=None
    )
    return db.session.scalar(standing) is not None


def assurance_in(consultation: Consultation, person: Person | None) -> Assurance:
    """Returns how sure we are today of whoever is signed in, or of a guest; asks only where it matters."""
    if person is None:
        return Assurance.EMAIL
    asks_most = consultation.minimum_assurance is Assurance.VERIFIED
    if asks_most and is_verified(person, consultation.project.collectivity_id):
        return Assurance.VERIFIED
    return Assurance.ACCOUNT if person.has_account else Assurance.EMAIL


def _public(now: datetime, when: When | None) -> sa.Select[Consultation]:
    announced = sa.select(Consultation).where(Consultation.announced_at.is_not(None))
    return announced.where(_is(when, now)) if when else announced


def _is(when: When, now: datetime) -> sa.ColumnElement[bool]:
    stands, counts = Consultation.cancelled_at.is_(None), Consultation.paused_at.is_(None)
    is_over = Consultation.over_at.is_not(None)
    conditions = {
        When.OPEN: sa.and_(
            stands, counts, ~is_over, Consultation.opens_at <= now, Consultation.closes_at > now
        ),
        When.PAUSED: sa.and_(stands, ~counts),
        When.COMING: sa.and_(stands, Consultation.opens_at > now),
        When.CLOSED: sa.or_(~stands, is_over, sa.and_(counts, Consultation.closes_at <= now)),
    }
    return conditions[when]
