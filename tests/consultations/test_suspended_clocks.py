"""What is owed while a consultation is suspended, or once it is cancelled before its opening."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from participation.activity.models import Deadline
from participation.collectivities.models import Membership, Role
from participation.consultations.actions import (
    announce_consultation,
    cancel_consultation,
    prepare_consultation,
)
from participation.consultations.models import Consultation
from participation.contributions.actions import (
    withdraw_contribution,
)
from participation.contributions.actions.visibility import change_visibility
from participation.contributions.models import Contribution, Kind, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.pages.deadlines import Punctuality, late_for_the_public, open_deadlines, punctuality
from participation.projects.models import Project
from tests.factories.collectivities import a_member
from tests.factories.consultations import (
    a_suspended_consultation,
    an_open_consultation,
    resume,
    suspend,
)
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
# No public holiday in the five weeks that follow.
A_MONDAY = datetime(2027, 9, 6, 12, tzinfo=UTC)


def deadline_of(kind: str) -> Deadline:
    return db.session.scalars(sa.select(Deadline).filter_by(kind=kind)).one()


def announced(project: Project, moderator: Membership, *, opens_at: datetime) -> Consultation:
    a_member(Role.ADMINISTRATOR, moderator.collectivity)
    consultation = prepare_consultation(
        project,
        title="Votre avis",
        opens_at=opens_at,
        closes_at=opens_at + 20 * DAY,
        perimeter="Toute la commune",
        use_of_answers="Le conseil répond.",
        decided_by="Le conseil municipal",
        answer_due_on=(opens_at + 60 * DAY).date(),
    )
    announce_consultation(consultation, member=moderator)
    return consultation


def a_public_question(consultation: Consultation) -> Contribution:
    question = a_contribution(consultation, kind=Kind.SERVICE_QUESTION, visibility=Visibility.PENDING)
    change_visibility(question, Visibility.PUBLISHED)
    return question


def test_one_that_is_announced_and_not_open_yet_can_be_cancelled_and_owes_nothing() -> None:
    project = a_complete_project()
    moderator = a_member(Role.MODERATOR, project.collectivity)
    consultation = announced(project, moderator, opens_at=clock.now() + DAY)
    assert deadline_of("decision").consultation_id == consultation.id

    cancel_consultation(consultation, reason="Le projet est retiré.", member=moderator)

    assert consultation.is_closed(clock.now())
    assert (project.opens_at, project.closes_at) == (None, None)
    assert db.session.scalar(sa.select(sa.func.count(Deadline.id))) == 0


def test_no_other_consultation_is_announced_while_one_is_suspended() -> None:
    project = a_complete_project()
    suspended = a_suspended_consultation(project)
    moderator = a_member(Role.MODERATOR, project.collectivity)

    with clock.pretend(suspended.closes_at + DAY), pytest.raises(NotPossibleNow):
        announced(project, moderator, opens_at=clock.now() + DAY)


def test_the_clocks_of_its_questions_and_decision_stand_still() -> None:
    project = a_complete_project()
    moderator = a_member(Role.MODERATOR, project.collectivity)
    start = datetime(2027, 1, 4, 12, tzinfo=UTC)
    with clock.pretend(start):
        consultation = announced(project, moderator, opens_at=start)
        question = a_public_question(consultation)
    asked, promised = deadline_of("service_question").due_at, consultation.answer_due_on
    assert promised is not None

    suspend(consultation, start + 8 * DAY)
    later = start + 300 * DAY
    owed = open_deadlines(later, project.collectivity_id)
    assert [one.is_late for one in owed] == [False, False]
    assert late_for_the_public(later, project.collectivity_id) == []
    assert punctuality(later, project.collectivity_id) == Punctuality(expected=2)
    resume(consultation, start + 20 * DAY + SECOND)

    assert question.is_published
    assert deadline_of("service_question").due_at == asked + 12 * DAY + SECOND
    # Promised for a day: it moves by days on the calendar, so that the promise stays the end of a day.
    assert consultation.answer_due_on == promised + 12 * DAY
    assert deadline_of("decision").due_at.astimezone(UTC).date() == consultation.answer_due_on
    assert punctuality(asked + 12 * DAY, project.collectivity_id).late == 0
    assert punctuality(asked + 13 * DAY, project.collectivity_id).late == 1


def test_a_clock_that_was_late_stays_late_by_as_much() -> None:
    consultation = an_open_consultation(opens_at=A_MONDAY - DAY, closes_at=A_MONDAY + 30 * DAY)
    # Ten working days from a Monday end on a Monday, fourteen days later.
    with clock.pretend(A_MONDAY):
        a_public_question(consultation)
    now = A_MONDAY + 18 * DAY

    suspend(consultation, now)
    (owed,) = late_for_the_public(now + 50 * DAY, None)

    assert owed.is_late and owed.days == 4


def test_a_question_accepted_meanwhile_gets_its_ten_working_days_afterwards() -> None:
    consultation = an_open_consultation(opens_at=A_MONDAY - DAY, closes_at=A_MONDAY + 30 * DAY)
    suspend(consultation, A_MONDAY)
    with clock.pretend(A_MONDAY + 1 * DAY):
        a_public_question(consultation)

    resume(consultation, A_MONDAY + 7 * DAY)

    assert deadline_of("service_question").due_at == A_MONDAY + (1 + 14 + 6) * DAY


def test_a_question_taken_back_meanwhile_was_not_late() -> None:
    consultation = an_open_consultation()
    question = a_public_question(consultation)
    suspend(consultation, clock.now())

    with clock.pretend(clock.now() + 90 * DAY):
        withdraw_contribution(question)

        assert punctuality(clock.now(), None) == Punctuality(in_time=1)
