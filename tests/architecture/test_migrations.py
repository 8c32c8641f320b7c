"""Migrations from nothing give the tables of the models; down and up again too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from config import TestingConfig
from participation.app import create_app
from participation.foundation.database import db

pytestmark = pytest.mark.keeps_its_own_database


@pytest.fixture
def empty_app(tmp_path: Path, database_url: Callable[[str], str]) -> Flask:
    return create_app(
        TestingConfig(tmp_path, database_url(f"migrations{tmp_path.parent.name}{tmp_path.name}"))
    )


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, db.metadata))


def test_upgrading_from_nothing_gives_the_tables_of_the_models(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()

        assert differences() == []
        db.engine.dispose()


def test_downgrading_to_nothing_and_up_again_gives_the_same_tables(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        downgrade(revision="base")
        upgrade()

        assert differences() == []
        db.engine.dispose()
