"""Sent again, a form counts once and gives the same page; to nobody else, and never for other words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.contributions.actions import confirm_submission, hold_submission
from participation.contributions.models import Contribution, PendingSubmission, Submission
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import SentBySomebodyElse
from participation.foundation.references import hash_of
from tests.architecture.pages_read import read
from tests.architecture.typed_texts import lost_on
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_condition
from tests.forms import hidden_fields
from tests.people import a_browser

Mails = Callable[[], list[str]]
Rounds = Callable[[int, int], int]
WORDS = "Ma mère a 84 ans.\nElle préfère 👩‍👩‍👧 à une voix."


def a_filled_form(browser: FlaskClient, consultation: Consultation, **fields: Any) -> dict[str, Any]:
    """Returns what a browser sends of the opinion form it has opened."""
    hidden = hidden_fields(browser.get(_address(consultation)).text)
    return {**hidden, "choice": "opposed", "body": WORDS, **fields}


def sent(browser: FlaskClient, consultation: Consultation, form: dict[str, Any]) -> TestResponse:
    return browser.post(_address(consultation), data=form)


def _address(consultation: Consultation) -> str:
    return f"/consultations/{consultation.slug}/avis"


def count(table: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_guest_s_form_replayed_is_held_once_and_gives_the_same_page(
    visitor: FlaskClient, mails: Mails, rounds: Rounds
) -> None:
    consultation = an_open_consultation()
    db.session.commit()
    form = a_filled_form(visitor, consultation, email="claire@mail.example")

    answers = [sent(visitor, consultation, form) for _ in range(rounds(50, 1000))]

    assert {(answer.status_code, answer.location) for answer in answers} == {
        (302, f"/consultations/{consultation.slug}/a-confirmer")
    }
    assert count(PendingSubmission) == 1
    assert len(mails()) == 1


def test_the_form_of_somebody_signed_in_replayed_counts_once_and_gives_the_same_receipt(
    app: Flask, rounds: Rounds
) -> None:
    consultation, browser = an_open_consultation(), a_browser(app, a_person())
    form = a_filled_form(browser, consultation)

    receipts = {sent(browser, consultation, form).location for _ in range(rounds(50, 1000))}
    pages = {browser.get(receipt).text for receipt in receipts for _ in range(2)}

    assert (len(receipts), len(pages)) == (1, 1)
    assert (count(Submission), count(Contribution)) == (1, 1)


def test_a_form_that_had_arrived_gives_the_same_page_after_the_closing(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    db.session.commit()
    form = a_filled_form(visitor, consultation, email="claire@mail.example")
    before = sent(visitor, consultation, form)
    consultation.closes_at = clock.now() - timedelta(seconds=1)
    db.session.commit()

    assert sent(visitor, consultation, form).location == before.location


def test_the_key_of_somebody_else_gives_neither_their_receipt_nor_is_the_text_lost(app: Flask) -> None:
    consultation, first, second = (
        an_open_consultation(),
        a_browser(app, a_person()),
        a_browser(app, a_person()),
    )
    key = a_filled_form(first, consultation)["form_key"]
    sent(first, consultation, a_filled_form(first, consultation, form_key=key))
    form = a_filled_form(second, consultation, form_key=key)

    refused = sent(second, consultation, form)
    again = {**form, **hidden_fields(refused.text)}

    assert refused.status_code == 403
    assert lost_on(read(refused.text), {"body": WORDS}) == []
    assert again["form_key"] != key
    assert "/recu/" in sent(second, consultation, again).location
    assert count(Submission) == 2


@pytest.mark.parametrize("known_as", ["held", "recorded"])
def test_a_guest_who_sends_the_key_of_somebody_else_is_refused_with_the_text(
    app: Flask, visitor: FlaskClient, known_as: str
) -> None:
    consultation = an_open_consultation()
    first = a_browser(app, a_person() if known_as == "recorded" else None)
    form = a_filled_form(first, consultation, email="claire@mail.example")
    sent(first, consultation, form)

    other = a_filled_form(visitor, consultation, email="paul@mail.example", form_key=form["form_key"])
    refused = sent(visitor, consultation, other)

    assert refused.status_code == 403
    assert lost_on(read(refused.text), {"body": WORDS, "email": "paul@mail.example"}) == []
    assert count(PendingSubmission) == (0 if known_as == "recorded" else 1)


def test_an_address_that_was_mistyped_is_corrected_by_going_back(visitor: FlaskClient, mails: Mails) -> None:
    consultation = an_open_consultation()
    db.session.commit()
    form = a_filled_form(visitor, consultation, email="clare@mail.example")
    sent(visitor, consultation, form)

    refused = sent(visitor, consultation, {**form, "email": "claire@mail.example"})
    again = sent(
        visitor, consultation, {**form, **hidden_fields(refused.text), "email": "claire@mail.example"}
    )

    assert (refused.status_code, again.status_code) == (403, 302)
    assert len(mails()) == 2


@pytest.mark.parametrize(
    "change",
    [{"body": "Autre chose."}, {"choice": "favourable"}, {"new_condition": "Un humain répond"}, {"body": ""}],
    ids=["words", "position", "condition", "nothing said"],
)
@pytest.mark.parametrize("is_guest", [True, False])
def test_what_was_changed_after_sending_is_never_taken_for_recorded(
    app: Flask, is_guest: bool, change: dict[str, str]
) -> None:
    consultation, browser = an_open_consultation(), a_browser(app, None if is_guest else a_person())
    db.session.commit()
    form = a_filled_form(browser, consultation, email="claire@mail.example")
    sent(browser, consultation, form)

    refused = sent(browser, consultation, {**form, **change})

    assert refused.status_code == 409
    assert lost_on(read(refused.text), {"body": change.get("body", WORDS)}) == []
    again = sent(browser, consultation, {**form, **change, **hidden_fields(refused.text)})
    assert again.status_code == 302


def test_a_condition_ticked_after_sending_is_a_change(app: Flask) -> None:
    consultation, browser = an_open_consultation(), a_browser(app, a_person())
    first, second = a_condition(consultation), a_condition(consultation)
    form = a_filled_form(browser, consultation, choice="conditions", conditions=[first.ref])
    sent(browser, consultation, form)

    statuses = [
        sent(browser, consultation, {**form, "conditions": ticked}).status_code
        for ticked in ([first.ref], [first.ref, second.ref], [])
    ]

    assert statuses == [302, 409, 409]


def test_the_same_words_in_the_other_language_are_the_same_form(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    db.session.commit()
    form = a_filled_form(visitor, consultation, email="claire@mail.example")
    sent(visitor, consultation, form)

    answer = visitor.post("/en" + _address(consultation), data=form)

    assert answer.status_code == 302
    assert count(PendingSubmission) == 1


def test_a_link_never_leads_to_the_receipt_of_somebody_else(app: Flask) -> None:
    consultation, browser, other = an_open_consultation(), a_browser(app, a_person()), a_guest()
    form = a_filled_form(browser, consultation)
    held = hold_submission(consultation, other, kind="opinion", payload={}, form_key=form["form_key"])
    held.token_hash = hash_of("jeton")
    db.session.commit()
    sent(browser, consultation, form)

    with pytest.raises(SentBySomebodyElse):
        confirm_submission("jeton")


def a_guest() -> Person:
    return a_person(account=False)
