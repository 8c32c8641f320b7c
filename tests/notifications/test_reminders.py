"""Reminders of closings: to those who asked, on the day they chose, once for each closing."""

from collections.abc import Callable
from datetime import timedelta

from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.notifications.actions import stop_by_link
from participation.notifications.reminders import remind_of_closings
from tests.factories.consultations import an_open_consultation, suspend
from tests.factories.notifications import a_follower
from tests.notifications.test_telling import address_of

Mails = Callable[[], list[str]]


def remind() -> None:
    remind_of_closings()
    db.session.commit()
    outbox.drain()


def test_a_reminder_comes_on_the_day_that_was_chosen_and_once(mails: Mails) -> None:
    consultation = an_open_consultation(closes_at=clock.now() + timedelta(days=5))
    person = a_follower(consultation, remind_days=3)
    a_follower(consultation)

    remind()
    assert mails() == []
    with clock.pretend(clock.now() + timedelta(days=2)):
        remind()
        remind()

    (letter,) = mails()
    assert address_of(letter) == person.email
    assert consultation.title in letter
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter


def test_a_closing_that_is_moved_is_reminded_of_again(mails: Mails) -> None:
    consultation = an_open_consultation(closes_at=clock.now() + timedelta(days=2))
    a_follower(consultation, remind_days=3)
    remind()
    consultation.closes_at += timedelta(days=10)
    db.session.commit()

    remind()
    assert len(mails()) == 1
    with clock.pretend(clock.now() + timedelta(days=9)):
        remind()

    assert len(mails()) == 2


def test_nobody_is_reminded_while_it_is_suspended_or_once_they_stopped(mails: Mails) -> None:
    suspended = an_open_consultation(closes_at=clock.now() + timedelta(days=2))
    a_follower(suspended, remind_days=3)
    suspend(suspended, clock.now())
    other = an_open_consultation(closes_at=clock.now() + timedelta(days=2))
    stop_by_link(a_follower(other, remind_days=3).id, None)
    db.session.commit()

    remind()

    assert [letter for letter in mails() if "List-Unsubscribe" in letter] == []


def test_somebody_who_stops_before_the_mail_leaves_gets_none(mails: Mails) -> None:
    consultation = an_open_consultation(closes_at=clock.now() + timedelta(days=2))
    person = a_follower(consultation, remind_days=3)
    remind_of_closings()
    stop_by_link(person.id, None)
    db.session.commit()

    assert mails() == []
