"""The harness: one application, a database undone after each test, a visitor who may sign in."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import TestingConfig
from participation.accounts.models import Person, Session
from participation.app import create_app
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.foundation.references import hash_of, secret_token
from tests import databases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.addoption("--rounds", choices=("reduced", "full"), default="reduced")


class Visitor(FlaskClient):
    """Sends each request in an app context of its own, as a server does: its session and `g` end with it."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.expire_all()
        return response


@pytest.fixture(scope="session")
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Returns how often to try: the first number in `make test`, the second in `make deep`."""
    full = request.config.getoption("--rounds") == "full"
    return lambda reduced, complete: complete if full else reduced


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """Gives an empty database of the kind under test, by name."""
    with databases.server(str(request.config.getoption("--database"))) as new_database:
        yield new_database


@pytest.fixture(scope="session")
def app(database_url: Callable[[str], str]) -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(TestingConfig(Path(folder), database_url(f"suite{os.getpid()}")))
        app.test_client_class = Visitor
        with app.app_context():
            db.create_all()
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(autouse=True)
def undo_database_changes(request: pytest.FixtureRequest) -> Iterator[None]:
    if "keeps_its_own_database" in request.keywords:
        yield
        return
    app = request.getfixturevalue("app")
    with app.app_context():
        engine = db.engines[None]
        with engine.connect() as connection, connection.begin() as transaction:
            db.engines[None] = connection
            db.session.configure(join_transaction_mode="create_savepoint")
            yield
            db.session.remove()
            transaction.rollback()
        db.engines[None] = engine


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sign_in() -> Callable[[FlaskClient, Person], None]:
    """Returns a function that signs a person in on a visitor's browser, without going through a mail."""

    def sign_in(visitor: FlaskClient, person: Person) -> None:
        token = secret_token()
        expires = clock.now() + timedelta(days=1)
        db.session.add(Session(token_hash=hash_of(token), person_id=person.id, expires_at=expires))
        db.session.commit()
        with visitor.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True

    return sign_in


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[str]]:
    """Returns a function that does the waiting work and gives the mails written since, oldest first."""
    folder = Path(app.config["DATA_DIR"]) / "mails"
    before = set(folder.glob("*.eml")) if folder.exists() else set()

    def written() -> list[str]:
        outbox.drain()
        new = sorted(set(folder.glob("*.eml")) - before) if folder.exists() else []
        return [path.read_text("utf-8") for path in new]

    return written
