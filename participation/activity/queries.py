"""Reading what happened and what is owed."""

from datetime import datetime
from functools import cache

import sqlalchemy as sa

from participation.activity.models import Audience, Deadline, Event
from participation.foundation.database import db


def public_events_of(project_id: int) -> list[Event]:
    """Returns the public events of a project, oldest first."""
    return list(db.session.scalars(_public_events(), {"project_id": project_id}))


@cache
def _public_events() -> sa.Select[Event]:
    return (
        sa.select(Event)
        .where(Event.project_id == sa.bindparam("project_id"), Event.audience == Audience.PUBLIC)
        .order_by(Event.created_at, Event.id)
    )


def shown_at(now: datetime | sa.BindParameter[datetime]) -> sa.ColumnElement[datetime]:
    """Returns what a clock shows, as `Deadline.shown_at` does, for a statement to compare with."""
    return sa.func.coalesce(Deadline.suspended_at, now)


def late_deadlines(now: datetime, limit: int = 5) -> list[Deadline]:
    """Returns what is owed and late, longest waiting first."""
    late = sa.select(Deadline).where(Deadline.done_at.is_(None), Deadline.due_at < shown_at(now))
    return list(db.session.scalars(late.order_by(Deadline.due_at, Deadline.id).limit(limit)))


def open_deadlines_of(collectivity_id: int) -> list[Deadline]:
    """Returns everything a collectivity still owes, most urgent first."""
    owed = sa.select(Deadline).where(Deadline.collectivity_id == collectivity_id, Deadline.done_at.is_(None))
    return list(db.session.scalars(owed.order_by(Deadline.due_at, Deadline.id)))
