"""Migrations from nothing give the tables of the models; down and up again too."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from config import TestingConfig
from participation.app import create_app
from participation.foundation.database import db
from tests.factories.consultations import a_consultation
from tests.factories.projects import a_complete_project

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


def test_what_was_said_survives_the_table_being_made_anew(empty_app: Flask) -> None:
    """On SQLite a column is changed by making its table anew: rows that refer to the old one must stay."""
    moment = "2026-01-01 00:00:00"
    with empty_app.app_context():
        upgrade(revision="0001")
        with db.engine.begin() as connection:
            for statement in (
                "INSERT INTO collectivity (id, slug, name, display_name, created_at)"
                f" VALUES (1, 'v', 'V', 'V', '{moment}')",
                "INSERT INTO project (id, ref, slug, collectivity_id, title, created_at)"
                f" VALUES (1, 'abcde', 'p', 1, 'P', '{moment}')",
                "INSERT INTO consultation (id, ref, slug, project_id, title, moderation, minimum_assurance,"
                f" opens_at, closes_at, created_at) VALUES (1, 'fghij', 'c', 1, 'C', 'after', 'email',"
                f" '{moment}', '2026-02-01 00:00:00', '{moment}')",
                "INSERT INTO participant (id, consultation_id, display_name, channel, assurance, created_at)"
                f" VALUES (1, 1, 'Ana', 'online', 'email', '{moment}')",
                "INSERT INTO contribution (id, ref, kind, consultation_id, participant_id, stance, body,"
                " visibility, salt, created_at) VALUES (1, 'klmnpqrstu', 'comment', 1, 1, 'neutral', 'Oui.',"
                f" 'published', '', '{moment}')",
                "INSERT INTO submission (id, form_key, ref, participant_id, recorded, created_at)"
                f" VALUES (1, 'k', 'r', 1, '{{}}', '{moment}')",
            ):
                connection.exec_driver_sql(statement)

        upgrade()
        downgrade(revision="0001")
        upgrade()

        with db.engine.connect() as connection:
            for table in ("participant", "contribution", "submission"):
                assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 1
            unique = sa.inspect(connection).get_indexes("participant")
        assert "uq_participant_unidentified" in {one["name"] for one in unique}
        db.engine.dispose()


def test_going_down_to_the_first_tables_and_up_again_loses_no_row(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        project = a_complete_project()
        a_consultation(project)
        db.session.commit()
        before = kept_rows()

        downgrade(revision="0001")
        upgrade()

        assert kept_rows() == before
        db.session.remove()
        db.engine.dispose()


def kept_rows() -> dict[str, int]:
    """Returns how many rows the tables hold that were there from the first migration on."""
    names = ("project", "dossier_answer", "dossier_version", "open_point", "consultation", "event")
    with db.engine.connect() as connection:
        return {
            name: connection.execute(
                sa.select(sa.func.count()).select_from(db.metadata.tables[name])
            ).scalar_one()
            for name in names
        }
