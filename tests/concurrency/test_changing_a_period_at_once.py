"""Several processes change one period at once while others write: each change counts once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from participation.collectivities.models import Membership
from participation.consultations.actions import confirm_closing, pause_consultation, resume_consultation
from participation.consultations.models import (
    ChangeKind,
    ClosingProposal,
    Consultation,
    Ground,
    Participant,
    PeriodChange,
)
from participation.contributions.actions import take_position
from participation.contributions.models import Choice, Position
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotPossibleNow
from tests.concurrency import world

pytestmark = pytest.mark.keeps_its_own_database


@pytest.fixture
def place(tmp_path: Path, database_url: Callable[[str], str]) -> Iterator[tuple[Path, str]]:
    url = database_url("period" + tmp_path.parent.name + tmp_path.name)
    app = world.an_app(tmp_path, url)
    with app.app_context():
        db.create_all()
        world.tell_an_open_consultation()
        world.tell_who_runs_it()
        yield tmp_path, url
        db.session.remove()
        db.engine.dispose()


def the_consultation() -> Consultation:
    return db.session.scalars(sa.select(Consultation)).one()


def members() -> list[Membership]:
    return list(db.session.scalars(sa.select(Membership).order_by(Membership.id)))


def suspend(app: Flask, _number: int) -> bool:
    with app.test_request_context(method="POST"):
        try:
            pause_consultation(
                the_consultation(), ground=Ground.COURT_ORDER, reason="Ordonnance.", member=members()[0]
            )
            db.session.commit()
        except AlreadyDone:
            return False
        return True


def resume(app: Flask, _number: int) -> bool:
    with app.test_request_context(method="POST"):
        try:
            resume_consultation(the_consultation(), reason="Levée.", member=members()[0])
            db.session.commit()
        except AlreadyDone:
            return False
        return True


def confirm(app: Flask, _number: int) -> bool:
    with app.test_request_context(method="POST"):
        proposal = db.session.scalars(sa.select(ClosingProposal)).one()
        try:
            confirm_closing(proposal, member=members()[1])
            db.session.commit()
        except (AlreadyDone, NotPossibleNow):
            return False
        return True


def write_or_suspend(app: Flask, number: int) -> bool:
    """Suspends in one process of four, takes a position in the others."""
    if number % 4 == 0:
        return suspend(app, number)
    with app.test_request_context(method="POST"):
        consultation = the_consultation()
        participant = db.session.scalars(sa.select(Participant).order_by(Participant.id)).all()[number]
        assert participant.consultation is consultation
        try:
            take_position(participant, Choice.OPPOSED)
            db.session.commit()
        except NotPossibleNow:
            return False
        return True


def kinds() -> list[ChangeKind]:
    return list(db.session.scalars(sa.select(PeriodChange.kind).order_by(PeriodChange.id)))


def test_suspending_and_resuming_at_once_count_once(
    place: tuple[Path, str],
) -> None:
    before = the_consultation().closes_at
    db.session.rollback()

    suspended = world.at_once(suspend, *place, times=4)
    resumed = world.at_once(resume, *place, times=4)

    assert (suspended.count(True), resumed.count(True)) == (1, 1)
    assert kinds() == [ChangeKind.PAUSED, ChangeKind.RESUMED]
    paused_at, resumed_at = db.session.scalars(sa.select(PeriodChange.created_at).order_by(PeriodChange.id))
    assert the_consultation().closes_at - before == resumed_at - paused_at


def test_confirming_at_once_counts_once(place: tuple[Path, str]) -> None:
    confirmed = world.at_once(confirm, *place, times=4)

    assert confirmed.count(True) == 1
    assert kinds() == [ChangeKind.CLOSED_EARLY]


def test_no_position_is_sent_after_the_suspension_that_it_raced_with(
    place: tuple[Path, str], rounds: Callable[[int, int], int]
) -> None:
    kept = world.at_once(write_or_suspend, *place, times=rounds(16, 20))

    paused_at = the_consultation().paused_at
    sent = db.session.scalars(sa.select(Position.changed_at)).all()
    assert paused_at is not None and all(moment < paused_at for moment in sent)
    assert len(sent) == sum(kept[number] for number in range(len(kept)) if number % 4)


def test_a_write_that_loaded_the_period_before_it_was_suspended_is_refused(place: tuple[Path, str]) -> None:
    participant = db.session.scalars(sa.select(Participant).order_by(Participant.id)).first()
    assert participant is not None
    assert not participant.consultation.is_paused
    if db.engine.dialect.name == "sqlite":
        # Whoever writes there holds the database from their first query: nobody suspends meanwhile.
        db.session.rollback()

    assert world.at_once(suspend, *place, processes=1, times=1) == [True]

    with pytest.raises(NotPossibleNow):
        take_position(participant, Choice.OPPOSED)
