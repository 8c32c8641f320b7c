"""Colleagues adapt a project, answer on the law, choose a path or start an import at once: it counts once."""

from functools import partial

import pytest
import sqlalchemy as sa

from participation.collectivities.models import Collectivity
from participation.foundation.database import db
from participation.foundation.outbox import OutboxMessage
from participation.importing.models import RegisterImport, RegisterMapping
from participation.importing.registers.running import receive_register, start_import
from participation.projects.actions import adapt_project, assess_project, choose_path
from participation.projects.models import DossierAnswer, PathChoice, Project
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.collectivities import a_collectivity
from tests.factories.projects import a_complete_project, a_draft_project
from tests.projects.guidance.answer_sets import answers

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]


def adapt(origin_id: int, collectivity_ids: list[int], number: int) -> str:
    origin = db.session.get_one(Project, origin_id)
    town = db.session.get_one(Collectivity, collectivity_ids[number % len(collectivity_ids)])
    meet()
    return adapt_project(origin, town).slug


def test_a_project_adapted_by_several_colleagues_at_once_is_one_draft(crew: Crew) -> None:
    origin, town = a_complete_project(), a_collectivity()
    db.session.commit()

    given = crew.at_once(partial(adapt, origin.id, [town.id]))

    assert given.count("AlreadyDone") == 3
    assert count(Project, collectivity_id=town.id) == 1


def test_towns_that_adapt_one_project_at_once_each_have_their_draft(crew: Crew) -> None:
    origin = a_complete_project()
    towns = [a_collectivity().id for _ in range(4)]
    db.session.commit()

    given = crew.at_once(partial(adapt, origin.id, towns))

    assert len(set(given)) == 4 and "AlreadyDone" not in given
    made = list(db.session.scalars(sa.select(Project.id).filter_by(adapted_from_id=origin.id)))
    assert len(made) == 4
    assert len({count(DossierAnswer, project_id=one) for one in made}) == 1


def assess(project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    meet()
    assess_project(project, answers(), text=f"Texte {number}", revision=0)
    return "assessed"


def test_of_several_who_answer_on_the_law_at_once_one_is_kept_and_the_others_are_told(crew: Crew) -> None:
    project = a_draft_project()
    db.session.commit()

    assert sorted(crew.at_once(partial(assess, project.id))) == ["Conflict"] * 3 + ["assessed"]


def choose(project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    meet()
    choose_path(project, "reinforced", reason=f"Raison {number}")
    return "chosen"


def test_a_path_chosen_by_several_at_once_is_one_choice(crew: Crew) -> None:
    project = a_draft_project()
    db.session.commit()

    given = crew.at_once(partial(choose, project.id))

    assert "chosen" in given and set(given) <= {"chosen", "AlreadyDone"}
    assert count(PathChoice, project_id=project.id) == 1


def start(run_id: int, number: int) -> str:
    run = db.session.get_one(RegisterImport, run_id)
    meet()
    start_import(run, {"nom": "name"})
    return "started"


def test_an_import_started_by_several_at_once_runs_once(crew: Crew) -> None:
    town = a_collectivity()
    run = receive_register(town, content=b"nom\nUn\n", file_name="registre.csv")
    db.session.commit()
    before = count(OutboxMessage)

    given = crew.at_once(partial(start, run.id))

    assert sorted(given) == ["NotPossibleNow"] * 3 + ["started"]
    assert count(OutboxMessage) == before + 1
    assert count(RegisterMapping, collectivity_id=town.id) == 1
