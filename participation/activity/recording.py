"""Recording what happened, in the transaction of the fact, and keeping what is owed."""

from datetime import datetime

import sqlalchemy as sa

from participation.activity.models import Audience, Deadline, Event
from participation.activity.reading import EVENT_RECORDED
from participation.collectivities.models import Membership
from participation.foundation import clock, outbox
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
    """Adds an event (`decision.published`, `decision:12`) and one outbox row for its readers.

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
    outbox.queue(EVENT_RECORDED, event=event.id)
    return event


def owe(
    kind: str, subject: str, *, owed_by: str, due_at: datetime, project_id: int, collectivity_id: int
) -> None:
    """Starts the clock of something owed; asked again, it moves the date instead of owing twice."""
    deadline = db.session.scalar(sa.select(Deadline).filter_by(kind=kind, subject=subject))
    if deadline is None:
        deadline = Deadline(
            kind=kind, subject=subject, project_id=project_id, collectivity_id=collectivity_id
        )
        db.session.add(deadline)
    deadline.owed_by = owed_by
    deadline.due_at = due_at
    db.session.flush()


def settle(kind: str, subject: str) -> None:
    """Stops the clock of something owed; once more changes nothing."""
    waiting = sa.update(Deadline).where(
        Deadline.kind == kind, Deadline.subject == subject, Deadline.done_at.is_(None)
    )
    db.session.execute(waiting.values(done_at=clock.now()))
