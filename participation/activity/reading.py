"""Readers of events: each one gets every event recorded since it exists, through an outbox row of its own.

`record()` writes one row in the transaction of the fact. The worker copies it into one row for each reader,
claimed, retried and marked as done apart from the others: a reader that fails holds back nobody, and never
compares ids, which are given before their transaction is committed. What a reader writes is in the same
transaction as the end of its row, so that it happens once. An event that no reader wants leaves no row: most
are for staff only, and the worker would have as many to put aside.
"""

from collections.abc import Callable

import sqlalchemy as sa

from participation.activity.models import Audience, Event
from participation.foundation import outbox
from participation.foundation.database import db

EVENT_RECORDED = "activity.event_recorded"

Reader = Callable[[Event], None]
_readers: dict[str, tuple[Audience, ...]] = {}


def reads_events(name: str, *audiences: Audience) -> Callable[[Reader], Reader]:
    """Declares a reader under a name that stays the same for ever: rows that wait bear it.

    With audiences, it gets the events of these only.
    """

    def declare(reader: Reader) -> Reader:
        @outbox.handles(_kind(name))
        def _hand_over(*, event: int) -> None:
            found = db.session.get(Event, event)
            # Gone with its project: there is nothing to tell.
            if found is not None:
                reader(found)

        _readers[name] = audiences
        return reader

    return declare


def queue_for_readers(event: Event) -> None:
    """Adds the row of an event for its readers to the present transaction, when there is any."""
    if _wanting(event.audience):
        outbox.queue(EVENT_RECORDED, event=event.id)


@outbox.handles(EVENT_RECORDED)
def hand_to_readers(*, event: int) -> None:
    """Queues an event for each reader that wants it."""
    audience = db.session.scalar(sa.select(Event.audience).where(Event.id == event))
    for name in _wanting(audience) if audience else ():
        outbox.queue(_kind(name), event=event)


def _wanting(audience: Audience) -> list[str]:
    return [name for name, audiences in _readers.items() if not audiences or audience in audiences]


def _kind(name: str) -> str:
    return f"{EVENT_RECORDED}.{name}"
