"""Sixty words of one person, who then leaves: none of them is left in any file or column."""

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from config import TestingConfig
from participation.app import create_app
from participation.consultations.models import Participant
from participation.contributions.models import ConditionSupport, Contribution, Position, UsefulVote
from participation.contributions.queries import position_tally
from participation.foundation import clock, jobs, outbox
from participation.foundation.database import db
from tests.conftest import Visitor
from tests.privacy.sixty_words import Somebody, Town, Words

pytestmark = pytest.mark.keeps_its_own_database

# What stays where somebody leaves their published texts: the words everybody could read, without a name.
STAYS = {
    "everything": set(),
    "keep_texts": {
        "new condition",
        "reason of the position",
        "comment of a guest",
        "former words",
        "changed words",
        "reply",
        "question to the service",
        "reason of the second position",
        "second new condition",
        "text in English",
        "condition on paper",
        "text on paper",
    },
}
WITH_PUBLIC_TEXTS = {"contribution", "contribution_version"}


@pytest.fixture
def installation(database_url: Callable[[str], str]) -> Iterator[Flask]:
    """Gives an application with files of its own: a test that undoes itself would leave no trace anyway."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = database_url(f"canaries{os.getpid()}{os.urandom(3).hex()}")
        if url.startswith("sqlite"):
            url = f"sqlite:///{folder / 'participation.db'}"
        app = create_app(TestingConfig(folder, url))
        app.test_client_class = Visitor
        with app.app_context():
            db.create_all()
            yield app
            db.session.remove()
            db.engine.dispose()


def in_columns(words: Words) -> dict[str, set[str]]:
    """Returns, by table, the purposes of the words that its rows hold in any column."""
    found = {}
    for table in db.metadata.sorted_tables:
        rows = "\n".join(str(tuple(row)) for row in db.session.execute(sa.select(table)))
        if left := words.found_in(rows.encode()):
            found[table.name] = left
    db.session.rollback()
    return found


def in_files(app: Flask, words: Words) -> dict[str, set[str]]:
    """Returns, by file of the installation, the purposes of the words in its bytes or its name."""
    folder, found = Path(app.config["DATA_DIR"]), {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        if left := words.found_in(path.read_bytes() + str(path.relative_to(folder)).encode()):
            found[str(path.relative_to(folder))] = left
    return found


def figures(town: Town) -> list[object]:
    """Returns what is counted, and how many rows it is counted from."""
    tables = (Participant, Position, ConditionSupport, UsefulVote, Contribution)
    rows = [db.session.scalar(sa.select(sa.func.count(table.id))) for table in tables]
    tallies = [position_tally(one) for one in town.consultations]
    db.session.rollback()
    return [*rows, *tallies]


def the_night() -> None:
    """Does what the worker does until the next morning."""
    outbox.drain()
    jobs.do_daily_work()
    outbox.drain()
    db.session.remove()


@pytest.mark.parametrize("choice", STAYS)
def test_sixty_words_of_somebody_who_left_are_in_no_column_no_file_and_no_log(
    installation: Flask, caplog: pytest.LogCaptureFixture, choice: str
) -> None:
    caplog.set_level(logging.DEBUG)
    words, town = Words(), Town(installation)
    person = Somebody(installation, town, words)
    person.do_everything()
    held, written, before = in_columns(words), in_files(installation, words), figures(town)

    person.leaves(choice)
    the_night()

    assert len(words.used) == 60
    assert len(set().union(*held.values())) >= 36 and len(written) > 20
    columns, files = in_columns(words), in_files(installation, words)
    assert set().union(*columns.values()) == STAYS[choice]
    assert set(columns) <= WITH_PUBLIC_TEXTS
    assert set().union(*files.values()) <= STAYS[choice]
    assert {name for name in files if not name.startswith("participation.db")} == set()
    assert words.found_in(caplog.text.encode()) == set()
    assert figures(town) == before


def test_a_mail_kept_as_a_file_is_forgotten_after_a_month(installation: Flask) -> None:
    words, town = Words(), Town(installation)
    person = Somebody(installation, town, words)
    person.takes_part_as_a_guest()
    half_written = person.folder / ".x.part"
    half_written.write_text(person.email)

    the_night()
    kept = [name for name in in_files(installation, words) if name.startswith("mails/")]
    with clock.pretend(clock.now() + timedelta(days=31)):
        the_night()

    assert len(kept) > 5
    assert [name for name in in_files(installation, words) if name.startswith("mails/")] == []
