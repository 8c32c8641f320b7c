"""Two colleagues answer one question at once, somebody sends the same question twice: each counts once."""

from functools import partial

import pytest
import sqlalchemy as sa

from participation.accounts.models import Person
from participation.activity.models import Deadline
from participation.collectivities.models import Membership, Role
from participation.consultations.actions import participant_outside
from participation.consultations.models import Participant
from participation.contributions.actions import (
    answer_question,
    record_submission,
    release_answers,
    withdraw_contribution,
)
from participation.contributions.models import AnswerOutcome, Contribution, ServiceAnswer, Submission
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.outbox import OutboxMessage
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.models import DossierVersion, Project
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant
from tests.factories.contributions import a_question
from tests.factories.projects import a_complete_project

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]


def answer(members: list[int], question_id: int, number: int) -> str:
    question = db.session.get_one(Contribution, question_id)
    member = db.session.get_one(Membership, members[number % len(members)])
    assert question.participant and member.person
    meet()
    answer_question(question, outcome=AnswerOutcome.UNCHANGED, body=f"Réponse {number}", member=member)
    return "answered"


def test_four_colleagues_who_answer_at_once_answer_once(crew: Crew) -> None:
    project = a_complete_project()
    question = a_question(project, participant=a_participant(outside=project))
    members = [a_member(Role.AGENT, project.collectivity).id for _ in range(4)]
    db.session.commit()

    given = crew.at_once(partial(answer, members, question.id))

    assert sorted(given) == ["AlreadyDone", "AlreadyDone", "AlreadyDone", "answered"]
    assert count(ServiceAnswer, question_id=question.id) == 1
    assert count(Contribution, reply_to_id=question.id) == 1
    assert db.session.get_one(Contribution, question.id).reply_count == 1
    # Other tests of this file share the database.
    told = db.session.scalars(sa.select(OutboxMessage).filter_by(kind="mail.contribution_answered"))
    [reply] = db.session.scalars(sa.select(Contribution.id).filter_by(reply_to_id=question.id))
    assert [one.payload for one in told].count({"contribution": reply}) == 1


def ask(project_id: int, person_id: int, number: int) -> str:
    project, person = db.session.get_one(Project, project_id), db.session.get_one(Person, person_id)
    assert project.collectivity
    meet()
    participant = participant_outside(project, person, display_name="Ana")
    payload = {"kind": "service_question", "stance": "neutral", "body": "Qui écoute ?", "language": "fr"}
    return record_submission(participant, "comment", payload, form_key="une clef", now=clock.now()).ref


def test_the_same_question_sent_four_times_at_once_is_asked_once(crew: Crew) -> None:
    project, person = a_complete_project(), a_person()
    db.session.commit()

    given = crew.at_once(partial(ask, project.id, person.id))

    assert len(set(given)) == 1
    assert count(Contribution, outside_project_id=project.id) == 1
    assert count(Participant, outside_project_id=project.id) == 1
    assert count(Submission, form_key="une clef") == 1


def withdraw(question_id: int, number: int) -> str:
    question = db.session.get_one(Contribution, question_id)
    assert question.participant
    meet()
    withdraw_contribution(question)
    return "withdrawn"


def release(version_id: int, member_id: int, number: int) -> str:
    version = db.session.get_one(DossierVersion, version_id)
    member = db.session.get_one(Membership, member_id)
    meet()
    return f"released {release_answers(version, member=member)}"


def test_an_answer_released_while_its_question_is_withdrawn_leaves_nothing_half_done(crew: Crew) -> None:
    project = a_complete_project()
    question = a_question(project)
    agent = a_member(Role.AGENT, project.collectivity)
    administrator = a_member(Role.ADMINISTRATOR, project.collectivity)
    answer_question(question, outcome=AnswerOutcome.UPDATED, body="Voyez le champ.", member=agent)
    answer_field(project, "goal", state="answered", text="Autre chose")
    version = publish_dossier(project, reason="Le but est précisé")
    db.session.commit()

    given = crew.at_once(
        partial(withdraw, question.id), partial(release, version.id, administrator.id), times=4
    )

    assert given.count("withdrawn") == 1
    assert given.count("released 1") <= 1
    deadline = db.session.scalars(sa.select(Deadline).filter_by(subject=f"contribution:{question.id}")).one()
    assert deadline.done_at is not None
    assert count(ServiceAnswer, question_id=question.id) == count(Contribution, reply_to_id=question.id)
