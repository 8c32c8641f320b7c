"""Killed at any instant, the server has lost nothing that it confirmed, and recorded nothing twice."""

import os
import random
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from participation.accounts.models import Person
from participation.consultations.models import Consultation, Participant
from participation.contributions.actions import hold_submission
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    PendingSubmission,
    Position,
    Submission,
    UsefulVote,
)
from participation.foundation.database import db
from participation.foundation.references import hash_of
from tests.concurrency.counting import counters_that_drifted
from tests.crash.browser import Browser
from tests.crash.served import Server, served
from tests.crash.writers import Guest, Writer
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_condition, a_contribution

pytestmark = [
    pytest.mark.keeps_its_own_database,
    pytest.mark.xdist_group("crash"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds the workers of the server in /proc"),
]

SIGNED_IN, GUESTS = 6, 2
LINKS_PER_ROUND = 4
LONGEST_WAIT_SECONDS = 0.3


def test_whatever_is_killed_what_was_confirmed_stays_and_counts_once(
    database_url: Callable[[str], str], rounds: Callable[[int, int], int]
) -> None:
    kills = rounds(6, 200)
    seed = os.environ.get("CRASH_SEED", "1")
    dice = random.Random(f"kills {seed}")
    with tempfile.TemporaryDirectory(prefix="crash") as name:
        folder = Path(name)
        with served(folder, database_url(f"crash{os.getpid()}")) as (app, server):
            with app.app_context():
                people, consultation_id = tell_a_world(kills)
            server.start()
            with app.app_context():
                crowd = the_crowd(app, server, people, consultation_id, kills)

            for number in range(kills):
                write_until_killed(server, crowd, dice, is_whole=number % 3 == 2)
                with app.app_context():
                    assert_nothing_is_lost(crowd, consultation_id)
                assert_the_file_is_sound(app)

    confirmed = sum(len(one.ledger.receipts) for one in crowd)
    held = sum(len(one.ledger.held) for one in crowd)
    refused = [words for one in crowd for words in one.ledger.refused]
    print(f"{kills} kills (seed {seed}): {confirmed} receipts, {held} forms held, {len(refused)} refusals")
    assert confirmed > kills
    assert not refused, refused[:5]


def tell_a_world(kills: int) -> tuple[list[int], int]:
    """Adds a consultation with texts to vote on, people with an account, and guests whose links wait."""
    consultation = an_open_consultation()
    for _ in range(3):
        a_condition(consultation)
        a_contribution(consultation)
    people = [a_person().id for _ in range(SIGNED_IN)]
    for number in range(kills * LINKS_PER_ROUND):
        payload = {"choice": "favourable", "body": f"Invité {number}", "kind": "comment", "stance": "for"}
        held = hold_submission(
            consultation,
            a_person(),
            kind="opinion",
            payload={**payload, "language": "fr"},
            form_key=f"guest {number}",
        )
        held.token_hash = hash_of(f"link{number}")
    db.session.commit()
    return people, consultation.id


def the_crowd(
    app: Flask, server: Server, people: Sequence[int], consultation_id: int, kills: int
) -> list[Writer]:
    consultation = db.session.get_one(Consultation, consultation_id)
    said = list(db.session.scalars(sa.select(Contribution).order_by(Contribution.id)))
    texts = {"soutenir": [one.ref for one in said[::2]], "utile": [one.ref for one in said[1::2]]}
    crowd = []
    for number, person in enumerate(people):
        browser = Browser(app, server.port, db.session.get_one(Person, person))
        crowd.append(Writer(browser, consultation.slug, texts, number))
    links = {f"link{number}": f"guest {number}" for number in range(kills * LINKS_PER_ROUND)}
    share = len(links) // GUESTS
    for number in range(GUESTS):
        own = dict(list(links.items())[number * share : (number + 1) * share])
        crowd.append(Guest(Browser(app, server.port), consultation.slug, SIGNED_IN + number, own))
    return crowd


def write_until_killed(
    server: Server, crowd: Sequence[Writer], dice: random.Random, *, is_whole: bool
) -> None:
    """Lets everybody write, kills at a random instant, and waits until each last form is confirmed."""
    stop, broken = threading.Event(), []

    def write(writer: Writer) -> None:
        try:
            writer.write_until(stop)
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in crowd]
    for thread in threads:
        thread.start()
    time.sleep(dice.uniform(0, LONGEST_WAIT_SECONDS))
    if is_whole:
        server.kill_everything()
        stop.set()
        server.start()
    else:
        server.kill_worker(dice.randrange(2))
        stop.set()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]


def assert_nothing_is_lost(crowd: Sequence[Writer], consultation_id: int) -> None:
    """Compares what each person was told with the rows: nothing is missing, nothing is there twice."""
    recorded = dict(db.session.execute(sa.select(Submission.form_key, Submission.ref)).all())
    told = {key: ref for one in crowd for key, ref in one.ledger.receipts.items()}
    assert {key: ref for key, ref in told.items() if recorded.get(key) != ref} == {}
    assert set(recorded) == set(told)
    waiting = set(db.session.scalars(sa.select(PendingSubmission.form_key)))
    assert {key for one in crowd for key in one.ledger.held} <= waiting
    bodies = list(db.session.scalars(sa.select(Contribution.body).where(Contribution.body.like("Mot %"))))
    assert sorted(bodies) == sorted(body for one in crowd for body in one.ledger.comments)
    guests = sum(isinstance(one, Guest) and len(one.ledger.receipts) for one in crowd)
    invited = sa.select(sa.func.count()).where(Contribution.body.like("Invité %"))
    assert db.session.scalar(invited) == guests
    assert_everybody_stands_where_they_were_told(crowd[:SIGNED_IN], consultation_id)
    assert counters_that_drifted(consultation_id) == []
    db.session.rollback()


def assert_everybody_stands_where_they_were_told(people: Sequence[Writer], consultation_id: int) -> None:
    for writer in people:
        participants = sa.select(Participant.id).filter_by(
            consultation_id=consultation_id, person_id=writer.browser.person_id
        )
        own = db.session.scalars(participants).all()
        assert len(own) <= 1
        taken = sa.select(Position.choice).where(Position.participant_id.in_(own))
        choices = [choice.value for choice in db.session.scalars(taken)]
        assert choices == [writer.ledger.choice] * bool(writer.ledger.choice)
        for table, told in ((ConditionSupport, writer.ledger.supports), (UsefulVote, writer.ledger.useful)):
            voted = (
                sa.select(Contribution.ref)
                .join(table, table.contribution_id == Contribution.id)
                .where(table.participant_id.in_(own))
            )
            assert sorted(db.session.scalars(voted)) == sorted(told)


def assert_the_file_is_sound(app: Flask) -> None:
    """Checks the whole file of SQLite; PostgreSQL keeps its own, and only its web workers were killed."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        connection = sqlite3.connect(str(db.engine.url.database))
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()
