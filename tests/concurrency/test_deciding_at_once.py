"""Decisions written and published at once: one publication, which stays, and people told once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from participation.activity.models import Event
from participation.collectivities.models import Membership, Role
from participation.decisions.actions import (
    Wording,
    answer_theme,
    correct_decision,
    draft_decision,
    publish_decision,
    revise_decision,
)
from participation.decisions.models import AnswerVerdict, Decision, DecisionVersion, ThemeAnswer
from participation.foundation import clock
from participation.foundation.database import db
from participation.notifications.mails import add_notices
from participation.notifications.models import Notice
from participation.projects.models import Outcome, Project
from participation.summaries.models import Summary, Theme
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.collectivities import a_member
from tests.factories.decisions import a_decision, a_heard_project, a_reader, takes_a_position
from tests.factories.projects import a_project

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]
LATE = "Rédigé trop tard."


def draft(project_id: int, summary_id: int | None, member_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    summary = db.session.get_one(Summary, summary_id) if summary_id else None
    member = db.session.get_one(Membership, member_id)
    assert project.collectivity and (summary is None or summary.consultation)
    meet()
    draft_decision(
        project,
        summary=summary,
        reason_without_consultation="" if summary else "L’outil ne concerne que les agents.",
        outcome=Outcome.ADOPTED,
        title="La machine répond la nuit",
        body="Conseil municipal",
        act_number="",
        held_on=clock.today() - timedelta(days=1),
        votes="",
        reasons="On le demandait.",
        member=member,
    )
    return "drafted"


@pytest.mark.parametrize("consulted", [True, False])
def test_a_decision_started_by_several_at_once_is_one(crew: Crew, consulted: bool) -> None:
    heard = a_heard_project()
    project = heard.project if consulted else a_project()
    member = heard.agent if consulted else a_member(Role.AGENT, project.collectivity)
    db.session.commit()

    given = crew.at_once(partial(draft, project.id, heard.summary.id if consulted else None, member.id))

    assert sorted(given) == ["AlreadyDone"] * 3 + ["drafted"]
    assert count(Decision, project_id=project.id) == 1


def work_on(verb: str, version_id: int, member_id: int, theme_id: int, number: int) -> str:
    """Does one verb to a version, by somebody who opened its page before."""
    version = db.session.get_one(DecisionVersion, version_id)
    member, theme = db.session.get_one(Membership, member_id), db.session.get_one(Theme, theme_id)
    assert version.decision.project.collectivity
    meet()
    if verb == "answer":
        answer_theme(version, theme, verdict=AnswerVerdict.REFUSED, answer=LATE, reason=LATE, member=member)
    elif verb == "revise":
        today = clock.today()
        revise_decision(version, Wording(Outcome.REFUSED, LATE, LATE, today, LATE), member=member)
    elif verb == "correct":
        correct_decision(version.decision, member=member)
    else:
        publish_decision(version, member=member)
    return verb


def test_a_theme_answered_by_several_at_once_has_one_answer(crew: Crew) -> None:
    heard = a_heard_project()
    version = a_decision(heard, answered=False)
    db.session.commit()

    given = crew.at_once(partial(work_on, "answer", version.id, heard.agent.id, heard.themes[0].id))

    assert given == ["answer"] * 4
    assert count(ThemeAnswer, version_id=version.id) == 1


def test_a_decision_published_by_several_at_once_is_published_once(crew: Crew) -> None:
    heard = a_heard_project()
    version = a_decision(heard)
    db.session.commit()

    given = crew.at_once(partial(work_on, "publish", version.id, heard.administrator.id, heard.themes[0].id))

    assert sorted(given) == ["AlreadyDone"] * 3 + ["publish"]
    assert count(Event, action="decision.published", subject=f"decision:{version.decision_id}") == 1


def test_a_correction_started_by_several_at_once_is_one(crew: Crew) -> None:
    heard = a_heard_project()
    version = a_decision(heard, published=True)
    db.session.commit()

    given = crew.at_once(partial(work_on, "correct", version.id, heard.agent.id, heard.themes[0].id))

    assert sorted(given) == ["AlreadyDone"] * 3 + ["correct"]
    assert count(DecisionVersion, decision_id=version.decision_id) == 2


def publish_slowly(version_id: int, member_id: int, number: int) -> str:
    version = db.session.get_one(DecisionVersion, version_id)
    publish_decision(version, member=db.session.get_one(Membership, member_id))
    meet()
    return "publish"


@pytest.mark.parametrize("verb", ["answer", "revise"])
def test_what_is_being_published_is_not_rewritten(crew: Crew, verb: str) -> None:
    heard = a_heard_project()
    version = a_decision(heard)
    ids = version.id, heard.agent.id, heard.themes[0].id
    db.session.commit()

    late = partial(work_on, verb, *ids)
    given = crew.at_once(partial(publish_slowly, version.id, heard.administrator.id), late, late, late)

    assert given[0] == "publish"
    if db.engine.dialect.name == "postgresql":
        assert given[1:] == ["NotPossibleNow"] * 3
        assert version.title != LATE
        assert count(ThemeAnswer, version_id=version.id, answer=LATE) == 0
    assert heard.project.outcome is version.outcome


def tell(version_id: int, number: int) -> int:
    version = db.session.get_one(DecisionVersion, version_id)
    assert version.decision.summary
    meet()
    return add_notices(version, 3)


def test_people_told_by_several_workers_at_once_are_told_once(crew: Crew) -> None:
    heard = a_heard_project()
    version = a_decision(heard, published=True)
    for number in range(10):
        takes_a_position(heard, a_reader(f"silent-{version.id}-{number}@mail.example"))
    db.session.commit()

    added = crew.at_once(partial(tell, version.id))

    assert sorted(added) == [3, 3, 3, 3]
    assert count(Notice, version_id=version.id) == 12
