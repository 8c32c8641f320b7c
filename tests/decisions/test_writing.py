"""Writing a decision through the staff pages, from the summary to the publication."""

from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity
from participation.decisions.models import Decision, DecisionVersion
from participation.foundation import clock
from participation.foundation.database import db
from tests.factories.decisions import Heard, a_decision, a_heard_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
ANSWER = {"verdict": "adapted", "answer": "At night only.", "reason": "People wish to be answered by day."}


def desk(heard: Heard) -> str:
    collectivity: Collectivity = heard.collectivity
    return f"/en/gestion/{collectivity.slug}/decisions"


def test_a_decision_goes_from_summary_to_publication_through_the_pages(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    heard = a_heard_project(themes=1)
    slug, theme_id = heard.project.slug, heard.themes[0].id
    sign_in(visitor, heard.administrator.person)
    wording = {
        "outcome": "adopted_with_changes",
        "title": "The machine answers at night",
        "body": "Municipal council",
        "held_on": (clock.today() - timedelta(days=1)).isoformat(),
        "reasons": "It was asked.",
    }

    listed = visitor.get(desk(heard)).text
    written = post_form(visitor, f"{desk(heard)}/projet/{slug}", **wording)
    ref = db.session.query(Decision).one().ref
    answered = post_form(visitor, f"{desk(heard)}/{ref}/themes/{theme_id}", **ANSWER)
    published = post_form(visitor, f"{desk(heard)}/{ref}", to=f"{desk(heard)}/{ref}/publication")

    assert f"/projet/{slug}" in listed
    assert [page.status_code for page in (written, answered, published)] == [302, 302, 302]
    assert db.session.query(DecisionVersion).one().published_at is not None
    assert visitor.get(f"/decisions/{ref}").status_code == 200


def test_a_missing_answer_is_said_and_nothing_is_published(visitor: FlaskClient, sign_in: SignIn) -> None:
    heard = a_heard_project()
    ref = a_decision(heard, answered=False).decision.ref
    sign_in(visitor, heard.administrator.person)

    first = f"{desk(heard)}/{ref}/themes/{heard.themes[0].id}"
    page = post_form(visitor, first, to=f"{desk(heard)}/{ref}/publication")

    assert page.status_code == 422
    assert "2 themes still have no answer" in page.text
    assert db.session.query(DecisionVersion).one().published_at is None


def test_what_was_typed_is_kept_when_a_field_is_missing(visitor: FlaskClient, sign_in: SignIn) -> None:
    heard = a_heard_project()
    sign_in(visitor, heard.agent.person)

    page = post_form(
        visitor,
        f"{desk(heard)}/projet/{heard.project.slug}",
        outcome="refused",
        title="A title to be kept",
        held_on="31/02/2026",
    )

    assert page.status_code == 422
    assert "A title to be kept" in page.text
    assert "Enter the day of the session" in page.text
    assert "Say which body decided." in page.text


def test_an_agent_can_not_press_publish(visitor: FlaskClient, sign_in: SignIn) -> None:
    heard = a_heard_project()
    ref = a_decision(heard).decision.ref
    sign_in(visitor, heard.agent.person)

    page = visitor.post(f"{desk(heard)}/{ref}/publication")

    assert page.status_code == 403


def test_the_decisions_of_another_collectivity_do_not_exist_here(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    heard, elsewhere = a_heard_project(), a_heard_project()
    ref = a_decision(elsewhere).decision.ref
    sign_in(visitor, heard.administrator.person)

    assert visitor.get(f"{desk(heard)}/{ref}").status_code == 404
    assert visitor.get(f"{desk(heard)}/projet/{elsewhere.project.slug}").status_code == 404
    assert visitor.get(f"{desk(heard)}/{ref}/themes/99999999999999999999").status_code == 404


def test_a_correction_starts_from_what_is_published(visitor: FlaskClient, sign_in: SignIn) -> None:
    heard = a_heard_project()
    ref = a_decision(heard, published=True).decision.ref
    sign_in(visitor, heard.agent.person)

    started = post_form(visitor, f"{desk(heard)}/{ref}", to=f"{desk(heard)}/{ref}/correction")
    edited = visitor.get(started.location)

    assert started.status_code == 302
    assert "The machine answers at night only" in edited.text
    assert db.session.query(DecisionVersion).count() == 2
