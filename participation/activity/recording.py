"""Recording what happened, in the transaction of the fact, and keeping what is owed."""

from datetime import datetime

import sqlalchemy as sa

from participation.activity.models import Audience, Deadline, Event
from participation.activity.reading import queue_for_readers
from participation.collectivities.models import Membership
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db


def record(
    action: str,
    subject: str,
    *,
    audience: Audience = Audience.STAFF,
    member: Membership | None = None,
    participant_id: int | None = None,
    project_id: int | None = None,
    collectivity_id: int | None = None,
    **details: str | int | None,
) -> Event:
    """Adds an event (`decision.published`, `decision:12`), and one outbox row when somebody reads it.

    Details never hold a resident's text or name. Rolled back with the fact, neither is left; the flush gives
    the event its number, which the row holds.
    """
    event = Event(
        action=action,
        subject=subject,
        audience=audience,
        actor_membership_id=member.id if member else None,
        actor_participant_id=participant_id,
        project_id=project_id,
        collectivity_id=collectivity_id or (member.collectivity_id if member else None),
        details=details,
    )
    db.session.add(event)
    db.session.flush()
    queue_for_readers(event)
    return event


def owe(
    kind: str,
    subject: str,
    *,
    owed_by: str,
    due_at: datetime,
    project_id: int,
    collectivity_id: int,
    consultation_id: int | None = None,
    suspended_at: datetime | None = None,
) -> bool:
    """Starts the clock of something owed; asked again, it moves the date instead of owing twice.

    Returns whether it was owed for the first time.

    With a consultation it stands still while that one is suspended: from the start with `suspended_at`.
    """
    known = sa.select(Deadline).filter_by(kind=kind, subject=subject)
    deadline = db.session.scalar(known)
    is_new = deadline is None
    if deadline is None:
        deadline = Deadline(
            kind=kind,
            subject=subject,
            project_id=project_id,
            collectivity_id=collectivity_id,
            owed_by=owed_by,
            due_at=due_at,
        )
        if not add_once(deadline):
            deadline, is_new = db.session.scalars(known).one(), False
    deadline.owed_by = owed_by
    deadline.due_at = due_at
    deadline.consultation_id = consultation_id
    deadline.suspended_at = suspended_at
    db.session.flush()
    return is_new


def settle(kind: str, subject: str) -> None:
    """Stops the clock of something owed; once more changes nothing."""
    now = clock.now()
    waiting = sa.select(Deadline).filter_by(kind=kind, subject=subject, done_at=None)
    deadline = db.session.scalar(waiting.with_for_update().execution_options(populate_existing=True))
    if deadline is None:
        return
    _let_run(deadline, now)
    deadline.done_at = now
    db.session.flush()


def let_off(kind: str, subject: str) -> None:
    """Forgets something that is no longer owed to anybody; what was done stays counted."""
    waiting = sa.delete(Deadline).where(
        Deadline.kind == kind, Deadline.subject == subject, Deadline.done_at.is_(None)
    )
    db.session.execute(waiting)


def suspend_clocks(consultation_id: int, now: datetime) -> None:
    """Stops every clock that runs with a consultation, where it stands."""
    running = sa.update(Deadline).where(
        Deadline.consultation_id == consultation_id,
        Deadline.done_at.is_(None),
        Deadline.suspended_at.is_(None),
    )
    db.session.execute(running.values(suspended_at=now))


def resume_clocks(consultation_id: int, now: datetime) -> None:
    """Lets them run again: each is due later by as long as it stood still."""
    standing = (
        sa.select(Deadline)
        .where(Deadline.consultation_id == consultation_id, Deadline.suspended_at.is_not(None))
        .order_by(Deadline.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for deadline in db.session.scalars(standing):
        _let_run(deadline, now)
    db.session.flush()


def _let_run(deadline: Deadline, now: datetime) -> None:
    if deadline.suspended_at is not None:
        deadline.due_at += now - deadline.suspended_at
        deadline.suspended_at = None
