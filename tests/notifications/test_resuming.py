"""The worker is killed while it tells people: it goes on where it was, and tells nobody twice."""

import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from config import TestingConfig
from participation.app import create_app
from participation.decisions.actions import publish_decision
from participation.foundation import outbox
from participation.foundation.database import db
from participation.foundation.outbox import OutboxMessage
from participation.notifications.models import Notice, NoticeState
from tests.factories.decisions import a_decision, a_heard_project, a_reader, takes_a_position

pytestmark = pytest.mark.keeps_its_own_database

SILENT = 60


def test_killed_and_begun_again_the_worker_tells_nobody_twice(
    database_url: Callable[[str], str], rounds: Callable[[int, int], int]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), database_url("resuming")
        app = create_app(TestingConfig(folder, url))
        people = tell_the_world(app)

        kills = rounds(2, 10)
        for _ in range(kills):
            kill_a_worker(folder, url)
            let_the_claims_expire(app)
        assert 0 < len(letters_in(folder)) < people
        with app.app_context():
            outbox.drain()
            states = Counter(db.session.scalars(sa.select(Notice.state)))
            close_database()
        letters = Counter(address_of(letter) for letter in letters_in(folder))

    assert states == {NoticeState.SENT: people}
    assert max(letters.values()) == 1
    # Killed between the mark and the handing over, one letter may be missing: never one too many.
    assert people - kills <= len(letters) <= people


def tell_the_world(app: Flask) -> int:
    with app.app_context():
        db.create_all()
        heard = a_heard_project()
        for number in range(SILENT):
            takes_a_position(heard, a_reader(f"silent-{number}@example.org"))
        publish_decision(a_decision(heard), member=heard.administrator)
        db.session.commit()
        close_database()
    return SILENT + len(heard.authors)


def kill_a_worker(folder: Path, url: str) -> None:
    worker = multiprocessing.get_context("spawn").Process(target=work, args=(folder, url))
    before = len(letters_in(folder))
    worker.start()
    deadline = time.monotonic() + 30
    while len(letters_in(folder)) < before + 5 and worker.is_alive() and time.monotonic() < deadline:
        time.sleep(0.005)
    worker.kill()
    worker.join()


def work(folder: Path, url: str) -> None:
    """Does the waiting work, in a process of its own."""
    app = create_app(TestingConfig(folder, url))
    with app.app_context():
        outbox.drain()


def let_the_claims_expire(app: Flask) -> None:
    with app.app_context():
        db.session.execute(sa.update(OutboxMessage).values(claimed_at=None))
        db.session.commit()
        close_database()


def close_database() -> None:
    db.session.remove()
    db.engine.dispose()


def letters_in(folder: Path) -> list[Path]:
    return list((folder / "mails").glob("*.eml"))


def address_of(letter: Path) -> str:
    lines = letter.read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith("To: "))
