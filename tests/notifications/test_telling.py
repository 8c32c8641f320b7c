"""Telling what was decided: everybody who took part, once, about what they wrote."""

import smtplib
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.contributions.models import Contribution, Kind, Visibility
from participation.decisions.actions import correct_decision, publish_decision
from participation.decisions.models import AnswerVerdict
from participation.foundation import mail, outbox
from participation.foundation.database import db
from participation.notifications import mails as telling
from participation.notifications.models import Notice, NoticeState
from tests.factories.decisions import (
    a_decision,
    a_heard_project,
    a_reader,
    an_answer,
    takes_a_position,
)

Mails = Callable[[], list[str]]


def test_each_author_is_told_what_became_of_what_they_wrote(mails: Mails) -> None:
    heard = a_heard_project()
    version = a_decision(heard, answered=False)
    an_answer(version, heard.themes[0], verdict=AnswerVerdict.REFUSED)
    an_answer(version, heard.themes[1])
    publish_decision(version, member=heard.administrator)
    db.session.commit()

    letters = {address_of(letter): letter for letter in mails()}

    assert set(letters) == {author.email for author in heard.authors}
    first = letters[str(heard.authors[0].email)]
    assert "What author 0 wrote" in first
    assert "On “Subject 0”: Refused." in first
    assert f"/en/contributions/{heard.contributions[0].ref}" in first
    assert "Subject 1" not in first


def test_somebody_who_only_chose_gets_the_outcome(mails: Mails) -> None:
    heard = a_heard_project()
    takes_a_position(heard, a_reader("silent@example.org"))
    publish_decision(a_decision(heard), member=heard.administrator)
    db.session.commit()

    letters = [letter for letter in mails() if address_of(letter) == "silent@example.org"]

    assert len(letters) == 1
    assert "The project is adopted with changes." in letters[0]
    assert "What became of what you wrote" not in letters[0]


def test_a_service_that_only_replied_is_not_told(mails: Mails) -> None:
    heard = a_heard_project()
    replies_for_a_service(heard.contributions[0], heard.agent.person)
    publish_decision(a_decision(heard), member=heard.administrator)
    db.session.commit()

    assert str(heard.agent.person.email) not in {address_of(letter) for letter in mails()}


def test_a_text_hidden_since_is_not_in_the_mail(mails: Mails) -> None:
    heard = a_heard_project()
    publish_decision(a_decision(heard), member=heard.administrator)
    heard.contributions[0].visibility = Visibility.HIDDEN
    db.session.commit()

    assert not [letter for letter in mails() if "What author 0 wrote" in letter]


def test_nobody_is_told_twice_when_the_work_is_done_again(mails: Mails) -> None:
    heard = a_heard_project(themes=3)
    version = a_decision(heard)
    publish_decision(version, member=heard.administrator)
    db.session.commit()
    first = mails()

    telling.fill_notices(version=version.id)
    for notice in db.session.scalars(sa.select(Notice)):
        telling.tell(notice=notice.id)

    assert len(first) == len(mails()) == 3


def test_the_work_goes_on_where_it_was_killed(mails: Mails) -> None:
    heard = a_heard_project(themes=3)
    version = a_decision(heard)
    publish_decision(version, member=heard.administrator)
    telling.add_notices(version, limit=1)
    db.session.commit()

    told = [address_of(letter) for letter in mails()]

    assert sorted(told) == sorted(str(author.email) for author in heard.authors)


def test_a_corrected_version_tells_again(mails: Mails) -> None:
    heard = a_heard_project(themes=1)
    version = a_decision(heard)
    publish_decision(version, member=heard.administrator)
    db.session.commit()
    mails()
    second = correct_decision(version.decision, member=heard.agent)
    publish_decision(second, member=heard.administrator)
    db.session.commit()

    letters = mails()

    assert len(letters) == 2
    assert "Corrected decision" in letters[-1]


def test_a_mail_server_that_is_away_gets_the_mail_later(
    monkeypatch: pytest.MonkeyPatch, mails: Mails
) -> None:
    heard = a_heard_project(themes=1)
    version = a_decision(heard)
    publish_decision(version, member=heard.administrator)
    telling.add_notices(version)
    db.session.commit()
    notice = db.session.scalars(sa.select(Notice)).one()

    def away(_letter: mail.Mail) -> None:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as patched:
        patched.setattr(mail, "send", away)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            telling.tell(notice=notice.id)
    db.session.refresh(notice)
    assert notice.state is NoticeState.QUEUED
    assert outbox.waiting() > 0
    assert len(mails()) == 1


def address_of(letter: str) -> str:
    return next(line.removeprefix("To: ") for line in letter.splitlines() if line.startswith("To: "))


def replies_for_a_service(answered: Contribution, person: Person) -> None:
    participant = Participant(consultation=answered.consultation, person=person, display_name="Service")
    reply = Contribution(
        kind=Kind.COMMENT,
        consultation=answered.consultation,
        participant=participant,
        reply_to_id=answered.id,
        parent_id=answered.id,
        body="We will see.",
        spoken_as="Service",
        visibility=Visibility.PUBLISHED,
    )
    db.session.add_all([participant, reply])
    db.session.flush()
