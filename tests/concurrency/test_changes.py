"""A word that tells whether anything was written: the same while nothing is, another after each commit."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from participation.accounts.models import Person
from participation.foundation.changes import Watch
from participation.foundation.database import db
from tests.concurrency import world

pytestmark = pytest.mark.keeps_its_own_database


@pytest.fixture
def watch(tmp_path: Path, database_url: Callable[[str], str]) -> Iterator[Watch]:
    app = world.an_app(tmp_path, database_url("watched" + tmp_path.parent.name + tmp_path.name))
    watch = Watch()
    with app.app_context():
        db.create_all()
        yield watch
        watch.close()
        db.session.remove()
        db.engine.dispose()


def test_reading_leaves_the_word_as_it_is(watch: Watch) -> None:
    before = watch.stamp()

    db.session.scalars(sa.select(Person)).all()
    db.session.commit()

    assert before is not None
    assert watch.stamp() == before


def test_each_commit_changes_the_word(watch: Watch) -> None:
    words = [watch.stamp()]

    for number in range(3):
        db.session.add(Person(email=f"voisin-{number}@demo.example"))
        db.session.commit()
        words.append(watch.stamp())

    assert len(set(words)) == 4


def test_a_transaction_that_ends_late_changes_the_word_when_it_ends(watch: Watch) -> None:
    db.session.add(Person(email="premier@demo.example"))
    db.session.flush()
    while_open = watch.stamp()

    db.session.commit()

    assert watch.stamp() != while_open
