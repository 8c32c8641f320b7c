"""Several processes write at once, on real files and real servers: nothing is lost, nothing counts twice."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from participation.consultations.models import Participant
from participation.contributions.actions import (
    find_useful,
    record_submission,
    support_condition,
    take_position,
)
from participation.contributions.models import Choice, Contribution, Position, Submission
from participation.foundation import clock
from participation.foundation.database import db
from tests.concurrency import world

pytestmark = pytest.mark.keeps_its_own_database

CHOICES = list(Choice)


@pytest.fixture
def place(tmp_path: Path, database_url: Callable[[str], str]) -> Iterator[tuple[Path, str]]:
    url = database_url("together" + tmp_path.parent.name + tmp_path.name)
    app = world.an_app(tmp_path, url)
    with app.app_context():
        db.create_all()
        world.tell_an_open_consultation()
        yield tmp_path, url
        db.session.remove()
        db.engine.dispose()


def change_ones_mind(app: Flask, number: int) -> None:
    with app.test_request_context(method="POST"):
        participant = db.session.scalars(sa.select(Participant).order_by(Participant.id)).first()
        assert participant is not None
        take_position(participant, CHOICES[number % 4])
        db.session.commit()


def find_it_useful(app: Flask, number: int) -> None:
    with app.test_request_context(method="POST"):
        participants = db.session.scalars(sa.select(Participant).order_by(Participant.id)).all()
        condition = db.session.scalars(sa.select(Contribution)).one()
        find_useful(participants[1 + number % 10], condition)
        support_condition(participants[1 + number % 10], condition)
        db.session.commit()


def send_the_same_form(app: Flask, number: int) -> str:
    with app.test_request_context(method="POST"):
        participant = db.session.scalars(sa.select(Participant).order_by(Participant.id.desc())).first()
        assert participant is not None
        payload = {"choice": "favourable", "body": "Bonjour à tous.", "kind": "comment", "stance": "for"}
        submission = record_submission(
            participant,
            "opinion",
            {**payload, "language": "fr"},
            form_key=f"form {number // 4}",
            now=clock.now(),
        )
        db.session.commit()
        return submission.ref


def test_changing_ones_mind_at_once_leaves_one_position(
    place: tuple[Path, str], rounds: Callable[[int, int], int]
) -> None:
    world.at_once(change_ones_mind, *place, times=rounds(24, 400))

    assert db.session.scalar(sa.select(sa.func.count(Position.id))) == 1


def test_votes_at_once_count_each_participant_once(
    place: tuple[Path, str], rounds: Callable[[int, int], int]
) -> None:
    world.at_once(find_it_useful, *place, times=rounds(40, 400))

    condition = db.session.scalars(sa.select(Contribution)).one()
    assert (condition.useful_count, condition.support_count) == (10, 10)


def test_the_same_form_sent_by_several_processes_counts_once(
    place: tuple[Path, str], rounds: Callable[[int, int], int]
) -> None:
    references = world.at_once(send_the_same_form, *place, times=rounds(16, 200))

    forms = rounds(4, 50)
    assert [len(set(references[4 * n : 4 * n + 4])) for n in range(forms)] == [1] * forms
    assert db.session.scalar(sa.select(sa.func.count(Submission.id))) == forms
    assert db.session.scalar(sa.select(sa.func.count(Contribution.id))) == 1 + forms
