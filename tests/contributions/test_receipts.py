"""A receipt: the position it records is shown to whoever took it, and to nobody else who has its address."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.consultations.models import Consultation, ModerationTime
from participation.contributions.actions import hold_submission, record_submission
from participation.contributions.models import Submission, Visibility
from participation.contributions.queries import contributions_of_submission
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of
from tests.factories.accounts import a_person
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
WORDS = "Le standard doit rester humain."
OPPOSED = ">Opposed<"
UNSAID = "A position was recorded"


def a_receipt(
    person: Person | None = None, *, moderation: ModerationTime = ModerationTime.AFTER
) -> Submission:
    participant = a_participant(an_open_consultation(moderation=moderation), person=person)
    payload = {"choice": "opposed", "body": WORDS, "kind": "comment", "stance": "neutral", "language": "fr"}
    receipt = record_submission(participant, "opinion", payload, form_key="clef", now=clock.now())
    db.session.commit()
    return receipt


def held_by_a_guest(consultation: Consultation, number: int = 1) -> str:
    """Returns the address of the link in a guest's mail."""
    payload = {"choice": "opposed", "display_name": "Claire", "language": "fr"}
    pending = hold_submission(
        consultation, a_person(account=False), kind="opinion", payload=payload, form_key=f"clef-{number}"
    )
    pending.token_hash = hash_of(f"jeton-{number}")
    db.session.commit()
    return f"/en/confirmer/jeton-{number}"


def test_whoever_merely_has_the_address_reads_no_position(visitor: FlaskClient) -> None:
    receipt = a_receipt()

    page = visitor.get(f"/en/recu/{receipt.ref}").text

    assert OPPOSED not in page
    assert UNSAID in page
    assert WORDS in page


def test_somebody_else_signed_in_reads_no_position(visitor: FlaskClient, sign_in: SignIn) -> None:
    receipt = a_receipt()
    sign_in(visitor, a_person())

    page = visitor.get(f"/en/recu/{receipt.ref}").text

    assert OPPOSED not in page
    assert UNSAID in page


def test_whoever_took_the_position_reads_it_once_signed_in(visitor: FlaskClient, sign_in: SignIn) -> None:
    person = a_person()
    receipt = a_receipt(person)
    sign_in(visitor, person)

    page = visitor.get(f"/en/recu/{receipt.ref}").text

    assert OPPOSED in page
    assert UNSAID not in page


def test_the_browser_that_confirmed_reads_the_position_and_another_does_not(
    app: Flask, visitor: FlaskClient
) -> None:
    address = held_by_a_guest(an_open_consultation())

    recorded = post_form(visitor, address).location

    assert OPPOSED in visitor.get(recorded).text
    assert OPPOSED not in app.test_client().get(recorded).text


def test_a_browser_remembers_its_last_five_receipts_only(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()

    receipts = [post_form(visitor, held_by_a_guest(consultation, number)).location for number in range(6)]

    assert [OPPOSED in visitor.get(receipt).text for receipt in receipts] == [False] + [True] * 5


def test_a_receipt_made_while_signed_in_is_not_kept_in_the_browser(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    consultation = an_open_consultation()
    sign_in(visitor, a_person())
    recorded = post_form(visitor, f"/en/consultations/{consultation.slug}/avis", choice="opposed").location

    with visitor.session_transaction() as session:
        del session["_user_id"]

    assert OPPOSED not in visitor.get(recorded).text


def test_supports_and_votes_are_shown_to_nobody_else(visitor: FlaskClient) -> None:
    condition = a_condition()
    useful = a_contribution(condition.consultation)
    participant = a_participant(condition.consultation)
    for kind, about in (("support", condition), ("useful", useful)):
        record_submission(participant, kind, {"contribution": about.ref}, form_key=kind, now=clock.now())
    db.session.commit()

    pages = [visitor.get(f"/en/recu/{receipt.ref}").text for receipt in db.session.query(Submission)]

    assert not [page for page in pages if "Conditions supported" in page or useful.ref in page]


@pytest.mark.parametrize("visibility", [Visibility.PENDING, Visibility.HIDDEN, Visibility.WITHDRAWN])
def test_a_text_that_is_not_public_is_not_read_on_the_receipt_of_somebody_else(
    visitor: FlaskClient, visibility: Visibility
) -> None:
    receipt = a_receipt(moderation=ModerationTime.BEFORE)
    (contribution,) = contributions_of_submission(receipt)
    contribution.visibility = visibility
    db.session.commit()

    page = visitor.get(f"/en/recu/{receipt.ref}").text

    assert WORDS not in page
    assert contribution.ref in page
