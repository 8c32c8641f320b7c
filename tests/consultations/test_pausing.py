"""Suspending and resuming: nothing counts meanwhile, nobody loses time."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from participation.activity.queries import public_events_of
from participation.collectivities.models import Membership, Role
from participation.consultations.actions import (
    cancel_consultation,
    extend_consultation,
    pause_consultation,
    resume_consultation,
)
from participation.consultations.models import ChangeKind, Consultation, Ground
from participation.consultations.queries import When, changes_of, count_public, public_consultations
from participation.contributions.actions import (
    confirm_submission,
    find_useful,
    hold_submission,
    stop_supporting,
    submit_contribution,
    support_condition,
    take_position,
    withdraw_contribution,
)
from participation.contributions.models import Choice, Kind, Position, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotAllowed, NotPossibleNow
from participation.foundation.references import hash_of
from participation.projects.stage import Stage, stage_expression, stage_of
from participation.summaries.actions import draft_summary, publish_summary
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import (
    a_closed_consultation,
    a_consultation,
    a_participant,
    a_suspended_consultation,
    an_open_consultation,
    resume,
    suspend,
)
from tests.factories.contributions import a_condition, a_contribution

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def consultation() -> Consultation:
    return an_open_consultation()


@pytest.fixture
def moderator(consultation: Consultation) -> Membership:
    return a_member(Role.MODERATOR, consultation.project.collectivity)


def stage_in_sql(consultation: Consultation, now: datetime) -> str:
    found = sa.select(stage_expression(now)).filter_by(id=consultation.project_id)
    return str(db.session.scalar(found))


def test_a_write_counts_until_the_second_before_and_again_until_the_moved_closing(
    consultation: Consultation,
) -> None:
    participant = a_participant(consultation)
    closing = consultation.closes_at
    paused_at = closing - 2 * DAY
    resumed_at = closing + 5 * DAY

    take_position(participant, Choice.FAVOURABLE, now=paused_at - SECOND)
    suspend(consultation, paused_at)
    for moment in (paused_at, closing - SECOND, closing, closing + DAY):
        with pytest.raises(NotPossibleNow):
            take_position(participant, Choice.OPPOSED, now=moment)
    take_position(participant, Choice.CONDITIONS, now=paused_at - SECOND)
    resume(consultation, resumed_at)
    take_position(participant, Choice.INFORMATION, now=resumed_at)
    moved = resumed_at + 2 * DAY
    position = take_position(participant, Choice.OPPOSED, now=moved - SECOND)

    assert consultation.closes_at == consultation.project.closes_at == moved
    assert position.choice is Choice.OPPOSED
    with pytest.raises(NotPossibleNow):
        take_position(participant, Choice.FAVOURABLE, now=moved)


def test_nothing_of_any_kind_is_taken_while_it_is_suspended() -> None:
    consultation = an_open_consultation()
    participant = a_participant(consultation)
    condition, comment = a_condition(consultation), a_contribution(consultation)
    support_condition(participant, condition)
    suspend(consultation, clock.now())

    refused: list[Callable[[], object]] = [
        lambda: take_position(participant, Choice.OPPOSED),
        lambda: submit_contribution(participant, kind=Kind.COMMENT, body="Un texte."),
        lambda: submit_contribution(participant, kind=Kind.COMMENT, body="Réponse.", spoken_as="Maire"),
        lambda: support_condition(participant, condition),
        lambda: stop_supporting(participant, condition),
        lambda: find_useful(participant, comment),
        lambda: hold_submission(consultation, a_person(), kind="opinion", payload={}, form_key="x"),
    ]

    for attempt in refused:
        with pytest.raises(NotPossibleNow, match="suspend"):
            attempt()


def test_what_a_guest_sent_before_still_counts_within_its_48_hours(consultation: Consultation) -> None:
    payload = {"choice": "opposed", "display_name": "Claire", "language": "fr"}
    early, late = (
        hold_submission(consultation, a_person(), kind="opinion", payload=payload, form_key=key)
        for key in ("early", "late")
    )
    early.token_hash, late.token_hash = hash_of("early"), hash_of("late")
    suspend(consultation, clock.now() + SECOND)

    confirm_submission("early", clock.now() + timedelta(hours=47))

    assert db.session.scalar(sa.select(sa.func.count(Position.id))) == 1
    with pytest.raises(NotPossibleNow):
        confirm_submission("late", clock.now() + timedelta(hours=49))


def test_an_author_can_still_withdraw_a_text(consultation: Consultation) -> None:
    contribution = a_contribution(consultation)
    suspend(consultation, clock.now())

    withdraw_contribution(contribution)

    assert contribution.visibility is Visibility.WITHDRAWN


@pytest.mark.parametrize("moved", [timedelta(hours=-1), timedelta(0), 10 * DAY])
def test_it_is_never_closed_while_suspended_whatever_the_date(
    consultation: Consultation, moved: timedelta
) -> None:
    suspend(consultation, clock.now())
    now = consultation.closes_at + moved

    assert not consultation.is_closed(now) and not consultation.is_open(now)
    assert stage_of(consultation.project, now) is Stage.IN_CONSULTATION
    assert stage_in_sql(consultation, now) == Stage.IN_CONSULTATION
    assert public_consultations(now) == public_consultations(now, when=When.PAUSED) == [consultation]
    assert [count_public(now, when=when) for when in When] == [0, 1, 0, 0]


def test_once_resumed_the_stage_follows_the_moved_closing(consultation: Consultation) -> None:
    paused_at = clock.now()
    suspend(consultation, paused_at)
    resume(consultation, paused_at + 3 * DAY)
    project, closing = consultation.project, consultation.closes_at

    stages = [stage_of(project, moment) for moment in (closing - SECOND, closing)]

    assert project.paused_at is None
    assert stages == [Stage.IN_CONSULTATION, Stage.UNDER_REVIEW]
    assert [stage_in_sql(consultation, moment) for moment in (closing - SECOND, closing)] == stages


def test_no_summary_is_published_while_it_is_suspended(
    consultation: Consultation, moderator: Membership
) -> None:
    suspend(consultation, clock.now())
    draft = draft_summary(consultation, member=moderator)

    with clock.pretend(consultation.closes_at + 10 * DAY), pytest.raises(NotPossibleNow, match="suspend"):
        publish_summary(draft, member=moderator)


def test_every_change_is_a_row_and_a_public_event(consultation: Consultation) -> None:
    paused_at, before = clock.now(), consultation.closes_at

    suspend(consultation, paused_at)
    resume(consultation, paused_at + DAY)

    paused, resumed = changes_of(consultation)
    assert (paused.kind, paused.ground, paused.created_at) == (
        ChangeKind.PAUSED,
        Ground.COURT_ORDER,
        paused_at,
    )
    assert (resumed.kind, resumed.closed_at_before, resumed.closes_at_after) == (
        ChangeKind.RESUMED,
        before,
        before + DAY,
    )
    assert all(change.changed_by and change.changed_by.role is Role.MODERATOR for change in (paused, resumed))
    told = [event.action for event in public_events_of(consultation.project_id)]
    assert told[-2:] == ["consultation.paused", "consultation.resumed"]


def test_a_second_pause_and_a_second_resumption_change_nothing(consultation: Consultation) -> None:
    now = clock.now()
    suspend(consultation, now)
    with pytest.raises(AlreadyDone):
        suspend(consultation, now + DAY)

    resume(consultation, now + DAY)
    closing = consultation.closes_at
    with pytest.raises(AlreadyDone):
        resume(consultation, now + 2 * DAY)

    assert consultation.closes_at == closing
    assert len(changes_of(consultation)) == 2


def test_several_suspensions_add_up(consultation: Consultation) -> None:
    now, before = clock.now(), consultation.closes_at

    for start in (now, now + 5 * DAY):
        suspend(consultation, start)
        resume(consultation, start + 2 * DAY)

    assert consultation.closes_at == before + 4 * DAY


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MODERATOR])
def test_only_a_moderator_suspends_or_resumes(consultation: Consultation, role: Role) -> None:
    member = a_member(role, consultation.project.collectivity)
    suspended = a_suspended_consultation()
    elsewhere = a_member(Role.MODERATOR)

    for somebody in (member, elsewhere):
        with pytest.raises(NotAllowed):
            pause_consultation(consultation, ground=Ground.ELECTION, reason="Non.", member=somebody)
    with pytest.raises(NotAllowed):
        resume_consultation(suspended, reason="Non.", member=a_member(role, suspended.project.collectivity))


@pytest.mark.parametrize(
    "make",
    [
        lambda: a_consultation(announced=False),
        lambda: a_consultation(opens_at=clock.now() + DAY),
        lambda: a_closed_consultation(),
    ],
    ids=["draft", "not open yet", "closed"],
)
def test_only_what_is_open_can_be_suspended(make: Callable[[], Consultation]) -> None:
    consultation = make()

    with pytest.raises(NotPossibleNow):
        suspend(consultation, clock.now())
    with pytest.raises((NotPossibleNow, AlreadyDone)):
        resume(consultation, clock.now())


def test_while_suspended_it_is_not_made_longer_but_may_be_cancelled(
    consultation: Consultation, moderator: Membership
) -> None:
    now = clock.now()
    suspend(consultation, now)

    later = consultation.closes_at + DAY
    with pytest.raises(NotPossibleNow, match="suspendue"):
        extend_consultation(consultation, closes_at=later, reason="Plus long.", member=moderator)
    with clock.pretend(now + DAY):
        cancel_consultation(consultation, reason="Le tribunal l’annule.", member=moderator)

    project = consultation.project
    assert consultation.is_closed(now + DAY) and not consultation.is_paused
    assert (project.paused_at, project.closes_at) == (None, now + DAY)
    assert stage_of(project, now + DAY) is Stage.UNDER_REVIEW
    assert stage_in_sql(consultation, now + DAY) == Stage.UNDER_REVIEW
