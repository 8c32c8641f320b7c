"""A guest takes part: held for 48 hours, counted as of the moment it was sent, once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.consultations.models import Consultation, ModerationTime
from participation.contributions.actions import confirm_submission, hold_submission
from participation.contributions.models import (
    Choice,
    Contribution,
    Kind,
    PendingSubmission,
    Position,
    Submission,
    Visibility,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.references import hash_of
from tests.factories.accounts import a_person
from tests.factories.consultations import a_closed_consultation, a_consultation, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution
from tests.forms import post_form

Mails = Callable[[], list[str]]
OPINION = {"choice": "opposed", "display_name": "Claire", "language": "fr"}


def held(consultation: Consultation, person: Person | None = None, **payload: object) -> PendingSubmission:
    pending = hold_submission(
        consultation,
        person or a_person(),
        kind="opinion",
        payload={**OPINION, **payload},
        form_key=f"key-{clock.now().timestamp()}-{id(payload)}",
    )
    pending.token_hash = hash_of(f"token-{pending.id}")
    db.session.flush()
    return pending


def count(table: type[Position] | type[Contribution] | type[Submission]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def link_in(mail: str) -> str:
    found = re.search(r"http://participation\.example(/\S*confirmer/\S+)", mail)
    assert found is not None
    return found[1]


def test_a_guest_gives_an_opinion_from_the_form_to_the_receipt(visitor: FlaskClient, mails: Mails) -> None:
    consultation = an_open_consultation(moderation=ModerationTime.BEFORE)
    condition = a_condition(consultation)
    db.session.commit()

    sent = post_form(
        visitor,
        f"/consultations/{consultation.slug}/avis",
        choice="conditions",
        conditions=condition.ref,
        new_condition="Aucune voix gardée plus de 24 h",
        body="Ma mère a 84 ans.",
        sense="experience",
        about="field:non_ai_alternative",
        display_name="Claire D.",
        email="Claire.D@Courriel.example",
    )
    assert sent.status_code == 302 and count(Position) == 0

    (mail,) = mails()
    recorded = post_form(visitor, link_in(mail))
    receipt = visitor.get(recorded.location)

    db.session.refresh(condition)
    assert condition.support_count == 1
    position = db.session.scalars(sa.select(Position)).one()
    assert position.choice is Choice.CONDITIONS
    said = db.session.scalars(sa.select(Contribution).where(Contribution.id != condition.id)).all()
    assert [(one.kind, one.visibility) for one in said] == [
        (Kind.CONDITION, Visibility.PENDING),
        (Kind.EXPERIENCE, Visibility.PENDING),
    ]
    assert said[1].dossier_field == "non_ai_alternative"
    assert said[0].ref in receipt.text and "Ma mère a 84 ans." in receipt.text
    assert "no-store" in receipt.headers["Cache-Control"]
    assert len(mails()) == 2  # the link, then the receipt


def test_pressing_the_button_again_shows_the_same_receipt(visitor: FlaskClient) -> None:
    pending = held(an_open_consultation())
    db.session.commit()
    address = f"/confirmer/token-{pending.id}"

    first = post_form(visitor, address)
    second = post_form(visitor, address)

    assert first.location == second.location
    assert count(Position) == 1


def test_opening_the_link_alone_records_nothing(visitor: FlaskClient) -> None:
    pending = held(an_open_consultation())
    db.session.commit()

    assert visitor.get(f"/confirmer/token-{pending.id}").status_code == 200
    assert count(Position) == 0
    assert visitor.get("/confirmer/inconnu").status_code == 404


def test_sent_before_the_closing_it_counts_when_confirmed_within_48_hours() -> None:
    consultation = an_open_consultation(closes_at=clock.now() + timedelta(minutes=1))
    pending = held(consultation)

    confirm_submission(f"token-{pending.id}", clock.now() + timedelta(hours=47))

    assert count(Position) == 1
    assert pending.payload == {}


def test_after_48_hours_the_link_is_dead() -> None:
    pending = held(an_open_consultation())

    with pytest.raises(NotPossibleNow):
        confirm_submission(f"token-{pending.id}", clock.now() + timedelta(hours=49))

    assert count(Position) == 0


def test_sent_after_the_closing_it_is_refused() -> None:
    with pytest.raises(NotPossibleNow):
        held(a_closed_consultation())


def test_the_same_address_is_the_same_participant() -> None:
    consultation = an_open_consultation()
    person = a_person()
    first, second = held(consultation, person), held(consultation, person, choice="favourable")

    confirm_submission(f"token-{second.id}", clock.now())
    confirm_submission(f"token-{first.id}", clock.now())

    position = db.session.scalars(sa.select(Position)).one()
    assert position.choice is Choice.FAVOURABLE  # sent last, though confirmed first


def test_the_same_form_sent_twice_is_held_once(visitor: FlaskClient, mails: Mails) -> None:
    consultation = an_open_consultation()
    db.session.commit()
    fields = {"choice": "opposed", "email": "a@courriel.example", "form_key": "the-same-key"}
    address = f"/consultations/{consultation.slug}/avis"

    post_form(visitor, address, **fields)
    post_form(visitor, address, **fields)

    assert len(mails()) == 1


def test_a_refused_form_keeps_every_word(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    a_condition(consultation)
    db.session.commit()

    response = post_form(
        visitor,
        f"/consultations/{consultation.slug}/avis",
        body="Un texte à garder",
        new_condition="Une condition à garder",
        about="point:inconnu",
        sense="rien",
        conditions="zzz",
        email="sans-arobase",
    )

    assert response.status_code == 422
    for kept in ("Un texte à garder", "Une condition à garder", "sans-arobase"):
        assert kept in response.text


def test_before_and_after_the_period_the_page_says_so(visitor: FlaskClient) -> None:
    soon = a_consultation(opens_at=clock.now() + timedelta(days=1))
    closed = a_closed_consultation()
    db.session.commit()

    for consultation in (soon, closed):
        assert visitor.get(f"/consultations/{consultation.slug}/avis").status_code == 409


def test_only_its_author_withdraws_a_text_by_mail(visitor: FlaskClient, mails: Mails) -> None:
    contribution = a_contribution(body="À retirer")
    author = contribution.participant.person
    assert author is not None
    db.session.commit()
    address = f"/contributions/{contribution.ref}/retirer"

    post_form(visitor, address, email="intrus@courriel.example")
    assert post_form(visitor, link_in(mails()[-1])).status_code == 422
    post_form(visitor, address, email=author.email)
    assert post_form(visitor, link_in(mails()[-1])).status_code == 302

    db.session.refresh(contribution)
    assert contribution.visibility is Visibility.WITHDRAWN
    assert "À retirer" not in visitor.get(f"/contributions/{contribution.ref}").text
