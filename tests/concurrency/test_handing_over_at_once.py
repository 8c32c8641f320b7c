"""Agents hand over and fill in one section at once: one colleague has it, the last answer brings it back."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from participation.collectivities.models import Membership, Role
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import answer_field, finish_section, hand_section
from participation.projects.dossier.field import Section
from participation.projects.models import AnswerState, Ending, Project, SectionHandover
from tests.concurrency.world import Crew, meet
from tests.factories.collectivities import a_member
from tests.factories.projects import a_draft_project

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]


def hand(project_id: int, member_ids: list[int], number: int) -> str:
    project = db.session.get_one(Project, project_id)
    to = db.session.get_one(Membership, member_ids[number % len(member_ids)])
    meet()
    hand_section(project, Section.COST, to, due_on=clock.today() + timedelta(days=3))
    return "handed"


def finish(project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    meet()
    finish_section(project, Section.COST)
    return "finished"


def answer(project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    field = ("budget", "environmental_impact")[number % 2]
    meet()
    answer_field(project, field, state=AnswerState.ANSWERED, text=f"Texte {number}", revision=0)
    return field


def handovers(project_id: int) -> list[SectionHandover]:
    return list(db.session.scalars(sa.select(SectionHandover).filter_by(project_id=project_id)))


def test_a_section_handed_by_several_at_once_is_with_one_colleague(crew: Crew) -> None:
    project = a_draft_project()
    colleagues = [a_member(Role.AGENT, project.collectivity).id for _ in range(4)]
    db.session.commit()

    to_one = crew.at_once(partial(hand, project.id, colleagues[:1]))
    to_several = crew.at_once(partial(hand, project.id, colleagues))

    assert sorted(to_one) == ["AlreadyDone"] * 3 + ["handed"]
    assert "handed" in to_several
    assert [one.ending for one in handovers(project.id)].count(None) == 1


def test_a_section_said_to_be_done_by_several_at_once_comes_back_once(crew: Crew) -> None:
    project = a_draft_project()
    hand_section(project, Section.COST, a_member(Role.AGENT, project.collectivity), due_on=clock.today())
    db.session.commit()

    given = crew.at_once(partial(finish, project.id))

    assert sorted(given) == ["AlreadyDone"] * 3 + ["finished"]


def test_of_the_two_last_answers_at_once_the_later_brings_the_section_back(crew: Crew) -> None:
    project = a_draft_project()
    hand_section(project, Section.COST, a_member(Role.AGENT, project.collectivity), due_on=clock.today())
    db.session.commit()

    given = crew.at_once(partial(answer, project.id))

    assert sorted(given) == ["Conflict", "Conflict", "budget", "environmental_impact"]
    assert [one.ending for one in handovers(project.id)] == [Ending.FILLED]
