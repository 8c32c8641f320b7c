"""Following: one button, a link for guests, a list of one's own, and leaving."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Person
from participation.foundation import clock
from participation.foundation.database import db
from participation.notifications import actions
from participation.notifications.digest_letters import frequency_of
from participation.notifications.forgetting import forget_old_letters
from participation.notifications.models import Frequency, SubjectKind, Subscription
from participation.notifications.tokens import following_token, stopping_token
from participation.privacy.actions import erase_person
from tests.factories.accounts import a_person
from tests.factories.consultations import a_closed_consultation, an_open_consultation
from tests.factories.contributions import a_question
from tests.factories.notifications import a_follower
from tests.factories.projects import a_complete_project
from tests.forms import post_form

Mails = Callable[[], list[str]]
SignIn = Callable[[FlaskClient, Person], None]
LINK = re.compile(r"http://participation\.example(/suivre/\S+)")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def followed() -> list[tuple[str, int, int | None]]:
    rows = db.session.scalars(sa.select(Subscription).where(Subscription.confirmed_at.is_not(None)))
    return [(one.subject_kind.value, one.subject_id, one.remind_days) for one in rows]


def test_somebody_signed_in_follows_in_one_press_and_stops_in_another(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    consultation = an_open_consultation(a_complete_project(slug="standard"), slug="ouverte")
    question = a_question(consultation.project)
    sign_in(visitor, a_person())

    post_form(visitor, "/projets/standard/suivre")
    post_form(visitor, "/consultations/ouverte/suivre", remind_days="3")
    post_form(visitor, f"/contributions/{question.ref}/suivre")
    post_form(visitor, f"/contributions/{question.ref}/suivre")

    assert followed() == [
        ("project", consultation.project_id, None),
        ("consultation", consultation.id, 3),
        ("question", question.id, None),
    ]
    number = db.session.scalars(sa.select(Subscription.id).order_by(Subscription.id)).first()
    post_form(visitor, "/compte/suivi", to=f"/compte/suivi/{number}/fin")
    assert len(followed()) == 2


def test_a_guest_follows_by_the_link_in_their_mail_only(visitor: FlaskClient, mails: Mails) -> None:
    project = a_complete_project(slug="standard")
    db.session.commit()

    sent = post_form(visitor, "/projets/standard/suivre", email="Guest@mail.example")
    (letter,) = mails()
    address = LINK.search(letter)[1]  # type: ignore[index]
    visitor.get(address)
    before = followed()
    post_form(visitor, address)

    assert sent.location == "/suivre/a-confirmer"
    assert before == []
    assert followed() == [("project", project.id, None)]
    assert "List-Unsubscribe" not in letter
    assert visitor.get("/compte").status_code == 302, "the link signs nobody in"
    person = db.session.scalars(sa.select(Person).filter_by(email="guest@mail.example")).one()
    assert not person.has_account


def test_whoever_follows_already_gets_the_same_answer_and_no_mail(visitor: FlaskClient, mails: Mails) -> None:
    consultation = an_open_consultation(slug="ouverte")
    person = a_follower(consultation, remind_days=7)
    db.session.commit()

    sent = post_form(visitor, "/consultations/ouverte/suivre", email=person.email, remind_days="1")

    assert sent.location == "/suivre/a-confirmer"
    assert mails() == []
    assert followed() == [("consultation", consultation.id, 7)]


def test_the_link_of_a_guest_lives_48_hours(visitor: FlaskClient) -> None:
    subscription = actions.ask_to_follow(
        a_person(account=False), SubjectKind.PROJECT, a_complete_project().id
    )
    subscription.asked_at = clock.now() - timedelta(hours=49)
    db.session.commit()

    answer = post_form(visitor, f"/suivre/{following_token(subscription.id)}")

    assert answer.status_code == 422
    assert followed() == []


@pytest.mark.parametrize("token", ["x", "1.x", "%C3%A9", "1-project-2."])
def test_a_token_that_we_did_not_write_opens_nothing(visitor: FlaskClient, token: str) -> None:
    for address in (f"/suivre/{token}", f"/desabonnement/{token}"):
        assert visitor.get(address).status_code == 404
        assert visitor.post(address).status_code == 404


def test_a_reminder_is_offered_only_while_a_closing_is_to_come(visitor: FlaskClient) -> None:
    an_open_consultation(slug="ouverte")
    a_closed_consultation(slug="close")
    db.session.commit()

    assert "remind_days" in visitor.get("/consultations/ouverte/suivre").text
    assert "remind_days" not in visitor.get("/consultations/close/suivre").text
    refused = post_form(visitor, "/consultations/ouverte/suivre", email="a@mail.example", remind_days="400")
    assert refused.status_code == 422


def test_opening_the_link_stops_nothing_pressing_it_stops_at_once_and_twice(visitor: FlaskClient) -> None:
    project = a_complete_project()
    person = a_follower(project)
    db.session.commit()
    address = f"/desabonnement/{stopping_token(person.id, (SubjectKind.PROJECT, project.id))}"

    shown = visitor.get(address)
    before = followed()
    answers = [visitor.post(address, data=ONE_CLICK).status_code for _press in range(2)]

    assert "Set-Cookie" not in shown.headers
    assert len(before) == 1
    assert answers == [200, 200]
    assert followed() == []
    assert frequency_of(person) is Frequency.WEEKLY


def test_the_link_of_the_whole_stops_letters_and_reminders_and_works_after_leaving(
    visitor: FlaskClient,
) -> None:
    consultation = an_open_consultation()
    person = a_follower(consultation, remind_days=3)
    db.session.commit()
    address = f"/desabonnement/{stopping_token(person.id)}"

    visitor.post(address, data=ONE_CLICK)

    assert followed() == [("consultation", consultation.id, None)]
    assert frequency_of(person) is Frequency.NEVER
    erase_person(person, ErasureChoice.EVERYTHING)
    db.session.commit()
    assert visitor.post(address, data=ONE_CLICK).status_code == 200
    assert visitor.get(address).status_code == 200


def test_the_link_that_stops_letters_can_do_nothing_else(visitor: FlaskClient) -> None:
    person = a_follower(a_complete_project())
    db.session.commit()
    token = stopping_token(person.id)

    for address in (f"/connexion/lien/{token}", f"/confirmer/{token}", f"/suivre/{token}"):
        assert visitor.get(address).status_code == 404
    visitor.post(f"/desabonnement/{token}", data=ONE_CLICK)
    assert visitor.get("/compte").status_code == 302
    assert visitor.get(f"/desabonnement/{following_token(person.id)}").status_code == 404


def test_letters_are_chosen_on_the_page_of_what_one_follows(visitor: FlaskClient, sign_in: SignIn) -> None:
    project = a_complete_project()
    person = a_follower(project)
    sign_in(visitor, person)

    page = visitor.get("/compte/suivi")
    post_form(visitor, "/compte/suivi", frequency="never")

    assert project.title in page.text
    assert frequency_of(person) is Frequency.NEVER
    assert post_form(visitor, "/compte/suivi", frequency="hourly").status_code == 422


def test_nobody_stops_what_somebody_else_follows(visitor: FlaskClient, sign_in: SignIn) -> None:
    a_follower(a_complete_project())
    number = db.session.scalars(sa.select(Subscription.id)).one()
    sign_in(visitor, a_person())

    post_form(visitor, "/compte/suivi", to=f"/compte/suivi/{number}/fin")

    assert len(followed()) == 1


def test_what_a_guest_never_confirmed_is_forgotten_after_48_hours() -> None:
    project = a_complete_project()
    a_follower(project)
    old, fresh = (
        actions.ask_to_follow(a_person(account=False), SubjectKind.PROJECT, project.id) for _one in range(2)
    )
    old.asked_at = clock.now() - timedelta(hours=49)
    db.session.commit()
    gone = old.id

    forget_old_letters()

    left = db.session.scalars(sa.select(Subscription.id)).all()
    assert len(left) == 2
    assert gone not in left
    assert fresh.id in left
