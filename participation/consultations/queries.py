"""Reading consultations: public ones in the order of their urgency, one by its slug, its changes."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.consultations.models import Consultation, Participant, PeriodChange
from participation.foundation.database import db
from participation.projects.models import Project

WITH_PROJECT = joinedload(Consultation.project).joinedload(Project.collectivity)


class When(enum.StrEnum):
    """Where a consultation stands in time."""

    OPEN = "open"
    COMING = "coming"
    CLOSED = "closed"


def public_consultations(
    now: datetime, *, when: When | None = None, page: int = 1, size: int = 20
) -> list[Consultation]:
    """Returns announced consultations: open ones by their closing, then coming ones, then the last closed."""
    is_open, is_coming = _is(When.OPEN, now), _is(When.COMING, now)
    urgency = sa.case((is_open, 0), (is_coming, 1), else_=2)
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
    """Returns extensions and the cancellation, oldest first."""
    changes = sa.select(PeriodChange).filter_by(consultation_id=consultation.id).order_by(PeriodChange.id)
    return list(db.session.scalars(changes))


def participant_of(consultation: Consultation, person: Person | None) -> Participant | None:
    """Returns this person in this consultation; None when they never took part in it."""
    if person is None:
        return None
    known = sa.select(Participant).filter_by(consultation_id=consultation.id, person_id=person.id)
    return db.session.scalar(known)


def _public(now: datetime, when: When | None) -> sa.Select[Consultation]:
    announced = sa.select(Consultation).where(Consultation.announced_at.is_not(None))
    return announced.where(_is(when, now)) if when else announced


def _is(when: When, now: datetime) -> sa.ColumnElement[bool]:
    stands = Consultation.cancelled_at.is_(None)
    conditions = {
        When.OPEN: sa.and_(stands, Consultation.opens_at <= now, Consultation.closes_at > now),
        When.COMING: sa.and_(stands, Consultation.opens_at > now),
        When.CLOSED: sa.or_(~stands, Consultation.closes_at <= now),
    }
    return conditions[when]
