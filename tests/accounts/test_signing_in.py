"""Signing in: by a link sent to one's address, or with a password."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from config import TestingConfig
from participation.accounts.models import Person, Session, SignInLink
from participation.app import create_app
from participation.foundation import clock
from participation.foundation.database import db
from participation.web.limits import limiter
from tests.factories.accounts import PASSWORD, a_person, a_sign_in_link
from tests.forms import post_form

LINK = re.compile(r"http://participation\.example((?:/en)?/connexion/lien/\S+)")


def sessions_of(person: Person) -> int:
    return (
        db.session.scalar(sa.select(sa.func.count()).select_from(Session).filter_by(person_id=person.id)) or 0
    )


def test_the_link_of_the_mail_signs_in_once_and_leads_to_the_page_that_was_wanted(
    visitor: FlaskClient, mails: Callable[[], list[str]]
) -> None:
    person = a_person()
    db.session.commit()

    post_form(visitor, "/connexion?next=/compte/nom", email=str(person.email).upper())
    (mail,) = mails()
    address = LINK.search(mail)[1]  # type: ignore[index]
    shown = visitor.get(address)
    assert sessions_of(person) == 0, "opening the page, as mail programs do, must not use the link"
    signed_in = post_form(visitor, address)

    assert str(person.email) in shown.text
    assert signed_in.location == "/compte/nom"
    assert visitor.get("/compte").status_code == 200
    assert sessions_of(person) == 1
    assert visitor.get(address).status_code == 404


def test_a_link_lives_ten_minutes(visitor: FlaskClient) -> None:
    link = a_sign_in_link(a_person(), "token")
    link.expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()

    assert visitor.get("/connexion/lien/token").status_code == 404
    assert visitor.post("/connexion/lien/token").status_code == 404


def test_known_and_unknown_addresses_get_the_same_answer(
    visitor: FlaskClient, mails: Callable[[], list[str]]
) -> None:
    person = a_person()
    db.session.commit()

    known = post_form(visitor, "/connexion", email=person.email)
    unknown = post_form(visitor, "/connexion", email="jamais-vue@mail.example")

    assert (
        (known.status_code, known.location)
        == (unknown.status_code, unknown.location)
        == (302, "/connexion/envoye")
    )
    assert len(mails()) == 2


def test_a_link_lets_a_guest_in_without_opening_an_account(visitor: FlaskClient) -> None:
    link = a_sign_in_link(a_person(account=False), "token")
    db.session.commit()

    post_form(visitor, "/connexion/lien/token")

    assert not db.session.get_one(Person, link.person_id).has_account
    assert db.session.get_one(SignInLink, link.id).used_at is not None
    assert visitor.get("/compte").status_code == 200


def test_a_guest_who_ticks_it_opens_an_account_with_their_link(visitor: FlaskClient) -> None:
    link = a_sign_in_link(a_person(account=False), "token")
    db.session.commit()

    post_form(visitor, "/connexion/lien/token", opens_account="y")

    assert db.session.get_one(Person, link.person_id).has_account


def test_a_password_signs_in_whatever_the_case_of_the_address(visitor: FlaskClient) -> None:
    person = a_person(email="camille@mail.example", password=PASSWORD)
    db.session.commit()

    answer = post_form(visitor, "/connexion/mot-de-passe", email="Camille@Mail.example", password=PASSWORD)

    assert answer.location == "/compte"
    assert sessions_of(person) == 1


@pytest.mark.parametrize("email", ["camille@mail.example", "personne@mail.example"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(visitor: FlaskClient, email: str) -> None:
    a_person(email="camille@mail.example", password=PASSWORD)
    db.session.commit()

    answer = post_form(visitor, "/connexion/mot-de-passe", email=email, password="pas le bon mot de passe")

    assert answer.status_code == 422
    assert "ne vont pas ensemble" in answer.text or "don’t go together" in answer.text
    assert email in answer.text


@pytest.mark.parametrize(
    "wanted", ["https://mechant.example/", "//mechant.example", "/\\mechant.example", "compte"]
)
def test_signing_in_never_leads_to_another_site(visitor: FlaskClient, wanted: str) -> None:
    a_person(email="camille@mail.example", password=PASSWORD)
    db.session.commit()

    answer = post_form(
        visitor, f"/connexion/mot-de-passe?next={wanted}", email="camille@mail.example", password=PASSWORD
    )

    assert answer.location == "/compte"


def test_a_malformed_address_is_refused_with_what_was_typed(visitor: FlaskClient) -> None:
    answer = post_form(visitor, "/connexion", email="camille\x00@nulle-part")

    assert answer.status_code == 422
    assert "camille@nulle-part" in answer.text


@pytest.fixture
def limited(tmp_path: Path, database_url: Callable[[str], str]) -> Iterator[FlaskClient]:
    """Gives a visitor of a site whose limits are on, as they are in production."""
    config = TestingConfig(tmp_path, database_url(f"limits{os.getpid()}"))
    config.RATELIMIT_ENABLED = True  # type: ignore[misc]
    app = create_app(config)
    with app.app_context():
        db.create_all()
    yield app.test_client()
    limiter.enabled = False
    with app.app_context():
        db.engine.dispose()


@pytest.mark.keeps_its_own_database
def test_passwords_of_one_address_can_be_tried_eight_times_in_a_quarter_of_an_hour(
    limited: FlaskClient,
) -> None:
    form = {"email": "camille@mail.example", "password": "essai"}
    answers = [limited.post("/connexion/mot-de-passe", data=form) for _ in range(9)]

    assert [answer.status_code for answer in answers] == [422] * 8 + [429]
    assert "<h1>" in answers[-1].text
