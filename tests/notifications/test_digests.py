"""One letter a week: never twice, never empty, newest first, only what is still public and followed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from participation.accounts.erasure import ErasureChoice
from participation.activity.models import Audience
from participation.activity.recording import record
from participation.contributions.models import Contribution, Visibility
from participation.foundation import clock, mail, outbox
from participation.foundation.database import db
from participation.notifications import actions
from participation.notifications.digests import add_digests, send_digest, this_week
from participation.notifications.models import Digest, DigestItem, Frequency, NoticeState, SubjectKind
from participation.notifications.news import note_news
from participation.privacy.actions import erase_person
from tests.factories.accounts import a_person
from tests.factories.consultations import a_consultation, an_open_consultation
from tests.factories.contributions import a_question
from tests.factories.notifications import a_follower, last_week, send_letters, some_news
from tests.factories.projects import a_complete_project
from tests.notifications.test_telling import address_of

Mails = Callable[[], list[str]]


def test_a_follower_gets_one_letter_with_everything_newest_first(mails: Mails) -> None:
    consultation = an_open_consultation(a_complete_project(slug="standard"))
    person = a_follower(consultation.project)
    some_news(consultation.project)
    some_news(consultation, at=last_week() + timedelta(hours=1))
    a_person()

    send_letters()

    (letter,) = mails()
    assert address_of(letter) == person.email
    assert letter.index("a été prolongée") < letter.index("version 2")
    assert "/projets/standard/versions/2" in letter
    assert f"== {consultation.project.title} ==" in letter


def test_done_again_and_in_later_weeks_nothing_is_told_twice(mails: Mails) -> None:
    project = a_complete_project()
    a_follower(project)
    event = some_news(project)
    send_letters()

    note_news(event)
    send_letters()
    with clock.pretend(clock.now() + timedelta(days=7)):
        note_news(event)
        send_letters()

    assert len(mails()) == 1
    assert db.session.query(DigestItem).count() == db.session.query(Digest).count() == 1


def test_without_news_there_is_no_letter(mails: Mails) -> None:
    a_follower(a_complete_project())
    some_news(a_complete_project())

    send_letters()

    assert mails() == []
    assert db.session.query(Digest).count() == 0


def test_the_news_of_this_week_wait_for_the_next_letter(mails: Mails) -> None:
    project = a_complete_project()
    a_follower(project)
    some_news(project, at=clock.now())

    send_letters()
    assert mails() == []

    with clock.pretend(clock.now() + timedelta(days=7)):
        send_letters()
    assert len(mails()) == 1


def test_what_happened_before_one_followed_is_not_told(mails: Mails) -> None:
    project = a_complete_project()
    person = a_person()
    actions.follow(person, SubjectKind.PROJECT, project.id)
    some_news(project)

    send_letters()

    assert mails() == []


@pytest.mark.parametrize("stopped", ["subject", "letters", "unfollowed", "project"])
def test_what_is_no_longer_followed_or_public_is_not_told(mails: Mails, stopped: str) -> None:
    project = a_complete_project()
    person = a_follower(project)
    some_news(project)
    if stopped == "project":
        project.proposed_at = None
    elif stopped == "letters":
        actions.set_frequency(person, Frequency.NEVER)
    else:
        scope = (SubjectKind.PROJECT, project.id) if stopped == "unfollowed" else None
        actions.stop_by_link(person.id, scope)
    db.session.commit()

    send_letters()

    assert mails() == []
    assert db.session.scalars(sa.select(Digest.state)).all() == [NoticeState.REFUSED]


def test_an_answer_is_told_to_who_follows_its_question_while_it_is_public(mails: Mails) -> None:
    project = a_complete_project()
    seen, hidden = (a_question(project, body=words) for words in ("Qui répond la nuit ?", "Qui est-ce ?"))
    person = a_person()
    for question in (seen, hidden):
        with clock.pretend(clock.now() - timedelta(days=30)):
            actions.follow(person, SubjectKind.QUESTION, question.id)
        _answered(question, last_week())
    hidden.visibility = Visibility.HIDDEN
    db.session.commit()

    send_letters()

    (letter,) = mails()
    assert "Qui répond la nuit" in letter
    assert "Qui est-ce" not in letter


def test_the_opening_and_the_closing_are_told_once_each(mails: Mails) -> None:
    opened = a_consultation(opens_at=last_week(), closes_at=clock.now() + timedelta(days=30))
    closed = a_consultation(opens_at=clock.now() - timedelta(days=60), closes_at=last_week())
    for one in (opened, closed):
        a_follower(one)
    with clock.pretend(last_week() + timedelta(hours=6)):
        send_letters()

    send_letters()
    with clock.pretend(clock.now() + timedelta(days=7)):
        send_letters()

    letters = mails()
    assert len(letters) == 2
    assert sum("La consultation est ouverte" in one for one in letters) == 1
    assert sum("La consultation est close" in one for one in letters) == 1


def test_a_mail_server_that_is_away_gets_the_same_letter_later(
    monkeypatch: pytest.MonkeyPatch, mails: Mails
) -> None:
    project = a_complete_project()
    a_follower(project)
    some_news(project)
    add_digests(this_week())
    db.session.commit()
    digest = db.session.scalars(sa.select(Digest)).one()

    def away(_letter: mail.Mail) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(mail, "send", away)
        with pytest.raises(ConnectionRefusedError):
            send_digest(digest=digest.id)
    db.session.refresh(digest)
    assert digest.state is NoticeState.QUEUED

    outbox.drain()
    send_digest(digest=digest.id)
    assert len(mails()) == 1


def test_one_leaves_in_one_click_from_the_letter(mails: Mails) -> None:
    project = a_complete_project()
    a_follower(project)
    some_news(project)

    send_letters()

    (letter,) = mails()
    (header,) = [line for line in letter.splitlines() if line.startswith("List-Unsubscribe:")]
    address = header.removeprefix("List-Unsubscribe: <").removesuffix(">")
    assert address.startswith("http://participation.example/desabonnement/")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter
    assert letter.split("\n\n", 1)[1].count(address) == 1
    assert "/compte/suivi" in letter


def test_a_repeated_letter_is_recognised_by_its_name(app: Flask, mails: Mails) -> None:
    project = a_complete_project()
    a_follower(project)
    some_news(project)
    send_letters()
    digest = db.session.scalars(sa.select(Digest)).one()
    digest.state = NoticeState.QUEUED
    db.session.commit()

    send_digest(digest=digest.id)

    names = {line for letter in mails() for line in letter.splitlines() if line.startswith("Message-ID:")}
    assert len(mails()) == 2
    assert len(names) == 1


def test_nothing_of_following_is_left_of_somebody_who_leaves(mails: Mails) -> None:
    project = a_complete_project()
    person = a_follower(project)
    some_news(project)
    add_digests(this_week())
    erase_person(person, ErasureChoice.EVERYTHING)
    db.session.commit()

    assert mails() == []
    assert db.session.query(Digest).count() == db.session.query(DigestItem).count() == 0


def _answered(question: Contribution, at: datetime) -> None:
    with clock.pretend(at):
        record(
            "question.answered",
            f"contribution:{question.id}",
            audience=Audience.PUBLIC,
            project_id=question.project.id,
        )
        db.session.commit()
        outbox.drain()
