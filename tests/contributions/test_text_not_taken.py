"""What somebody was typing when it could no longer be taken: shown again, with a way forward."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.contributions.models import PendingSubmission, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from tests.architecture.pages_read import PageRead, read
from tests.architecture.typed_texts import long_text, lost_on
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation, suspend
from tests.factories.contributions import a_contribution
from tests.forms import hidden_fields, post_form
from tests.people import a_browser

SignIn = Callable[[FlaskClient, Person], None]
WORDS = long_text("body")[:1900].rstrip()


def typed(visitor: FlaskClient, address: str, **fields: str) -> dict[str, str]:
    hidden = hidden_fields(visitor.get(address).text)
    return {**hidden, "body": WORDS, "email": "claire@mail.example", **fields}


def is_to_be_copied(page: PageRead) -> bool:
    """Tells whether the text stands in a field that can be read and not sent."""
    [field] = page.all("textarea", name="body")
    return "readonly" in field.attributes and not lost_on(page, {"body": WORDS})


@pytest.mark.parametrize("page", ["avis", "commentaire"])
@pytest.mark.parametrize("becomes", ["closed", "cancelled", "suspended"])
def test_a_consultation_that_ends_while_one_types_shows_the_text_to_be_copied(
    visitor: FlaskClient, page: str, becomes: str
) -> None:
    consultation = an_open_consultation()
    db.session.commit()
    address = f"/consultations/{consultation.slug}/{page}"
    form = typed(visitor, address, choice="opposed")
    _end(consultation, becomes)
    db.session.commit()

    refused = visitor.post(address, data=form)

    assert refused.status_code == 409
    assert is_to_be_copied(read(refused.text))
    assert ("/questions/poser" in refused.text) == (becomes == "closed")
    assert db.session.query(PendingSubmission).count() == 0


def _end(consultation: Consultation, becomes: str) -> None:
    now = clock.now()
    if becomes == "closed":
        consultation.closes_at = now - timedelta(seconds=1)
    elif becomes == "cancelled":
        consultation.cancelled_at = now
    else:
        suspend(consultation, now)


def test_a_reply_to_a_text_that_was_hidden_meanwhile_is_shown_to_be_copied(visitor: FlaskClient) -> None:
    contribution = a_contribution()
    db.session.commit()
    address = f"/contributions/{contribution.ref}/repondre"
    form = typed(visitor, address)
    contribution.visibility = Visibility.HIDDEN
    db.session.commit()

    refused = visitor.post(address, data=form)

    assert refused.status_code == 404
    assert is_to_be_copied(read(refused.text))


def test_a_session_that_ends_while_one_comments_asks_for_an_address_and_keeps_the_text(app: Flask) -> None:
    consultation, browser = an_open_consultation(), a_browser(app, a_person())
    address = f"/consultations/{consultation.slug}/commentaire"
    form = typed(browser, address)
    with browser.session_transaction() as session:
        del session["_user_id"]

    refused = browser.post(address, data={**form, "email": ""})

    assert refused.status_code == 422
    assert lost_on(read(refused.text), {"body": WORDS}) == []
    assert read(refused.text).all("input", name="email")


def test_whoever_signs_in_beside_sends_the_kept_text_from_the_same_page(app: Flask, sign_in: SignIn) -> None:
    person = a_person()
    browser = a_browser(app, person)
    form = {
        **hidden_fields(browser.get("/compte/nom").text),
        "display_name": "Un autre nom",
        "language": "fr",
    }
    with browser.session_transaction() as session:
        session.clear()
    refused = browser.post("/compte/nom", data=form)
    [main] = read(refused.text).all("form", id="main-form")

    sign_in(browser, person)
    sent = browser.post(
        main.get("action"), data={**hidden_fields(refused.text), "display_name": "Un autre nom"}
    )

    assert (refused.status_code, sent.status_code) == (403, 302)
    db.session.refresh(person)
    assert person.display_name == "Un autre nom"


def test_a_text_that_is_too_long_says_by_how_much(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    db.session.commit()

    refused = post_form(
        visitor, f"/en/consultations/{consultation.slug}/commentaire", body="é" * 5012, email="a@mail.example"
    )

    assert "Write at most 2,000 characters: there are 5,012 now." in refused.text
    assert "At most 2,000 characters." in refused.text


def test_a_page_of_another_site_cannot_make_us_show_its_words(visitor: FlaskClient) -> None:
    sent = {"body": "Envoyez votre mot de passe à cette adresse."}

    answer = visitor.post("/consultations/rien/avis", data=sent, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 404
    assert sent["body"] not in answer.text


def test_a_password_is_never_shown_again(visitor: FlaskClient) -> None:
    answer = visitor.post(
        "/connexion/rien", data={"password": "un secret bien gardé", "body": "Un texte assez long."}
    )

    assert "Un texte assez long." in answer.text
    assert "un secret bien gardé" not in answer.text


def test_a_request_larger_than_anybody_types_is_refused_with_a_page(visitor: FlaskClient) -> None:
    answer = visitor.post("/connexion", data={"email": "x" * 5_000_000})

    assert answer.status_code == 413
    assert "revenez en arrière" in answer.text
    assert len(answer.text) < 20_000
