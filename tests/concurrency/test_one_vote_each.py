"""One position, one support, one useful vote each, whatever the clicks, between processes and over HTTP."""

import os
import random
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from participation.consultations.models import Participant
from participation.contributions.actions import (
    find_useful,
    stop_finding_useful,
    stop_supporting,
    support_condition,
    take_position,
    withdraw_position,
)
from participation.contributions.models import (
    Choice,
    ConditionSupport,
    Contribution,
    Position,
    Submission,
    UsefulVote,
)
from participation.foundation.database import db
from participation.foundation.references import secret_token
from tests.concurrency import world
from tests.concurrency.counting import count, counters_that_drifted
from tests.concurrency.world import Crew
from tests.crash.browser import Answer, Browser
from tests.crash.served import Server, served
from tests.factories.accounts import a_person
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]
PROCESSES, PRESSES = 8, 50


@pytest.fixture
def many(
    request: pytest.FixtureRequest, database_url: Callable[[str], str], rounds: Rounds
) -> Iterator[tuple[Crew, int]]:
    """Gives eight processes on a database of their own; with reduced rounds, the four of the folder."""
    processes = rounds(world.PROCESSES, PROCESSES)
    if processes == world.PROCESSES:
        yield request.getfixturevalue("crew"), processes
        return
    with tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), database_url(f"eight{os.getpid()}")
        app = world.an_app(folder, url)
        with app.app_context():
            db.create_all()
            crew = Crew(folder, url, processes)
            yield crew, processes
            crew.leave()
            db.session.remove()
            db.engine.dispose()


def cast_them_all(participants: list[int], condition_id: int, number: int) -> list[int]:
    """Casts every vote, each in a request of its own; returns how many of each kind were new."""
    new = [0, 0, 0]
    for participant_id in participants:
        participant = db.session.get_one(Participant, participant_id)
        condition = db.session.get_one(Contribution, condition_id)
        take_position(participant, Choice.CONDITIONS)
        new[1] += support_condition(participant, condition)
        new[2] += find_useful(participant, condition)
        db.session.commit()
    return new


def test_several_processes_that_cast_the_same_votes_cast_each_once(
    many: tuple[Crew, int], rounds: Rounds
) -> None:
    crew, processes = many
    votes = rounds(10, 300)
    consultation = an_open_consultation()
    condition = a_condition(consultation)
    participants = [a_participant(consultation).id for _ in range(votes)]
    db.session.commit()

    given = crew.at_once(partial(cast_them_all, participants, condition.id), times=processes)

    assert [sum(new) for new in zip(*given, strict=True)] == [0, votes, votes]
    assert count(Position, consultation_id=consultation.id) == votes
    assert count(ConditionSupport, contribution_id=condition.id) == condition.support_count == votes
    assert count(UsefulVote, contribution_id=condition.id) == condition.useful_count == votes


@pytest.fixture(scope="module")
def site(database_url: Callable[[str], str]) -> Iterator[tuple[Flask, Server]]:
    """Gives the real web server, with two workers, and the application of this process."""
    with (
        tempfile.TemporaryDirectory() as name,
        served(Path(name), database_url(f"presses{os.getpid()}"), workers=2, threads=8) as (app, server),
    ):
        server.start()
        yield app, server


def test_fifty_presses_at_once_from_two_browsers_of_one_person_count_once(
    site: tuple[Flask, Server], rounds: Rounds
) -> None:
    app, server = site
    with app.app_context():
        consultation = an_open_consultation()
        texts = a_condition(consultation), a_contribution(consultation)
        db.session.commit()
        slug, number = consultation.slug, consultation.id
        condition, comment = (text.ref for text in texts)
    forms: list[tuple[str, dict[str, str]]] = [
        (f"/consultations/{slug}/avis", {"choice": "opposed"}),
        (f"/contributions/{condition}/soutenir", {}),
        (f"/contributions/{comment}/utile", {}),
    ]

    with watching(app, number) as drifted, ThreadPoolExecutor(PRESSES) as fingers:
        for turn in range(rounds(3, 200)):
            path, fields = forms[turn % len(forms)]
            with app.app_context():
                person = a_person()
                db.session.commit()
                browsers = [Browser(app, server.port, person) for _ in range(2)]
                db.session.remove()
            answers = press(fingers, browsers, path, fields)

            assert {answer.status for answer in answers} == {302}, {answer.status for answer in answers}
            with app.app_context():
                assert_counted_once(browsers[0].person_id, answers, path)
                db.session.remove()
    assert drifted == []


def press(
    fingers: ThreadPoolExecutor, browsers: list[Browser], path: str, fields: dict[str, str]
) -> list[Answer]:
    """Sends the same form fifty times at once, half from each browser, each with a key of its own."""
    together = threading.Barrier(PRESSES)
    forms = [{**one.hidden_fields_of(path), "form_key": secret_token(), **fields} for one in browsers]

    def send(number: int) -> Answer:
        browser = browsers[number % 2]
        together.wait(timeout=60)
        return browser.post(path, forms[number % 2])

    return list(fingers.map(send, range(PRESSES)))


def assert_counted_once(person_id: int, answers: list[Answer], path: str) -> None:
    """Checks one row, one receipt for each browser, both saying the same."""
    own = sa.select(Participant.id).filter_by(person_id=person_id)
    participant = db.session.scalars(own).one()
    table = Position if path.endswith("/avis") else ConditionSupport if "soutenir" in path else UsefulVote
    assert count(table, participant_id=participant) == 1
    receipts = {answer.receipt for answer in answers}
    sent = list(db.session.scalars(sa.select(Submission).filter_by(participant_id=participant)))
    assert receipts == {one.ref for one in sent} and len(receipts) == 2
    said = [{key: value for key, value in one.recorded.items() if key != "sent_at"} for one in sent]
    assert said[0] == said[1]


class watching:
    """Looks without pause, in one statement each time, whether a counter differs from its rows."""

    def __init__(self, app: Flask, consultation_id: int) -> None:
        self.app, self.consultation_id = app, consultation_id
        self.drifted: list[object] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look)

    def __enter__(self) -> list[object]:
        self.thread.start()
        return self.drifted

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.over.wait(0.02):
            # As a page does, so that on SQLite it waits for nobody.
            with self.app.test_request_context(method="GET"):
                self.drifted += counters_that_drifted(self.consultation_id)
                db.session.remove()


Step = tuple[str, str]


def do(participant_id: int, condition_id: int, comment_id: int, steps: list[Step], number: int) -> Any:
    """Takes one step; returns whether it changed anything, None for a position, which always stands."""
    participant = db.session.get_one(Participant, participant_id)
    condition = db.session.get_one(Contribution, condition_id)
    comment = db.session.get_one(Contribution, comment_id)
    verb, word = steps[number % 4]
    if verb == "take":
        take_position(participant, Choice(word))
        return None
    if verb == "withdraw":
        return withdraw_position(participant)
    verbs = {
        "support": lambda: support_condition(participant, condition),
        "drop": lambda: stop_supporting(participant, condition),
        "useful": lambda: find_useful(participant, comment),
        "useless": lambda: stop_finding_useful(participant, comment),
    }
    return verbs[verb]()


def in_turn(steps: list[Step], before: tuple[str, bool, bool]) -> tuple[list[Any], tuple[str, bool, bool]]:
    """Returns what each step gives and what is left, one after the other: the model, without any database."""
    choice, supports, useful = before
    given: list[Any] = []
    for verb, word in steps:
        if verb == "take":
            choice = word
            given.append(None)
        elif verb == "withdraw":
            given.append(bool(choice))
            choice = ""
        elif verb in ("support", "drop"):
            given.append(supports != (verb == "support"))
            supports = verb == "support"
        else:
            given.append(useful != (verb == "useful"))
            useful = verb == "useful"
    return given, (choice, supports, useful)


VERBS = ("take", "withdraw"), ("support", "drop"), ("useful", "useless")


def test_what_races_ends_as_if_it_had_come_one_after_the_other(crew: Crew, rounds: Rounds) -> None:
    dice = random.Random("races")
    consultation = an_open_consultation()
    condition, comment = a_condition(consultation), a_contribution(consultation)
    participant = a_participant(consultation)
    db.session.commit()
    before = ("", False, False)

    for turn in range(rounds(12, 600)):
        verbs = VERBS[turn % 3]
        steps = [(dice.choice(verbs), dice.choice(list(Choice)).value) for _ in range(4)]
        given = crew.at_once(partial(do, participant.id, condition.id, comment.id, steps))

        after = where_they_stand(participant, condition, comment)
        orders = [in_turn([steps[place] for place in order], before) for order in permutations(range(4))]
        possible = [
            ([told[order.index(place)] for place in range(4)], left)
            for order, (told, left) in zip(permutations(range(4)), orders, strict=True)
        ]
        assert (given, after) in possible, (before, steps, given, after)
        assert not counters_that_drifted(consultation.id)
        before = after


def where_they_stand(
    participant: Participant, condition: Contribution, comment: Contribution
) -> tuple[str, bool, bool]:
    choices = db.session.scalars(sa.select(Position.choice).filter_by(participant_id=participant.id)).all()
    assert len(choices) <= 1
    return (
        choices[0].value if choices else "",
        bool(count(ConditionSupport, contribution_id=condition.id, participant_id=participant.id)),
        bool(count(UsefulVote, contribution_id=comment.id, participant_id=participant.id)),
    )
