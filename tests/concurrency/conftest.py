"""One database and one crew of processes for the whole folder: each test tells a world of its own."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from participation.foundation.database import db
from tests.concurrency import world


@pytest.fixture(scope="session")
def shared(database_url: Callable[[str], str]) -> Iterator[tuple[Flask, world.Crew]]:
    """Gives the application of this process and the crew, on the same database."""
    with tempfile.TemporaryDirectory() as folder:
        url = database_url("together")
        app = world.an_app(Path(folder), url)
        with app.app_context():
            db.create_all()
        crew = world.Crew(Path(folder), url)
        yield app, crew
        crew.leave()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def crew(shared: tuple[Flask, world.Crew]) -> Iterator[world.Crew]:
    """Gives the crew; the test itself runs in a context of the same application."""
    app, crew = shared
    with app.app_context():
        yield crew
        db.session.remove()
