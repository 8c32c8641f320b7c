"""What somebody tries around opening and closing, or by skipping a step (see test_hostile_scenarios.py)."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.erasure import ErasureChoice
from participation.consultations.actions import extend_consultation
from participation.consultations.models import ModerationTime
from participation.contributions.actions import take_position
from participation.contributions.models import (
    Choice,
    Visibility,
)
from participation.contributions.queries import Tally, position_tally
from participation.foundation import clock
from participation.foundation.database import db
from participation.privacy.actions import erase_person
from tests.contributions.recorded import rows
from tests.factories.accounts import a_person
from tests.factories.consultations import (
    a_closed_consultation,
    a_consultation,
    a_participant,
    an_open_consultation,
)
from tests.factories.contributions import a_condition, a_contribution
from tests.factories.moderation import a_moderator_of
from tests.forms import hidden_fields, post_form
from tests.people import a_browser


def test_a_form_opened_before_the_closing_was_moved_counts_until_the_new_one(app: Flask) -> None:  # H07
    # Within the days that a form and a session last.
    consultation = an_open_consultation(slug="ouverte", closes_at=clock.now() + timedelta(hours=2))
    moderator = a_moderator_of(a_contribution(consultation))
    former = consultation.closes_at
    browser = a_browser(app, a_person())
    with clock.pretend(former - timedelta(hours=1)):
        form = hidden_fields(browser.get("/consultations/ouverte/avis").text)
    later = former + timedelta(days=7)
    extend_consultation(
        consultation, closes_at=later, reason="Une réunion publique a été ajoutée.", member=moderator
    )
    db.session.commit()

    with clock.pretend(former + timedelta(seconds=1)):
        taken = browser.post("/consultations/ouverte/avis", data={**form, "choice": "opposed"})
        page = browser.get("/consultations/ouverte").text

    assert taken.status_code == 302
    assert position_tally(consultation.id) == Tally(opposed=1)
    assert "Une réunion publique a été ajoutée." in page


def test_nothing_of_a_text_that_waits_is_told_by_any_order_count_or_cursor(
    visitor: FlaskClient,
) -> None:  # H14
    consultation = an_open_consultation(slug="ouverte", moderation=ModerationTime.BEFORE)
    for number in range(3):
        a_contribution(consultation, body=f"Texte {number} que chacun peut lire.")
    db.session.commit()
    orders = set(re.findall(r"ordre=([a-z-]+)", visitor.get("/consultations/ouverte").text))
    addresses = [f"/consultations/ouverte?ordre={order}" for order in sorted(orders)]
    addresses += ["/consultations/ouverte", "/consultations/ouverte/resultats", "/consultations", "/"]
    addresses += ["/projets", f"/projets/{consultation.project.slug}", "/consultations/ouverte/avis"]
    before = {address: seen(visitor, address) for address in addresses}

    waiting = a_contribution(consultation, body="Ce texte attend.", visibility=Visibility.PENDING)
    a_contribution(consultation, body="Réponse qui attend.", visibility=Visibility.PENDING, parent=None)
    db.session.commit()

    assert len(orders) > 2
    assert {address: seen(visitor, address) for address in addresses} == before
    assert "Ce texte attend." not in visitor.get(f"/contributions/{waiting.ref}").text


def seen(visitor: FlaskClient, address: str) -> str:
    """Returns a page without what is drawn anew for each reader."""
    return re.sub(r'name="(csrf_token|form_key|shown)"[^>]*', "", visitor.get(address).text)


@pytest.mark.parametrize("page", ["/resultats", "/resultats.json", "/resultats.csv"])
def test_no_result_is_given_before_the_opening(visitor: FlaskClient, page: str) -> None:  # H14
    now = clock.now()
    coming = a_consultation(opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=30))
    db.session.commit()

    assert visitor.get(f"/consultations/{coming.slug}{page}").status_code == 404


def test_steps_are_not_skipped(app: Flask) -> None:  # H15
    consultation = an_open_consultation(slug="ouverte")
    text = a_contribution(consultation)
    db.session.commit()
    before = rows()
    visitor = app.test_client()
    token = hidden_fields(visitor.get("/connexion").text)["csrf_token"]

    for address, fields in (
        ("/confirmer/deviner", {}),
        ("/consultations/ouverte/avis", {"choice": "opposed"}),
        (f"/contributions/{text.ref}/utile", {}),
        ("/moderation/recours/deviner", {"message": "Je conteste."}),
        (f"/contributions/{text.ref}/recours", {"message": "Je conteste."}),
        (f"/contributions/{text.ref}/modifier", {"body": "D’autres mots.", "email": "a@mail.example"}),
        ("/compte/effacement", {"choice": "everything", "sure": "y"}),
    ):
        answer = visitor.post(address, data={"csrf_token": token, **fields})
        assert answer.status_code in (302, 403, 404, 422), address
        assert "/recu/" not in (answer.location or ""), address

    # Whoever changes a text that isn't theirs is told nothing: a link goes to the address, and dies there.
    assert rows()[:4] == before[:4] and rows()[5] == before[5]


@pytest.mark.parametrize("seconds", [-1, 1])
@pytest.mark.parametrize("choice", ErasureChoice)
def test_leaving_around_the_closing_moves_no_figure(
    visitor: FlaskClient, seconds: int, choice: ErasureChoice
) -> None:  # H18
    consultation = an_open_consultation(slug="ouverte")
    person = a_person()
    mine = a_participant(consultation, person=person)
    condition = a_condition(consultation, participant=mine)
    for participant in [mine, *(a_participant(consultation) for _ in range(6))]:
        take_position(participant, Choice.CONDITIONS)
    said = a_contribution(participant=mine, body="Ce que j’ai dit.")
    db.session.commit()
    before = position_tally(consultation.id)

    with clock.pretend(consultation.closes_at + timedelta(seconds=seconds)):
        erase_person(person, choice)
        db.session.commit()
        file = visitor.get("/consultations/ouverte/resultats.csv").text
        page = visitor.get("/consultations/ouverte").text

    assert position_tally(consultation.id) == before == Tally(conditions=7)
    assert file.count("conditions") >= 7
    assert ("Ce que j’ai dit." in page) is (choice is ErasureChoice.KEEP_TEXTS)
    assert (said.is_published, condition.is_published) == (choice is ErasureChoice.KEEP_TEXTS,) * 2


def test_what_closed_is_never_opened_again_by_a_longer_period(app: Flask) -> None:  # H07
    closed = a_closed_consultation(slug="close")
    moderator = a_moderator_of(a_contribution(closed))
    browser = a_browser(app, moderator.person)
    desk = f"/gestion/{closed.project.collectivity.slug}/consultations/close/prolonger"

    later = (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    answer = post_form(browser, desk, closes_at=later, reason="Nous la rouvrons quand même.")

    assert 400 <= answer.status_code < 500
    assert closed.closes_at < clock.now()
