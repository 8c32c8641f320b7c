"""The whole bench through its pages: sort, find, account for the rest, sign."""

from collections.abc import Callable

from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.foundation.database import db
from participation.summaries.models import Finding, Summary
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_closed_consultation
from tests.factories.contributions import a_contribution
from tests.factories.summaries import (
    a_finding,
    a_moderator_for,
    a_published_summary,
    a_summary,
    a_theme,
    town_of,
)
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]


def test_a_moderator_writes_and_signs_a_summary(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = a_closed_consultation(slug="voix")
    source, left = a_contribution(consultation), a_contribution(consultation, body="Et la piscine ?")
    theme = a_theme(consultation, source)
    sign_in(visitor, a_moderator_for(consultation).person)
    bench = f"/en/gestion/{town_of(consultation).slug}/syntheses/voix"
    finding = {"kind": "asked", "text": "The machine must name itself at once.", "sources": [source.ref]}

    texts = post_form(visitor, f"{bench}/textes", introduction="We asked.", method="By hand.")
    written = post_form(visitor, f"{bench}/themes/{theme.id}/constats", **finding)
    too_early = post_form(visitor, bench, to=f"{bench}/publier")
    listed = post_form(visitor, f"{bench}/sans-constat", reason="off_topic", refs=[left.ref])
    signed = post_form(visitor, bench, to=f"{bench}/publier")

    assert [page.status_code for page in (texts, written, too_early, listed, signed)] == [
        302,
        302,
        422,
        302,
        302,
    ]
    page = visitor.get("/en/consultations/voix/synthese").text
    assert "The machine must name itself at once." in page
    left_out = visitor.get("/en/consultations/voix/synthese/sans-constat").text
    assert "It is about something else than the project" in page and "synthese/sans-constat" in page
    assert "Et la piscine ?" in left_out and "It is about something else than the project" in left_out
    assert visitor.get(f"{bench}/classer").status_code == 404


def test_a_finding_without_source_keeps_what_was_typed(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = a_closed_consultation()
    theme = a_theme(consultation, a_contribution(consultation))
    sign_in(visitor, a_moderator_for(consultation).person)
    bench = f"/en/gestion/{town_of(consultation).slug}/syntheses/{consultation.slug}"

    page = post_form(visitor, f"{bench}/themes/{theme.id}/constats", kind="asked", text="A sentence I typed.")

    assert page.status_code == 422
    assert "A sentence I typed." in page.text
    assert "Tick at least one contribution on which this sentence rests." in page.text


def test_a_finding_is_changed_and_removed(visitor: FlaskClient, sign_in: SignIn) -> None:
    summary = a_summary()
    source = a_contribution(summary.consultation)
    number = a_finding(summary, source).id
    sign_in(visitor, a_moderator_for(summary.consultation).person)
    bench = f"/en/gestion/{town_of(summary.consultation).slug}/syntheses/{summary.consultation.slug}"
    address = f"{bench}/constats/{number}"

    changed = post_form(visitor, address, kind="feared", text="Another sentence.", sources=[source.ref])
    shown = visitor.get(address).text
    removed = post_form(visitor, address, action="remove")

    assert changed.status_code == removed.status_code == 302
    assert "Another sentence." in shown and "checked" in shown
    assert db.session.query(Finding).count() == 0


def test_what_was_listed_is_taken_back(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = a_closed_consultation()
    left = a_contribution(consultation)
    sign_in(visitor, a_moderator_for(consultation).person)
    page = f"/en/gestion/{town_of(consultation).slug}/syntheses/{consultation.slug}/sans-constat"

    post_form(visitor, page, reason="duplicate", refs=[left.ref])
    post_form(visitor, page, to=f"{page}/reprendre", refs=[left.ref])

    assert "1 contribution is still to be dealt with" in visitor.get(page).text


def test_officials_find_the_published_summaries(visitor: FlaskClient, sign_in: SignIn) -> None:
    summary = a_published_summary()
    body = town_of(summary.consultation)
    draft = a_closed_consultation(summary.consultation.project)
    official = a_member(Role.OFFICIAL, body)
    slug = summary.consultation.slug
    sign_in(visitor, official.person)

    page = visitor.get(f"/en/gestion/{body.slug}/syntheses").text

    assert f"/consultations/{slug}/synthese" in page
    assert f"/syntheses/{draft.slug}" not in page
    assert visitor.get(f"/en/gestion/{body.slug}/syntheses/{draft.slug}").status_code == 403


def test_the_summary_of_a_neighbour_is_not_found(visitor: FlaskClient, sign_in: SignIn) -> None:
    here, there = a_closed_consultation(), a_closed_consultation()
    sign_in(visitor, a_moderator_for(here).person)

    assert visitor.get(f"/gestion/{town_of(here).slug}/syntheses/{there.slug}").status_code == 404
    assert db.session.query(Summary).count() == 0
