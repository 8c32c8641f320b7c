"""A database locked, full, unreadable or stopped: 503 with the text, and the same form counts once later."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from participation.contributions.models import Contribution, Submission
from participation.foundation.database import db
from tests import databases
from tests.architecture.pages_read import read
from tests.architecture.typed_texts import long_text, lost_on
from tests.concurrency.counting import count
from tests.concurrency.world import an_app
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation
from tests.forms import hidden_fields
from tests.people import a_browser

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

# Eight kilobytes in two thousand characters: no page of the database has room for it.
WORDS = long_text("body")[:100].rstrip() + "👩" * 1900
PATIENCE_IN_MILLISECONDS = 50


class Writer:
    """Somebody signed in who has filled in a form of the product, on a database of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            db.create_all()
            consultation = an_open_consultation()
            self.address = f"/consultations/{consultation.slug}/avis"
            self.browser: FlaskClient = a_browser(app, a_person())
        hidden = hidden_fields(self.browser.get(self.address).text)
        self.form: dict[str, Any] = {**hidden, "choice": "opposed", "body": WORDS}

    def send(self) -> TestResponse:
        """Sends the form."""
        return self.browser.post(self.address, data=self.form)

    def send_again(self, refused: TestResponse) -> TestResponse:
        """Presses the button of the page that says why nothing was recorded."""
        [main] = read(refused.text).all("form", id="main-form")
        again = {**hidden_fields(refused.text), "body": self.form["body"]}
        return self.browser.post(main.get("action"), data=again)

    def rows(self) -> tuple[int, int]:
        """Returns how many receipts and texts there are."""
        with self.app.app_context():
            return count(Submission), count(Contribution)


def must_keep_and_recover(writer: Writer, refused: TestResponse) -> None:
    """Checks the page of a failure, then that the same form counts once when it is over."""
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert lost_on(read(refused.text), {"body": WORDS}) == []

    recorded = [writer.send_again(refused).location for _ in range(2)]

    assert "/recu/" in recorded[0] and len(set(recorded)) == 1
    assert writer.rows() == (1, 1)


@pytest.fixture
def on_a_file(tmp_path: Path) -> Iterator[Writer]:
    """Gives a writer on a file whose lock is waited for less long than in production."""
    app = an_app(tmp_path, f"sqlite:///{tmp_path / 'away.db'}")
    with app.app_context():
        engine = db.engine

    @sa.event.listens_for(engine, "connect")
    def wait_less(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout={PATIENCE_IN_MILLISECONDS}").close()

    yield Writer(app)
    engine.dispose()


def test_a_locked_database_keeps_the_text(on_a_file: Writer, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "away.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = on_a_file.send()
    other.execute("ROLLBACK")
    other.close()

    must_keep_and_recover(on_a_file, refused)


def test_a_locked_database_is_still_read(on_a_file: Writer, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "away.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = on_a_file.browser.get(on_a_file.address)
    other.execute("ROLLBACK")
    other.close()

    assert page.status_code == 200


def test_a_full_disk_keeps_the_text(on_a_file: Writer) -> None:
    with _a_full_disk(on_a_file.app):
        refused = on_a_file.send()

    must_keep_and_recover(on_a_file, refused)


@contextmanager
def _a_full_disk(app: Flask) -> Iterator[None]:
    """Keeps the file from growing by a single page."""

    def limit(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "begin", limit)
    try:
        yield
    finally:
        sa.event.remove(engine, "begin", limit)
        engine.dispose()


def test_a_file_that_is_gone_keeps_the_text(on_a_file: Writer, tmp_path: Path) -> None:
    with on_a_file.app.app_context():
        db.engine.dispose()
    (tmp_path / "away.db").rename(tmp_path / "elsewhere.db")
    (tmp_path / "away.db").mkdir()
    refused = on_a_file.send()
    page = on_a_file.browser.get("/")
    (tmp_path / "away.db").rmdir()
    (tmp_path / "elsewhere.db").rename(tmp_path / "away.db")

    assert page.status_code == 503 and "<main" in page.text
    must_keep_and_recover(on_a_file, refused)


def test_a_server_that_is_stopped_keeps_the_text(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if request.config.getoption("--database") != "postgresql":
        pytest.skip("on PostgreSQL only")
    with databases.stoppable() as server:
        writer = Writer(an_app(tmp_path, server.new_database("away")))
        server.stop()
        refused = writer.send()
        page = writer.browser.get("/")
        server.start()

        assert page.status_code == 503 and "<main" in page.text
        must_keep_and_recover(writer, refused)
        with writer.app.app_context():
            db.session.remove()
            db.engine.dispose()
