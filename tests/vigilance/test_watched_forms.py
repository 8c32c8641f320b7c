"""How public forms tell programs from people, without refusing anybody."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, PendingSubmission
from participation.foundation import clock
from participation.foundation.database import db
from participation.vigilance.models import Rule, Sending
from tests.architecture.pages_read import read
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_condition, a_contribution
from tests.forms import hidden_fields, post_form

OPINION = {"choice": "favourable", "body": "Oui, le soir surtout.", "email": "nora@mail.example"}


def test_a_field_that_people_never_meet_is_on_every_form_that_records_something(visitor: FlaskClient) -> None:
    said, condition = a_contribution(), a_condition()
    slug = said.consultation.slug
    db.session.commit()

    for path in (
        f"/consultations/{slug}/avis",
        f"/consultations/{slug}/commentaire",
        f"/contributions/{said.ref}/repondre",
        f"/contributions/{said.ref}/utile",
        f"/contributions/{condition.ref}/soutenir",
        f"/contributions/{said.ref}/retirer",
        f"/contributions/{said.ref}/signaler",
        f"/projets/{said.project.slug}/questions/poser",
        "/connexion",
    ):
        page = read(visitor.get(path).text)
        trap = page.all("input", name="detail")[0]
        assert (trap.get("tabindex"), trap.get("autocomplete"), trap.get("value")) == ("-1", "off", ""), path
        assert any(one.get("aria-hidden") == "true" for one in trap.around), path
        assert page.all("input", name="shown"), path


def test_a_guest_who_fills_the_hidden_field_confirms_by_mail_like_any_other(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    answer = post_form(visitor, the_form(consultation), detail="https://spam.example", **OPINION)

    assert answer.location == f"/consultations/{consultation.slug}/a-confirmer"
    assert db.session.query(PendingSubmission).one().payload["body"] == OPINION["body"]
    assert Rule.TRAP in the_sending().signs


def test_a_form_sent_in_half_a_second_is_taken_and_flagged(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    answer = sent_after(visitor, consultation, timedelta(seconds=0.5))

    assert answer.status_code == 302
    assert (the_sending().signs, the_sending().seconds) == ([Rule.FAST], 0.5)


def test_a_form_that_a_browser_filled_in_within_four_seconds_is_like_any_other(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    assert sent_after(visitor, consultation, timedelta(seconds=4)).status_code == 302
    assert the_sending().signs == []


def test_a_form_that_stayed_open_for_days_comes_back_once_with_its_text(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    first = sent_after(visitor, consultation, timedelta(days=4))
    with clock.pretend(clock.now() + timedelta(days=4, seconds=1)):
        again = visitor.post(the_form(consultation), data={**hidden_fields(first.text), **OPINION})

    assert first.status_code == 422
    assert OPINION["body"] in first.text
    assert again.status_code == 302
    assert the_sending().signs == []


@pytest.mark.parametrize("shown", ["", "forged", "WyJvdGhlciIsMV0.x"])
def test_a_form_without_its_signed_moment_is_taken_and_flagged(
    visitor: FlaskClient, consultation: Consultation, shown: str
) -> None:
    answer = post_form(visitor, the_form(consultation), shown=shown, **OPINION)

    assert answer.status_code == 302
    assert the_sending().signs == [Rule.UNSHOWN]


def test_the_signed_moment_of_one_form_does_not_serve_another(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    hidden = hidden_fields(visitor.get(the_form(consultation)).text)

    visitor.post(the_form(consultation), data={**hidden, "form_key": "another", **OPINION})

    assert the_sending().signs == [Rule.UNSHOWN]


def test_what_is_noted_of_a_form_holds_no_address(visitor: FlaskClient, consultation: Consultation) -> None:
    from_home = {"environ_overrides": {"REMOTE_ADDR": "198.51.100.77"}}
    hidden = hidden_fields(visitor.get(the_form(consultation), **from_home).text)

    visitor.post(the_form(consultation), data={**hidden, **OPINION}, **from_home)

    sending = the_sending()
    assert sending.network_key is not None
    assert len(sending.network_key) == 32
    assert "198" not in repr({**vars(sending), "network_key": ""})
    assert sending.person_id == db.session.query(Person).filter_by(email=OPINION["email"]).one().id


def test_the_key_of_a_network_is_another_one_the_next_day(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    from_home = {"environ_overrides": {"REMOTE_ADDR": "198.51.100.77"}}
    for days in (0, 0, 1):
        with clock.pretend(noon() + timedelta(days=days)):
            hidden = hidden_fields(visitor.get(the_form(consultation), **from_home).text)
            visitor.post(the_form(consultation), data={**hidden, **OPINION}, **from_home)

    keys = [one.network_key for one in db.session.query(Sending).order_by(Sending.id)]
    assert keys[0] == keys[1] != keys[2]


def test_reporting_and_signing_in_are_noted_too(visitor: FlaskClient) -> None:
    said: Contribution = a_contribution()
    db.session.commit()

    post_form(visitor, f"/contributions/{said.ref}/signaler", rule="attack", detail="x")
    post_form(visitor, "/connexion", email="nora@mail.example")

    assert [one.kind for one in db.session.query(Sending).order_by(Sending.id)] == ["report", "sign_in"]


def the_form(consultation: Consultation) -> str:
    return f"/consultations/{consultation.slug}/avis"


def sent_after(visitor: FlaskClient, consultation: Consultation, delay: timedelta) -> TestResponse:
    """Opens the form now and sends it so much later."""
    now = clock.now()
    with clock.pretend(now):
        hidden = hidden_fields(visitor.get(the_form(consultation)).text)
    with clock.pretend(now + delay):
        return visitor.post(the_form(consultation), data={**hidden, **OPINION})


def the_sending() -> Sending:
    return db.session.query(Sending).one()


def noon() -> datetime:
    return (clock.now() + timedelta(days=1)).replace(hour=12, minute=0)


@pytest.fixture
def consultation() -> Consultation:
    consultation = an_open_consultation()
    db.session.commit()
    return consultation
