"""Whatever fails, every form that takes words shows them again, ready to be sent with the same key."""

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_limiter import RateLimitExceeded
from sqlalchemy.engine import Engine
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import Forbidden, InternalServerError, NotFound
from werkzeug.test import TestResponse, encode_multipart

from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.web import maintenance
from tests.architecture.pages_read import PageRead, read
from tests.architecture.test_forms import PRESSED, filled_in_by, form_pages
from tests.architecture.typed_texts import chosen_in, lost_on, typed_into
from tests.architecture.world import World
from tests.forms import hidden_fields

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("world")]

Sent = dict[str, Any]

LOCKED = sqlite3.OperationalError("database is locked")
FULL = sqlite3.OperationalError("database or disk is full")
STOPPED = psycopg.OperationalError("connection refused")


class Filled:
    """One form of the town, filled in by somebody who may."""

    def __init__(self, world: World, endpoint: str) -> None:
        self.world, self.endpoint = world, endpoint
        self.who, self.address = filled_in_by(world, endpoint), world.address(endpoint)
        html = world.opened(self.who, self.address).text
        page = read(html)
        self.typed = typed_into(page)
        self.sent = {**hidden_fields(html), **PRESSED.get(endpoint, {}), **chosen_in(page), **self.typed}

    def send(self, browser: FlaskClient | None = None, **changes: Any) -> TestResponse:
        """Sends it, with other hidden fields when they are given."""
        browser = browser or self.world.browsers[self.who]
        return browser.post(self.address, data={**self.sent, **changes})


@pytest.fixture(scope="module")
def filled(built_world: World) -> list[Filled]:
    """Fills in every form of the town that takes words."""
    with built_world.app.app_context():
        filled = [Filled(built_world, endpoint) for endpoint in sorted(form_pages(built_world))]
        return [form for form in filled if form.typed]


@pytest.fixture
def forms(filled: list[Filled], world: World) -> list[Filled]:
    """Gives them to a test, which runs in a context of the town."""
    return filled


@pytest.fixture(autouse=True)
def nothing_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.session, "commit", db.session.rollback)


@contextmanager
def refusing(form: Filled, error: Exception) -> Iterator[None]:
    """Lets the page of a form fail once."""
    views = form.world.app.view_functions
    view, failures = views[form.endpoint], [error]

    @wraps(view)
    def fails_once(**values: Any) -> Any:
        if failures:
            raise failures.pop()
        return view(**values)

    views[form.endpoint] = fails_once
    try:
        yield
    finally:
        views[form.endpoint] = view


@contextmanager
def silent_database(why: Exception, *, only_writing: bool = False) -> Iterator[None]:
    """Lets the database refuse every statement, or those that write."""

    def refuse(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not only_writing or statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise sa.exc.OperationalError(statement, {}, why)

    sa.event.listen(Engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        sa.event.remove(Engine, "before_cursor_execute", refuse)


def faults_of(forms: list[Filled], send: Callable[[Filled], TestResponse], *statuses: int) -> dict[str, str]:
    """Sends each form into a failure; returns those whose answer loses a text or can't be sent again."""
    faults = {}
    for form in forms:
        answer = send(form)
        lost = lost_on(read(answer.text), form.typed)
        if answer.status_code not in statuses or lost or not _goes_back(form, read(answer.text), answer.text):
            faults[form.endpoint] = f"{answer.status_code}, loses {lost}"
    return faults


def _goes_back(form: Filled, page: PageRead, html: str) -> bool:
    """Tells whether the main form of the answer leads to the same address with the same key."""
    [main] = page.all("form", id="main-form") or [None]
    if main is None or main.get("action").partition("?")[0] not in ("", form.address, f"/en{form.address}"):
        return False
    hidden = hidden_fields(html)
    return bool(hidden.get("csrf_token")) and hidden.get("form_key") == form.sent.get("form_key")


def limit_reached() -> RateLimitExceeded:
    return RateLimitExceeded(SimpleNamespace(error_message=None, limit="60 per hour"))  # type: ignore[arg-type]


def test_most_forms_take_words(forms: list[Filled]) -> None:
    assert len(forms) > 25
    assert {len(text) for form in forms for text in form.typed.values()} == {101, 5000}


def test_a_stale_token_keeps_every_text(forms: list[Filled]) -> None:
    assert faults_of(forms, lambda form: form.send(csrf_token="stale"), 422) == {}


def test_a_session_that_ended_keeps_every_text(forms: list[Filled], world: World) -> None:
    def send(form: Filled) -> TestResponse:
        return form.send(world.app.test_client())

    assert faults_of(forms, send, 403, 422) == {}


def test_a_limit_that_is_reached_keeps_every_text(forms: list[Filled]) -> None:
    def send(form: Filled) -> TestResponse:
        with refusing(form, limit_reached()):
            answer = form.send()
        assert int(answer.headers["Retry-After"]) > 0
        return answer

    assert faults_of(forms, send, 429) == {}


@pytest.mark.parametrize("why", [LOCKED, FULL, STOPPED], ids=["locked", "full", "stopped"])
def test_a_database_that_does_not_answer_keeps_every_text(forms: list[Filled], why: Exception) -> None:
    def send(form: Filled) -> TestResponse:
        with silent_database(why):
            answer = form.send()
        assert int(answer.headers["Retry-After"]) > 0
        return answer

    assert faults_of(forms, send, 503) == {}


def test_a_disk_that_fills_up_while_writing_keeps_every_text(forms: list[Filled]) -> None:
    def send(form: Filled) -> TestResponse:
        with refusing(form, OSError(28, "No space left on device")):
            return form.send()

    assert faults_of(forms, send, 503) == {}


def test_a_request_that_is_too_large_keeps_every_text(forms: list[Filled]) -> None:
    def send(form: Filled) -> TestResponse:
        fields = {**form.sent, "picture": FileStorage(io.BytesIO(b"x" * 1_300_000), "photo.jpg")}
        boundary, body = encode_multipart(fields)
        content_type = f'multipart/form-data; boundary="{boundary}"'
        return form.world.browsers[form.who].post(form.address, data=body, content_type=content_type)

    # A register may be larger: there the form itself says that this one can't be read.
    assert faults_of(forms, send, 413, 422) == {}


def test_a_maintenance_keeps_every_text(forms: list[Filled], world: World) -> None:
    with world.app.app_context():
        maintenance.switch(on=True)
    try:
        assert faults_of(forms, Filled.send, 503) == {}
    finally:
        with world.app.app_context():
            maintenance.switch(on=False)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotPossibleNow("Somebody has just decided."), 409),
        (StaleDataError("changed meanwhile"), 409),
        (sa.exc.IntegrityError("INSERT", {}, sqlite3.IntegrityError("unique")), 409),
        (Forbidden(), 403),
        (InternalServerError(), 500),
    ],
    ids=["refused", "changed meanwhile", "twice at once", "forbidden", "a fault of ours"],
)
def test_a_refusal_nobody_foresaw_keeps_every_text(
    forms: list[Filled], error: Exception, status: int
) -> None:
    def send(form: Filled) -> TestResponse:
        with refusing(form, error):
            return form.send()

    assert faults_of(forms, send, status) == {}


def test_a_page_that_is_gone_shows_every_text_to_be_copied(forms: list[Filled]) -> None:
    faults = {}
    for form in forms:
        with refusing(form, NotFound()):
            page = read(form.send().text)
        if lost_on(page, form.typed) or page.all("form", id="main-form"):
            faults[form.endpoint] = lost_on(page, form.typed)

    assert faults == {}


def test_the_other_language_keeps_every_text(forms: list[Filled]) -> None:
    def send(form: Filled) -> TestResponse:
        answer = form.world.browsers[form.who].post(
            "/en" + form.address, data={**form.sent, "switch_language": "1"}
        )
        assert '<html lang="en">' in answer.text
        return answer

    assert faults_of(forms, send, 200) == {}
