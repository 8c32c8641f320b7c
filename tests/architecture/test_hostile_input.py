"""What a hostile client sends is refused with a page of ours, and changes nothing for others."""

import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.contributions.models import Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.summaries.actions import publishing
from participation.web.forms import EMAIL_PATTERN
from tests.factories.consultations import a_consultation, a_participant
from tests.factories.contributions import a_contribution
from tests.forms import hidden_fields, post_form


@pytest.mark.parametrize("address", ["/x%22%3E%3Ch1%3EHACK", '/projets?a="><h1>HACK'])
def test_an_address_never_becomes_markup(visitor: FlaskClient, address: str) -> None:
    assert "<h1>HACK" not in visitor.get(address).text


@pytest.mark.parametrize("body", ["[1, 2]", '"abc"', '{"csrf_token": 5}', '{"email": "a\\ud800"}'])
def test_json_in_place_of_a_form_is_refused(visitor: FlaskClient, body: str) -> None:
    answer = visitor.post("/connexion", data=body, content_type="application/json")

    assert answer.status_code == 422


def test_a_file_in_place_of_a_text_is_refused(visitor: FlaskClient) -> None:
    upload = {"email": (io.BytesIO(b"x"), "f.txt")}

    assert visitor.post("/connexion", data=upload, content_type="multipart/form-data").status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "(1)me@x.fr",
        "x:me@x.fr",
        "me@x.fr)",
        "=?utf-8?q?me?=@x.fr",
        "a@[1.2.3.fr",
        "[a@x.fr",
        "a@(x.fr",
        "a@b",
    ],
)
def test_a_mailbox_has_one_spelling(address: str) -> None:
    assert re.match(EMAIL_PATTERN, address) is None


@pytest.mark.parametrize("address", ["claire.d@ville.example", "a+b_c-d@sous.domaine.fr", "o'neil@x.paris"])
def test_ordinary_addresses_are_taken(address: str) -> None:
    assert re.match(EMAIL_PATTERN, address)


def test_a_strangers_withdrawal_does_not_hold_back_a_summary(visitor: FlaskClient) -> None:
    now = clock.now()
    heard = a_consultation(opens_at=now - timedelta(days=40), closes_at=now - timedelta(days=9))
    contribution = a_contribution(heard)
    db.session.commit()

    answer = post_form(
        visitor, f"/contributions/{contribution.ref}/retirer", email="stranger@elsewhere.example"
    )

    assert answer.status_code == 302
    publishing._require_everything_read(heard)


def test_an_opinion_sent_just_after_the_closing_keeps_its_text(visitor: FlaskClient) -> None:
    heard = a_consultation()
    db.session.commit()
    form = f"/consultations/{heard.slug}/avis"
    hidden = hidden_fields(visitor.get(form).text)
    heard.closes_at = clock.now() - timedelta(seconds=1)
    db.session.commit()

    answer = visitor.post(
        form, data={**hidden, "choice": "opposed", "body": "Deux paragraphes tapés.", "email": "a@b.fr"}
    )

    assert answer.status_code == 409
    assert "Deux paragraphes tapés." in answer.text


def test_the_name_of_a_hidden_author_is_not_said_by_a_reply(visitor: FlaskClient) -> None:
    heard = a_consultation()
    first = a_contribution(heard)
    author = a_participant(heard)
    author.display_name = "Nom masqué"
    second = a_contribution(heard, participant=author, parent=first)
    a_contribution(heard, parent=second)
    second.visibility = Visibility.HIDDEN
    db.session.commit()

    assert "Nom masqué" not in visitor.get(f"/contributions/{first.ref}").text
