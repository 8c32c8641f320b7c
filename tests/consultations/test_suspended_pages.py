"""What pages, forms and lists say of a suspended consultation."""

from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import db
from participation.pages.queries import home_of
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import (
    a_suspended_consultation,
    an_open_consultation,
    suspend,
)
from tests.factories.contributions import a_condition, a_contribution
from tests.forms import hidden_fields, post_form

SignIn = Callable[[FlaskClient, Person], None]
DAY = timedelta(days=1)


def page_of(consultation: Consultation) -> str:
    return f"/gestion/{consultation.project.collectivity.slug}/consultations/{consultation.slug}"


def test_a_moderator_suspends_and_resumes_from_the_back_office(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = an_open_consultation()
    moderator = a_member(Role.MODERATOR, consultation.project.collectivity)
    sign_in(visitor, moderator.person)
    page = page_of(consultation)

    empty = post_form(visitor, f"{page}/suspendre", reason="Ordonnance du 3 mars.")
    assert empty.status_code == 422 and "Ordonnance du 3 mars." in empty.text
    assert f"{page}/suspendre" in visitor.get(page).text
    post_form(visitor, f"{page}/suspendre", ground="election", reason="Élections municipales.")

    db.session.refresh(consultation)
    shown = visitor.get(page).text
    assert consultation.is_paused
    assert "Suspendue depuis le" in shown and "Élections municipales." in shown
    assert f"{page}/reprendre" in shown
    assert f"{page}/suspendre" not in shown and f"{page}/prolonger" not in shown
    again = post_form(visitor, f"{page}/suspendre", ground="election", reason="Encore.")
    assert again.status_code == 422 and "déjà suspendue" in again.text
    resumed = post_form(visitor, f"{page}/reprendre", reason="Les élections sont passées.")
    assert resumed.status_code == 302
    db.session.refresh(consultation)
    assert not consultation.is_paused
    assert "Reprise le" in visitor.get(f"/consultations/{consultation.slug}").text


def test_public_pages_say_since_when_and_why_and_offer_no_button(visitor: FlaskClient) -> None:
    suspended = a_suspended_consultation(at=clock.now(), reason="Ordonnance n° 2026-12.")
    condition = a_condition(suspended)
    db.session.commit()
    project, take_part = suspended.project, f"/consultations/{suspended.slug}/avis"

    for address in (f"/consultations/{suspended.slug}", f"/projets/{project.slug}"):
        page = visitor.get(address).text
        assert "Suspendue depuis le" in page and "par une décision de justice" in page
        assert "Ordonnance n° 2026-12." in page and "la clôture est repoussée" in page
        assert take_part not in page and "/commentaire" not in page and "/soutenir" not in page
        assert "Ouvert jusqu’au" not in page
    thread = visitor.get(f"/projets/{project.slug}").text
    assert "Consultation suspendue par une décision de justice" in thread
    assert "Aujourd’hui\u00a0: la consultation est suspendue" in thread
    assert "La consultation se termine" not in thread
    assert visitor.get(f"/contributions/{condition.ref}").status_code == 200


def test_forms_say_it_too_and_keep_what_was_typed(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = an_open_consultation()
    comment, condition = a_contribution(consultation), a_condition(consultation)
    addresses = [
        f"/consultations/{consultation.slug}/avis",
        f"/consultations/{consultation.slug}/commentaire",
        f"/contributions/{comment.ref}/repondre",
        f"/contributions/{comment.ref}/utile",
        f"/contributions/{condition.ref}/soutenir",
    ]
    sign_in(visitor, a_person())
    # Somebody was writing when it was suspended.
    open_form = visitor.get(addresses[1])
    suspend(consultation, clock.now())
    db.session.commit()

    for address in addresses:
        shown = visitor.get(address)
        assert shown.status_code == 409
        assert "Suspendue depuis le" in shown.text and "Ordonnance du 3 mars." in shown.text
        assert "main-form" not in shown.text
    sent = send_again(visitor, addresses[1], open_form.text, body="Ce que j’étais en train d’écrire.")
    assert sent.status_code == 409
    assert "Ce que j’étais en train d’écrire." in sent.text and "Rien n’en a été enregistré" in sent.text
    opinion = send_again(visitor, addresses[0], open_form.text, choice="opposed")
    assert opinion.status_code == 409 and "Jusqu’au" not in opinion.text


def send_again(visitor: FlaskClient, address: str, page: str, **fields: str) -> TestResponse:
    return visitor.post(address, data={**hidden_fields(page), "sense": "neutral", **fields})


def test_lists_put_it_apart_without_days_left(visitor: FlaskClient) -> None:
    suspended = a_suspended_consultation(at=clock.now(), title="Suspendue ici")
    an_open_consultation(title="Ouverte ici")
    db.session.commit()
    now = suspended.closes_at + DAY

    home = home_of(clock.now())
    assert [entry.consultation.title for entry in home.open_now] == ["Ouverte ici"]
    assert home.paused == home_of(now).paused == [suspended]
    assert home.coming == []
    assert "Suspendue ici" in visitor.get("/").text
    assert "Suspendue ici" not in visitor.get("/consultations?etat=open").text
    assert "Suspendue ici" in visitor.get("/consultations?etat=paused").text
    projects = visitor.get("/projets").text
    assert "Consultation suspendue" in projects
    with clock.pretend(now):
        assert "Consultation suspendue" in visitor.get("/projets").text
        assert "Suspendue depuis le" in visitor.get(f"/consultations/{suspended.slug}").text
