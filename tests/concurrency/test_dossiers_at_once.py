"""Agents write one dossier at once: one project, one version, no answer lost, no point half removed."""

from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa

from participation.collectivities.models import Collectivity
from participation.consultations.models import Participant
from participation.contributions.actions import record_submission
from participation.contributions.models import Contribution
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import (
    add_open_point,
    answer_field,
    create_project,
    edit_open_point,
    publish_dossier,
    remove_open_point,
    set_photo,
)
from participation.projects.models import AnswerState, DossierVersion, OpenPoint, Project
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.collectivities import a_collectivity
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project, a_draft_project

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def create(collectivity_ids: list[int], title: str, number: int) -> str:
    town = db.session.get_one(Collectivity, collectivity_ids[number % len(collectivity_ids)])
    meet()
    return create_project(town, title=title, summary="", policy="").slug


def test_a_project_created_by_several_at_once_is_one(crew: Crew) -> None:
    town = a_collectivity()
    db.session.commit()

    given = crew.at_once(partial(create, [town.id], f"Assistant {town.id}"))

    assert sorted(given) == ["AlreadyDone"] * 3 + [f"assistant-{town.id}"]


def test_towns_that_give_one_name_at_once_each_have_their_project(crew: Crew) -> None:
    towns = [a_collectivity().id for _ in range(4)]
    db.session.commit()

    given = crew.at_once(partial(create, towns, f"Guide {towns[0]}"))

    assert len(set(given)) == 4 and "AlreadyDone" not in given


def answer(project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    meet()
    words = f"Texte {number}"
    answer_field(project, "risks", state=AnswerState.ANSWERED, text=words, revision=number // 4)
    return words


def test_of_several_answers_to_one_field_at_once_one_is_kept_and_the_others_are_told(
    crew: Crew, rounds: Rounds
) -> None:
    project = a_draft_project()
    db.session.commit()
    times = rounds(8, 80)

    given = crew.at_once(partial(answer, project.id), times=times)

    assert [given[start : start + 4].count("Conflict") for start in range(0, times, 4)] == [3] * (times // 4)


def publish(project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    meet()
    publish_dossier(project, reason="Première version")
    return "published"


def test_a_dossier_published_by_several_at_once_is_one_version(crew: Crew) -> None:
    project = a_draft_project()
    db.session.commit()

    assert sorted(crew.at_once(partial(publish, project.id))) == ["AlreadyDone"] * 3 + ["published"]
    assert count(DossierVersion, project_id=project.id) == 1


def point(verb: str, project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    found = sa.select(OpenPoint).filter_by(project_id=project_id, key="annonce")
    one = db.session.scalar(found)
    meet()
    if verb == "add":
        add_open_point(project, key="horaires", text="Les horaires")
    elif one is None:
        return "404"
    elif verb == "edit":
        edit_open_point(project, one, text="Autrement", options="", is_decided=False, source="")
    else:
        remove_open_point(project, one)
    return verb


@pytest.mark.parametrize("verbs", [("remove",), ("remove", "edit"), ("edit",), ("add",)])
def test_a_point_is_added_or_removed_once_whoever_else_edits_it(crew: Crew, verbs: tuple[str, ...]) -> None:
    project = a_complete_project()
    db.session.commit()

    given = crew.at_once(*(partial(point, verb, project.id) for verb in verbs))

    assert given.count("remove") == ("remove" in verbs) and given.count("add") == ("add" in verbs)
    assert set(given) <= {*verbs, "AlreadyDone", "NotPossibleNow", "404"}
    left = count(OpenPoint, project_id=project.id, key="annonce", is_removed=False)
    assert left == ("remove" not in verbs)


def remove_slowly(project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    found = sa.select(OpenPoint).filter_by(project_id=project_id, key="annonce")
    one = db.session.scalars(found).one()
    meet()
    remove_open_point(project, one)
    return "removed"


def speak_of_it(participant_id: int, reply_to: str | None, number: int) -> str:
    participant = db.session.get_one(Participant, participant_id)
    payload = {"kind": "comment", "stance": "neutral", "body": "Et la nuit ?", "language": "fr"}
    payload |= {"reply_to": reply_to} if reply_to else {"open_point": "annonce"}
    found = sa.select(OpenPoint).filter_by(project_id=participant.consultation.project_id, key="annonce")
    db.session.scalar(found)
    if reply_to:
        db.session.scalar(sa.select(Contribution).filter_by(ref=reply_to))
    meet()
    key = f"point {participant_id}"
    record_submission(participant, "comment", payload, form_key=key, now=clock.now())
    return "said"


@pytest.mark.parametrize("as_reply", [False, True])
def test_what_is_said_of_a_published_point_being_removed_keeps_its_subject(
    crew: Crew, rounds: Rounds, as_reply: bool
) -> None:
    for _ in range(rounds(2, 20)):
        project = a_complete_project()
        consultation = an_open_consultation(project)
        one = db.session.scalars(sa.select(OpenPoint).filter_by(project_id=project.id, key="annonce")).one()
        answered = a_contribution(consultation, open_point_id=one.id).ref if as_reply else None
        speakers = [a_participant(consultation).id for _ in range(3)]
        db.session.commit()

        given = crew.at_once(
            partial(remove_slowly, project.id), *(partial(speak_of_it, who, answered) for who in speakers)
        )

        assert given == ["removed", "said", "said", "said"]
        subjects = sa.select(Contribution.open_point_id).filter_by(consultation_id=consultation.id)
        assert set(db.session.scalars(subjects)) == {one.id}


def illustrate(project_id: int, number: int) -> str | None:
    project = db.session.get_one(Project, project_id)
    assert project.collectivity
    meet()
    return set_photo(project, file_name=f"{number}.jpg", alternative="Une place")


def test_each_photograph_replaced_at_once_is_given_back_to_be_erased(crew: Crew) -> None:
    project = a_draft_project()
    db.session.commit()

    replaced = crew.at_once(partial(illustrate, project.id))

    assert len(set(replaced)) == 4 and None in replaced
    assert project.photo_file not in replaced
