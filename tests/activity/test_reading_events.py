"""Readers of events: each gets every event once, whatever happens to the others."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from participation.activity import reading
from participation.activity.models import Audience, Event
from participation.activity.recording import record
from participation.foundation import clock, outbox
from participation.foundation.database import db

Reader = Callable[[str, Callable[[Event], None]], None]


@pytest.fixture
def read_by(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Returns a function that declares a reader for the time of the test."""
    monkeypatch.setattr(reading, "_readers", {})
    handlers = dict(outbox._handlers)

    def declare(name: str, reader: Callable[[Event], None]) -> None:
        reading.reads_events(name)(reader)

    yield declare
    outbox._handlers.clear()
    outbox._handlers.update(handlers)


def waiting_rows() -> int:
    return db.session.query(outbox.OutboxMessage).filter_by(kind=reading.EVENT_RECORDED, done_at=None).count()


def test_an_event_leaves_one_row_and_none_when_rolled_back(read_by: Reader) -> None:
    read_by("any", lambda _event: None)
    record("thing.done", "thing:1")
    db.session.rollback()
    none_left = (db.session.query(Event).count(), waiting_rows())

    record("thing.done", "thing:1")
    db.session.commit()

    assert none_left == (0, 0)
    assert (db.session.query(Event).count(), waiting_rows()) == (1, 1)


def test_without_reader_an_event_leaves_no_row(read_by: Reader) -> None:
    record("thing.done", "thing:1")
    db.session.commit()

    assert db.session.query(Event).count() == 1
    assert outbox.waiting() == 0


def test_a_reader_gets_the_events_of_its_audience_only(read_by: Reader) -> None:
    seen: list[str] = []
    reading.reads_events("public", Audience.PUBLIC)(lambda event: seen.append(event.subject))
    for audience in Audience:
        record("thing.done", f"thing:{audience.value}", audience=audience)
    db.session.commit()
    rows = waiting_rows()

    outbox.drain()

    assert (rows, seen) == (1, ["thing:public"])


def test_each_reader_gets_every_event_once(read_by: Reader) -> None:
    seen: dict[str, list[str]] = {"first": [], "second": []}
    for name, subjects in seen.items():
        read_by(name, lambda event, subjects=subjects: subjects.append(event.subject))
    for number in range(3):
        record("thing.done", f"thing:{number}")
    db.session.commit()

    outbox.drain()
    outbox.drain()

    assert seen == {name: ["thing:0", "thing:1", "thing:2"] for name in seen}


def test_a_reader_that_fails_is_asked_again_and_holds_nobody_back(read_by: Reader) -> None:
    seen: dict[str, list[str]] = {"steady": [], "shaky": []}
    failed: list[str] = []

    def shaky(event: Event) -> None:
        if not failed:
            failed.append(event.subject)
            raise RuntimeError
        seen["shaky"].append(event.subject)

    read_by("shaky", shaky)
    read_by("steady", lambda event: seen["steady"].append(event.subject))
    record("thing.done", "thing:1")
    record("thing.done", "thing:2")
    db.session.commit()

    outbox.drain()
    steady_at_once = list(seen["steady"])
    with clock.pretend(clock.now() + timedelta(hours=1)):
        outbox.drain()

    assert failed == ["thing:1"]
    assert steady_at_once == ["thing:1", "thing:2"] == seen["steady"]
    assert sorted(seen["shaky"]) == ["thing:1", "thing:2"]
    assert outbox.waiting() == 0


def test_what_was_done_a_month_ago_is_forgotten(read_by: Reader) -> None:
    read_by("any", lambda _event: None)
    with clock.pretend(clock.now() - timedelta(days=31)):
        record("thing.done", "thing:1")
        db.session.commit()
        outbox.drain()
    record("thing.done", "thing:2")
    db.session.commit()
    outbox.drain()

    outbox.forget_done()

    assert waiting_rows() == 0
    # Its row, and that of its reader.
    assert db.session.query(outbox.OutboxMessage).count() == 2
