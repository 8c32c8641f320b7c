"""Announcing a consultation: the gate, fifteen days, and somebody to judge appeals."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.collectivities.models import Membership, Role
from participation.consultations.actions import (
    announce_consultation,
    cancel_consultation,
    extend_consultation,
    prepare_consultation,
)
from participation.consultations.models import Consultation, ModerationTime
from participation.consultations.permissions import earliest_closing
from participation.consultations.queries import changes_of
from participation.foundation import clock
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.projects.actions import assess_project, publish_dossier
from participation.projects.models import Project
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_closed_consultation, a_consultation
from tests.factories.projects import a_complete_project, a_project
from tests.projects.guidance.answer_sets import answers, conditions_of

SPRING_FORWARD = datetime(2027, 3, 20, 17, 0, tzinfo=UTC)  # 18:00 in Paris, before the clocks change


@pytest.fixture
def project() -> Project:
    return a_complete_project()


@pytest.fixture
def moderator(project: Project) -> Membership:
    a_member(Role.ADMINISTRATOR, project.collectivity)
    return a_member(Role.MODERATOR, project.collectivity)


def a_draft(project: Project, days: float = 20, start: datetime | None = None) -> Consultation:
    start = start or clock.now() + timedelta(hours=1)
    return prepare_consultation(
        project,
        title="Votre avis sur l’assistant vocal",
        opens_at=start,
        closes_at=start + timedelta(days=days),
        perimeter="Toute la commune",
        use_of_answers="Le conseil répond.",
        decided_by="Le conseil municipal",
        answer_due_on=(start + timedelta(days=60)).date(),
        moderation=ModerationTime.BEFORE,
    )


def test_a_prohibited_practice_is_announced_only_with_a_published_lawyers_note(
    project: Project, moderator: Membership
) -> None:
    forbidden = answers(scores="yes", **conditions_of("a5c"))
    consultation = a_draft(project)
    assess_project(project, forbidden)
    publish_dossier(project, reason="Les questions sur le droit")
    today = clock.today()
    assess_project(project, forbidden, note_text="Permis.", note_author="Avocate", note_on=today)

    with pytest.raises(NotPossibleNow) as refusal:
        announce_consultation(consultation, member=moderator)
    publish_dossier(project, reason="La note")
    announce_consultation(consultation, member=moderator)

    assert "note" in str(refusal.value.sentence)
    assert consultation.is_public


def test_announcing_makes_it_public_and_sets_the_dates_of_the_project(
    project: Project, moderator: Membership
) -> None:
    consultation = a_draft(project)

    announce_consultation(consultation, member=moderator)

    assert consultation.is_public and consultation.rule_set
    assert (project.opens_at, project.closes_at) == (consultation.opens_at, consultation.closes_at)


def test_an_incomplete_dossier_keeps_it_closed() -> None:
    project = a_project()
    a_member(Role.ADMINISTRATOR, project.collectivity)
    moderator = a_member(Role.MODERATOR, project.collectivity)

    with pytest.raises(NotPossibleNow):
        announce_consultation(a_draft(project), member=moderator)


def test_fifteen_days_are_the_same_hour_on_the_clocks_of_the_place() -> None:
    earliest = earliest_closing(SPRING_FORWARD, "Europe/Paris")

    assert earliest.hour == 18 and (earliest.month, earliest.day) == (4, 4)
    assert earliest - SPRING_FORWARD == timedelta(days=15) - timedelta(hours=1)


def test_fourteen_days_are_too_short(project: Project, moderator: Membership) -> None:
    with pytest.raises(Invalid) as refusal:
        announce_consultation(a_draft(project, days=14), member=moderator)

    assert refusal.value.field == "closes_at"


def test_without_anybody_to_judge_an_appeal_it_stays_closed(project: Project) -> None:
    alone = a_member(Role.MODERATOR, project.collectivity)

    with pytest.raises(NotPossibleNow):
        announce_consultation(a_draft(project), member=alone)


def test_only_a_moderator_of_the_place_opens_it(project: Project, moderator: Membership) -> None:
    for other in (a_member(Role.AGENT, project.collectivity), a_member(Role.MODERATOR)):
        with pytest.raises(NotAllowed):
            announce_consultation(a_draft(project), member=other)


def test_two_consultations_on_one_project_never_overlap(project: Project, moderator: Membership) -> None:
    announce_consultation(a_draft(project), member=moderator)

    with pytest.raises(NotPossibleNow):
        announce_consultation(a_draft(project), member=moderator)


def test_it_accepts_from_the_second_it_opens_to_the_second_it_closes() -> None:
    consultation = a_consultation()
    second = timedelta(seconds=1)

    assert not consultation.is_open(consultation.opens_at - second)
    assert consultation.is_open(consultation.opens_at)
    assert consultation.is_open(consultation.closes_at - second)
    assert not consultation.is_open(consultation.closes_at)


def test_an_extension_only_makes_it_longer_and_says_why(project: Project) -> None:
    consultation = a_consultation(project)
    moderator = a_member(Role.MODERATOR, project.collectivity)
    later = consultation.closes_at + timedelta(days=7)

    extend_consultation(consultation, closes_at=later, reason="La salle était fermée.", member=moderator)

    assert consultation.closes_at == project.closes_at == later
    assert changes_of(consultation)[0].reason == "La salle était fermée."
    with pytest.raises(Invalid):
        extend_consultation(
            consultation, closes_at=later - timedelta(days=1), reason="Plus court.", member=moderator
        )


def test_a_cancelled_consultation_accepts_nothing_more(project: Project) -> None:
    consultation = a_consultation(project)
    moderator = a_member(Role.MODERATOR, project.collectivity)

    cancel_consultation(consultation, reason="Décision du tribunal.", member=moderator)

    assert not consultation.is_open(clock.now())
    assert project.closes_at is not None and project.closes_at <= clock.now()


def test_a_closed_consultation_can_no_longer_change(project: Project) -> None:
    consultation = a_closed_consultation(project)
    moderator = a_member(Role.MODERATOR, project.collectivity)

    with pytest.raises(NotPossibleNow):
        cancel_consultation(consultation, reason="Trop tard.", member=moderator)
