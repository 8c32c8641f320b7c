"""People write an AI charter and speak of it at once: one version, one order, no words lost."""

from functools import partial

import pytest

from participation.collectivities.ai_charter.actions import add_article, publish_charter
from participation.collectivities.ai_charter.models import CharterArticle, CharterHeading, CharterVersion
from participation.collectivities.ai_charter.queries import working_articles
from participation.collectivities.models import Collectivity
from participation.foundation.database import db
from participation.projects.actions import Saying, state_on_charter
from participation.projects.models import CharterStatement, Compliance, Project
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.ai_charter import a_charter
from tests.factories.collectivities import a_collectivity
from tests.factories.projects import a_draft_project

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]


def publish(collectivity_id: int, number: int) -> str:
    body = db.session.get_one(Collectivity, collectivity_id)
    meet()
    return f"version {publish_charter(body, reason='Revue').number}"


def test_a_charter_published_by_several_at_once_is_one_version(crew: Crew) -> None:
    body = a_collectivity()
    a_charter(body)
    add_article(body, heading=CharterHeading.GOVERNANCE, title="Un registre", text="Public.")
    db.session.commit()

    assert sorted(crew.at_once(partial(publish, body.id))) == ["AlreadyDone"] * 3 + ["version 2"]
    assert count(CharterVersion, collectivity_id=body.id) == 2


def add(collectivity_id: int, title: str, number: int) -> str:
    body = db.session.get_one(Collectivity, collectivity_id)
    meet()
    words = f"{title} {number}" if title == "Article" else title
    return add_article(body, heading=CharterHeading.ETHICS, title=words, text="Texte.", place=1).key


@pytest.mark.parametrize(("title", "kept"), [("Le même", 1), ("Article", 4)])
def test_articles_added_at_once_each_have_their_place(crew: Crew, title: str, kept: int) -> None:
    body = a_collectivity()
    db.session.commit()

    given = crew.at_once(partial(add, body.id, title))

    assert given.count("AlreadyDone") == 4 - kept
    db.session.expire_all()
    assert [one.position for one in working_articles(body)] == list(range(1, kept + 1))
    assert count(CharterArticle, collectivity_id=body.id) == kept


def say(project_id: int, number: int) -> str:
    project = db.session.get_one(Project, project_id)
    meet()
    saying = Saying("personne", Compliance.DEROGATES, f"Raison {number}", revision=0)
    state_on_charter(project, [saying], charter_number=1)
    return "said"


def test_of_several_who_speak_of_one_article_at_once_one_is_kept_and_the_others_are_told(crew: Crew) -> None:
    project = a_draft_project()
    a_charter(project.collectivity)
    db.session.commit()

    assert sorted(crew.at_once(partial(say, project.id))) == ["StatementConflict"] * 3 + ["said"]
    assert count(CharterStatement, project_id=project.id) == 1
