"""The small town of the tests of access, reading and forms: built once, only read."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import TestingConfig
from participation.app import create_app
from participation.foundation.database import db
from tests.architecture.world import World, build_world
from tests.conftest import Visitor


@pytest.fixture(scope="session")
def built_world(database_url: Callable[[str], str]) -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(TestingConfig(Path(folder), database_url("world")))
        app.test_client_class = Visitor
        with app.app_context():
            db.create_all()
            world = build_world(app)
            db.session.remove()
        yield world
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def world(built_world: World) -> Iterator[World]:
    with built_world.app.app_context():
        yield built_world
        db.session.remove()
