"""Pages kept for somebody signed in: the same words for nothing asked, and never an old word."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from config import TestingConfig
from participation.accounts.models import Person, Session
from participation.accounts.signing_in import current_person
from participation.app import create_app
from participation.consultations.models import Participant
from participation.contributions.actions import take_position
from participation.contributions.models import Choice
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader
from tests.architecture.listening import statements
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.projects import a_complete_project

pytestmark = pytest.mark.keeps_its_own_database

PAGE = "/projets/projet"
NOBODY = "Personne ne s’est encore prononcé."


@pytest.fixture
def app(tmp_path: Path, database_url: Callable[[str], str]) -> Iterator[Flask]:
    config = TestingConfig(tmp_path, database_url("kept" + tmp_path.parent.name + tmp_path.name))
    config.PAGE_CACHE_SECONDS = 60.0
    app = create_app(config)
    with app.app_context():
        db.create_all()
        tell_an_open_consultation()
        db.session.remove()
    yield app
    app.extensions["watch"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def tell_an_open_consultation() -> None:
    """Adds a project in consultation and four neighbours; commits."""
    consultation = an_open_consultation(a_complete_project(slug="projet"))
    for _ in range(4):
        a_participant(consultation)
    db.session.commit()


def signed_in(app: Flask, number: int = 0) -> FlaskClient:
    """Returns the browser of one of the neighbours."""
    with app.app_context():
        person = db.session.scalars(sa.select(Person).order_by(Person.id)).all()[number]
        expires = clock.now() + timedelta(days=1)
        db.session.add(
            Session(token_hash=hash_of(f"token {number}"), person_id=person.id, expires_at=expires)
        )
        db.session.commit()
    reader = app.test_client()
    with reader.session_transaction() as session:
        session["_user_id"] = f"token {number}"
    return reader


def choose(app: Flask, choice: Choice) -> None:
    """Records a position in another request than that of a reader."""
    with app.test_request_context(method="POST"):
        take_position(db.session.scalars(sa.select(Participant).order_by(Participant.id)).all()[3], choice)
        db.session.commit()


def test_a_page_costs_the_database_nothing_while_nothing_is_written(app: Flask) -> None:
    first, second = signed_in(app, 0), signed_in(app, 1)
    page = first.get(PAGE)

    with statements() as sent:
        same = second.get(PAGE)

    assert same.text == page.text
    assert sent in ([], ["SELECT pg_current_snapshot()::text"])
    assert same.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in same.headers


def test_a_position_shows_at_once_to_whoever_is_signed_in(app: Flask) -> None:
    reader = signed_in(app)
    before = reader.get(PAGE).text

    choose(app, Choice.OPPOSED)

    after = reader.get(PAGE).text
    assert NOBODY in before
    assert NOBODY not in after


def test_what_was_just_done_is_said_once_and_to_nobody_else(app: Flask) -> None:
    reader, other = signed_in(app, 0), signed_in(app, 1)
    reader.get(PAGE)
    with reader.session_transaction() as session:
        session["_flashes"] = [("message", "Votre texte est reçu.")]

    said = [one.get(PAGE).text.count("Votre texte est reçu.") for one in (reader, other, reader)]

    assert said == [1, 0, 0]


def test_a_page_that_looks_at_who_reads_it_is_made_for_each(app: Flask) -> None:
    @public
    @same_for_every_reader
    def who() -> str:
        person = current_person()
        return person.email or "" if person else "nobody"

    app.add_url_rule("/qui", view_func=who)
    one, other = signed_in(app, 0), signed_in(app, 1)

    said = [reader.get("/qui").text for reader in (one, other, one)]

    assert said[0] == said[2] != said[1]


def test_visitors_and_readers_with_a_cookie_never_get_each_other_s_page(app: Flask) -> None:
    visitor, reader = app.test_client(), signed_in(app)
    visitor.get(PAGE)
    reader.get(PAGE)

    assert visitor.get(PAGE).headers["Cache-Control"] == "public, max-age=60"
    assert reader.get(PAGE).headers["Cache-Control"] == "private, no-store"
