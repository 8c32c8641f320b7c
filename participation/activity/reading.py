"""Readers of events: each one gets every event recorded since it exists, through an outbox row of its own.

`record()` writes one row in the transaction of the fact. The worker copies it into one row for each reader,
claimed, retried and marked as done apart from the others: a reader that fails holds back nobody, and never
compares ids, which are given before their transaction is committed. What a reader writes is in the same
transaction as the end of its row, so that it happens once.
"""

from collections.abc import Callable

from participation.activity.models import Event
from participation.foundation import outbox
from participation.foundation.database import db

EVENT_RECORDED = "activity.event_recorded"

Reader = Callable[[Event], None]
_readers: list[str] = []


def reads_events(name: str) -> Callable[[Reader], Reader]:
    """Declares a reader under a name that stays the same for ever: rows that wait bear it."""

    def declare(reader: Reader) -> Reader:
        @outbox.handles(_kind(name))
        def _hand_over(*, event: int) -> None:
            found = db.session.get(Event, event)
            # Gone with its project: there is nothing to tell.
            if found is not None:
                reader(found)

        _readers.append(name)
        return reader

    return declare


@outbox.handles(EVENT_RECORDED)
def hand_to_readers(*, event: int) -> None:
    """Queues an event for each reader; while there is none, everything that waits is done at once."""
    if not _readers:
        outbox.settle_all(EVENT_RECORDED)
    for name in _readers:
        outbox.queue(_kind(name), event=event)


def _kind(name: str) -> str:
    return f"{EVENT_RECORDED}.{name}"
