"""Moderators prepare, announce, extend and cancel at once: the rules of the period hold whoever is first."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from participation.activity.models import Deadline, Event
from participation.collectivities.models import Membership, Role
from participation.consultations.actions import (
    announce_consultation,
    cancel_consultation,
    edit_consultation,
    extend_consultation,
    prepare_consultation,
)
from participation.consultations.models import Consultation, ModerationTime, Participant, PeriodChange
from participation.contributions.actions import submit_contribution, withdraw_contribution
from participation.contributions.models import Contribution, Kind
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.models import Project
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_consultation, a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]
REASON = "Le tract est arrivé en retard."


def prepare(project_id: int, title: str, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    opens_at = project.created_at + timedelta(days=2)
    meet()
    return prepare_consultation(
        project,
        title=title,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=20),
        perimeter="",
        use_of_answers="",
        decided_by="",
        answer_due_on=None,
    ).slug


def test_the_same_draft_sent_several_times_at_once_is_kept_once(crew: Crew) -> None:
    project = a_complete_project()
    db.session.commit()

    given = crew.at_once(partial(prepare, project.id, f"Votre avis {project.id}"))

    assert sorted(given) == ["AlreadyDone"] * 3 + [f"votre-avis-{project.id}"]
    assert count(Consultation, project_id=project.id) == 1


def test_drafts_of_one_title_on_several_projects_each_get_an_address(crew: Crew) -> None:
    projects = [a_complete_project().id for _ in range(4)]
    db.session.commit()

    slugs = crew.at_once(*(partial(prepare, one, f"Votre avis sur {projects[0]}") for one in projects))

    assert len(set(slugs)) == 4 and "AlreadyDone" not in slugs


def announce(consultation_ids: list[int], member_id: int, number: int) -> str:
    consultation = db.session.get_one(Consultation, consultation_ids[number % len(consultation_ids)])
    member = db.session.get_one(Membership, member_id)
    assert consultation.project.collectivity
    meet()
    announce_consultation(consultation, member=member)
    return "announced"


def a_moderator(project: Project) -> Membership:
    a_member(Role.ADMINISTRATOR, project.collectivity)
    return a_member(Role.MODERATOR, project.collectivity)


def test_a_consultation_announced_by_several_at_once_is_announced_once(crew: Crew) -> None:
    project = a_complete_project()
    consultation = a_consultation(project, announced=False)
    member = a_moderator(project)
    db.session.commit()

    given = crew.at_once(partial(announce, [consultation.id], member.id))

    assert sorted(given) == ["NotPossibleNow"] * 3 + ["announced"]
    subject = f"consultation:{consultation.id}"
    assert count(Event, action="consultation.announced", subject=subject) == 1
    assert count(Deadline, kind="decision", subject=subject) == 1


def test_two_consultations_on_one_project_announced_at_once_never_overlap(crew: Crew) -> None:
    project = a_complete_project()
    drafts = [a_consultation(project, announced=False).id for _ in range(4)]
    member = a_moderator(project)
    db.session.commit()

    given = crew.at_once(partial(announce, drafts, member.id))

    assert sorted(given) == ["NotPossibleNow"] * 3 + ["announced"]


def edit(consultation_id: int, member_id: int, number: int) -> str:
    consultation = db.session.get_one(Consultation, consultation_id)
    member = db.session.get_one(Membership, member_id)
    assert consultation.project.collectivity
    meet()
    edit_consultation(
        consultation,
        title="Un autre titre",
        opens_at=consultation.opens_at,
        closes_at=consultation.opens_at + timedelta(days=1),
        perimeter="",
        use_of_answers="",
        decided_by="",
        answer_due_on=date(2027, 1, 1),
        moderation=ModerationTime.AFTER,
        member=member,
    )
    return "edited"


def test_a_draft_changed_while_it_is_announced_never_lasts_a_day(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(3, 20)):
        project = a_complete_project()
        consultation = a_consultation(project, announced=False)
        member = a_moderator(project)
        db.session.commit()

        crew.at_once(
            partial(announce, [consultation.id], member.id), partial(edit, consultation.id, member.id)
        )

        lasts = consultation.closes_at - consultation.opens_at
        assert not consultation.is_public or lasts > timedelta(days=15)


def extend(consultation_id: int, member_id: int, closes: list[datetime], number: int) -> str:
    consultation = db.session.get_one(Consultation, consultation_id)
    member = db.session.get_one(Membership, member_id)
    assert consultation.closes_at and consultation.project.closes_at
    meet()
    extend_consultation(consultation, closes_at=closes[number], reason=REASON, member=member)
    return "extended"


def cancel(consultation_id: int, member_id: int, number: int) -> str:
    consultation = db.session.get_one(Consultation, consultation_id)
    member = db.session.get_one(Membership, member_id)
    assert consultation.closes_at and consultation.project.closes_at
    meet()
    cancel_consultation(consultation, reason=REASON, member=member)
    return "cancelled"


def test_several_extensions_at_once_leave_the_latest_closing(crew: Crew) -> None:
    consultation = an_open_consultation()
    member = a_moderator(consultation.project)
    db.session.commit()
    closes = [consultation.closes_at + timedelta(days=days) for days in (4, 3, 2, 1)]

    given = crew.at_once(partial(extend, consultation.id, member.id, closes))

    assert set(given) <= {"extended", "Invalid"} and given[0] == "extended"
    assert consultation.closes_at == consultation.project.closes_at == closes[0]
    assert count(PeriodChange, consultation_id=consultation.id) == given.count("extended")


def test_a_consultation_is_cancelled_once_and_no_longer_extended(crew: Crew) -> None:
    consultation = an_open_consultation()
    member = a_moderator(consultation.project)
    db.session.commit()
    closes = [consultation.closes_at + timedelta(days=4)] * 4

    stop = partial(cancel, consultation.id, member.id)
    given = crew.at_once(stop, stop, stop, partial(extend, consultation.id, member.id, closes))

    assert sorted(given[:3]) == ["AlreadyDone", "AlreadyDone", "cancelled"]
    assert given[3] in ("extended", "AlreadyDone")
    assert consultation.project.closes_at == consultation.cancelled_at


def cancel_slowly(consultation_id: int, member_id: int, number: int) -> str:
    consultation = db.session.get_one(Consultation, consultation_id)
    member = db.session.get_one(Membership, member_id)
    cancel_consultation(consultation, reason=REASON, member=member)
    meet()
    return "cancelled"


def speak(participant_id: int, number: int) -> str:
    participant = db.session.get_one(Participant, participant_id)
    assert participant.consultation.project
    meet()
    submit_contribution(participant, kind=Kind.COMMENT, body="Encore un mot.", now=clock.now())
    return "said"


def test_nothing_is_accepted_once_a_cancellation_is_being_written(crew: Crew) -> None:
    consultation = an_open_consultation()
    member = a_moderator(consultation.project)
    speakers = [a_participant(consultation).id for _ in range(3)]
    db.session.commit()

    given = crew.at_once(
        partial(cancel_slowly, consultation.id, member.id), *(partial(speak, one) for one in speakers)
    )

    said = given[1:].count("said")
    assert said == 0 or db.engine.dialect.name == "sqlite"
    assert count(Contribution, consultation_id=consultation.id) == said


def withdraw(contribution_id: int, number: int) -> str:
    contribution = db.session.get_one(Contribution, contribution_id)
    assert contribution.participant
    meet()
    withdraw_contribution(contribution)
    return "withdrawn"


def test_a_cancelled_consultation_still_lets_people_withdraw(crew: Crew) -> None:
    consultation = an_open_consultation()
    member = a_moderator(consultation.project)
    texts = [a_contribution(consultation).id for _ in range(3)]
    db.session.commit()

    given = crew.at_once(
        partial(cancel_slowly, consultation.id, member.id), *(partial(withdraw, one) for one in texts)
    )

    assert given == ["cancelled", "withdrawn", "withdrawn", "withdrawn"]
