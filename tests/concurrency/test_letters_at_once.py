"""Several workers at the same week, several presses of the same button: one letter, one subscription."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import current_app

from participation.accounts.models import Person
from participation.activity.models import Event
from participation.foundation import outbox
from participation.foundation.database import db
from participation.notifications import actions
from participation.notifications.digests import prepare_digests
from participation.notifications.models import (
    Digest,
    DigestItem,
    Frequency,
    NoticeState,
    SubjectKind,
    Subscription,
)
from participation.notifications.news import note_news
from tests.concurrency.world import Crew
from tests.factories.accounts import a_person
from tests.factories.notifications import a_follower, some_news
from tests.factories.projects import a_complete_project
from tests.notifications.test_telling import address_of

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def work_of_the_night(number: int) -> None:
    prepare_digests()
    db.session.commit()
    outbox.drain()


def read_event(event_id: int, number: int) -> None:
    note_news(db.session.get_one(Event, event_id))
    db.session.commit()


def press_follow(person_id: int, project_id: int, number: int) -> int:
    person = db.session.get_one(Person, person_id)
    followed = actions.follow(person, SubjectKind.PROJECT, project_id)
    db.session.commit()
    return followed.id


def press_never(person_id: int, number: int) -> None:
    actions.set_frequency(db.session.get_one(Person, person_id), Frequency.NEVER)
    db.session.commit()


def test_several_workers_at_the_same_week_write_each_letter_once(crew: Crew, rounds: Rounds) -> None:
    while outbox.drain():
        pass
    project = a_complete_project()
    people = [a_follower(project) for _one in range(rounds(12, 100))]
    some_news(project)
    folder = Path(current_app.config["DATA_DIR"]) / "mails"
    before = set(folder.glob("*.eml"))

    crew.at_once(work_of_the_night)
    while outbox.drain():
        pass

    letters = Counter(address_of(one.read_text("utf-8")) for one in set(folder.glob("*.eml")) - before)
    assert letters == dict.fromkeys([str(one.email) for one in people], 1)
    own = sa.select(Digest.state).where(Digest.person_id.in_([one.id for one in people]))
    assert set(db.session.scalars(own)) == {NoticeState.SENT}


def test_an_event_read_by_several_is_kept_once_for_each_follower(crew: Crew, rounds: Rounds) -> None:
    for _round in range(rounds(2, 20)):
        project = a_complete_project()
        people = [a_follower(project) for _one in range(5)]
        event = some_news(project)
        db.session.execute(sa.delete(DigestItem))
        db.session.commit()

        crew.at_once(partial(read_event, event.id))

        kept = db.session.scalars(sa.select(DigestItem.person_id).order_by(DigestItem.person_id)).all()
        assert kept == sorted(one.id for one in people)


def test_following_pressed_by_several_windows_at_once_is_one_subscription(crew: Crew, rounds: Rounds) -> None:
    for _round in range(rounds(2, 50)):
        project, person = a_complete_project(), a_person()
        db.session.commit()

        given = crew.at_once(partial(press_follow, person.id, project.id))
        crew.at_once(partial(press_never, person.id))

        own = db.session.scalars(sa.select(Subscription.id).filter_by(person_id=person.id)).all()
        assert set(given) == set(own)
        assert len(own) == 1
