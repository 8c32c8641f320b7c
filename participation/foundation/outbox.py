"""The outbox: what must be done after a change, written in the same transaction, drained by the worker.

A row holds a kind and ids, never text or tokens: the work reads the rows again when it is done.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation import clock
from participation.foundation.database import Model, db

log = logging.getLogger(__name__)

CLAIM_LASTS = timedelta(minutes=5)
RETRIES = 8
DONE_KEPT = timedelta(days=30)

Handler = Callable[..., None]
_handlers: dict[str, Handler] = {}


class OutboxMessage(Model):
    """One thing to be done, at the earliest at `due_at`."""

    __table_args__ = (sa.Index("ix_outbox_message_waiting", "done_at", "due_at"),)

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    last_error: Mapped[str] = mapped_column(default="", server_default="")


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Declares the function that does one kind of work; it receives the payload as keyword arguments."""

    def declare(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return declare


def queue(kind: str, *, due_at: datetime | None = None, **ids: int | str) -> None:
    """Adds work to the present transaction: nothing happens if it is rolled back."""
    db.session.add(OutboxMessage(kind=kind, payload=ids, due_at=due_at or clock.now()))


def drain(limit: int = 1000) -> int:
    """Does the waiting work, oldest first, each in a transaction of its own; returns how many were done."""
    done = 0
    while done < limit and (message := _claim()) is not None:
        done += _perform(message)
    return done


def waiting() -> int:
    """Returns how many pieces of work are not done yet."""
    not_done = sa.select(sa.func.count()).where(OutboxMessage.done_at.is_(None))
    return db.session.scalar(not_done) or 0


def forget_done() -> None:
    """Deletes work that was done a month ago: kinds and numbers that nobody reads any more."""
    old = sa.delete(OutboxMessage).where(OutboxMessage.done_at < clock.now() - DONE_KEPT)
    db.session.execute(old)


def _claim() -> OutboxMessage | None:
    now = clock.now()
    free = (
        sa.select(OutboxMessage)
        .where(OutboxMessage.done_at.is_(None), OutboxMessage.due_at <= now, OutboxMessage.attempts < RETRIES)
        .where(sa.or_(OutboxMessage.claimed_at.is_(None), OutboxMessage.claimed_at < now - CLAIM_LASTS))
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = db.session.scalar(free)
    if message is not None:
        message.claimed_at = now
        message.attempts += 1
    db.session.commit()
    return message


def _perform(message: OutboxMessage) -> int:
    try:
        _handlers[message.kind](**message.payload)
        message.done_at = clock.now()
        db.session.commit()
    except Exception as error:
        # One broken piece must not stop the others; it comes back later, a little later each time.
        db.session.rollback()
        log.exception("outbox %s (%s) failed", message.id, message.kind)
        message.last_error = type(error).__name__
        message.claimed_at = None
        message.due_at = clock.now() + timedelta(minutes=2**message.attempts)
        db.session.commit()
        return 0
    return 1
