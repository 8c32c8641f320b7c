"""Adapting a project of another public body, and the projects that look like one."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotAllowed, NotPossibleNow
from participation.projects.actions import adapt_project, add_precedent, answer_field, publish_dossier
from participation.projects.dossier.adapting import LOCAL_FIELDS
from participation.projects.dossier.facets import facets_of
from participation.projects.models import OpenPoint, Precedent, Project
from participation.projects.portfolio.likeness import similar_projects
from participation.projects.queries import published_version, working_answers, working_snapshot
from tests.architecture.listening import statements
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.projects import a_complete_project, a_draft_project, a_project
from tests.forms import hidden_fields

SignIn = Callable[[FlaskClient, Person], None]


def test_a_draft_takes_the_published_answers_and_none_of_the_local_facts() -> None:
    origin = a_complete_project(title="Un assistant")
    add_precedent(origin, title="Lyon", text="Un essai.", source="Le journal", dated="2024")
    answer_field(origin, "provider", state="answered", text="Une entreprise.",
                 details={"parts": {"model": "french", "procurement": "Marché de 2025"}})  # fmt: skip
    publish_dossier(origin, reason="Le fournisseur est dit.")
    answer_field(origin, "goal", state="answered", text="Pas encore publié.")
    here = a_collectivity()

    project = adapt_project(origin, here)

    answers = {one.field: one for one in working_answers(project)}
    assert project.collectivity is here and project.proposed_at is None
    assert (project.title, project.policy) == ("Un assistant", "user-information")
    assert answers["goal"].text == "Texte de goal."
    assert answers["provider"].details["parts"] == {"model": "french"}
    assert not LOCAL_FIELDS & answers.keys()
    assert all(one.is_copied and not one.answered_by and not one.answered_on for one in answers.values())
    assert db.session.query(OpenPoint).filter_by(project_id=project.id).count() == 0
    assert [one.title for one in db.session.query(Precedent).filter_by(project_id=project.id)] == ["Lyon"]


def test_what_is_not_known_there_is_not_promised_here() -> None:
    origin = a_complete_project()
    answer_field(origin, "rollback", state="not_known_yet", reason="On cherche.", owner="La DSI",
                 due_on=clock.today())  # fmt: skip
    publish_dossier(origin, reason="On ne sait plus.")

    project = adapt_project(origin, a_collectivity())

    assert "rollback" not in working_snapshot(project)["answers"]


def test_an_answer_is_marked_as_copied_until_somebody_answers_it(visitor: FlaskClient) -> None:
    project = adapt_project(a_complete_project(title="Un assistant"), a_collectivity())
    publish_dossier(project, reason="Première version")
    db.session.commit()
    before = visitor.get(f"/projets/{project.slug}/dossier").text.count("personne n’y a encore répondu ici")

    answer_field(project, "goal", state="answered", text="Notre but.")
    publish_dossier(project, reason="Notre but.")
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}/dossier").text
    assert before > 30
    assert page.count("personne n’y a encore répondu ici") == before - 1


def test_the_origin_is_cited_and_still_once_it_is_gone(visitor: FlaskClient) -> None:
    origin = a_complete_project(title="Un assistant")
    project = adapt_project(origin, a_collectivity())
    publish_dossier(project, reason="Première version")
    db.session.commit()
    page = visitor.get(f"/projets/{project.slug}").text
    assert "Adapté du projet" in page and f'href="/projets/{origin.slug}"' in page

    slug = origin.slug
    db.session.delete(origin)
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}").text
    assert "Adapté du projet" in page and "Un assistant" in page
    assert f'href="/projets/{slug}"' not in page


def test_adapted_twice_counts_once() -> None:
    origin, here = a_complete_project(), a_collectivity()
    adapt_project(origin, here)

    with pytest.raises(AlreadyDone):
        adapt_project(origin, here)

    assert db.session.query(Project).filter_by(adapted_from_id=origin.id).count() == 1
    assert adapt_project(origin, a_collectivity()).adapted_from_id == origin.id


def test_a_name_that_is_taken_here_gives_the_draft_another_address() -> None:
    here = a_collectivity()
    own = a_project(here, title="Un assistant")

    project = adapt_project(a_complete_project(title="Un assistant"), here)

    assert project.slug != own.slug and project.title == own.title


def test_drafts_archives_and_ones_own_projects_are_not_adapted() -> None:
    here = a_collectivity()
    for origin in (a_draft_project(), a_project(imported_from="Decidim"), a_project(here)):
        with pytest.raises(NotPossibleNow):
            adapt_project(origin, here)


def test_only_those_who_write_dossiers_there_adapt() -> None:
    here = a_collectivity()

    with pytest.raises(NotAllowed):
        adapt_project(a_project(), here, member=a_member(Role.MODERATOR, here))
    with pytest.raises(NotAllowed):
        adapt_project(a_project(), here, member=a_member(Role.AGENT))


def test_the_link_leads_to_the_form_and_sent_twice_to_the_same_draft(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    origin, here = a_complete_project(), a_collectivity()
    agent = a_member(Role.AGENT, here)
    db.session.commit()
    assert f"/projets/{origin.slug}/adapter" in visitor.get(f"/projets/{origin.slug}").text

    sign_in(visitor, agent.person)
    form = f"/gestion/{here.slug}/projets/adapter/{origin.slug}"
    assert visitor.get(f"/projets/{origin.slug}/adapter").location == form
    assert "devient un brouillon" in visitor.get(form).text
    first, second = (sent(visitor, form) for _time in range(2))

    assert first == second and first.startswith(f"/gestion/{here.slug}/projets/")
    assert db.session.query(Project).filter_by(adapted_from_id=origin.id).count() == 1


def sent(visitor: FlaskClient, address: str) -> str:
    page = visitor.get(address).text
    data = hidden_fields(page) if "main-form" in page else {}
    if not data:
        return str(visitor.get(address).text.split("notice")[1].split('href="')[1].split('"')[0])
    return str(visitor.post(address, data=data).location)


def test_somebody_who_writes_for_several_bodies_chooses(visitor: FlaskClient, sign_in: SignIn) -> None:
    origin, here, there = a_complete_project(), a_collectivity(), a_collectivity()
    agent = a_member(Role.AGENT, here)
    a_member(Role.ADMINISTRATOR, there, person=agent.person)
    a_member(Role.AGENT, origin.collectivity, person=agent.person)
    sign_in(visitor, agent.person)

    page = visitor.get(f"/projets/{origin.slug}/adapter").text

    assert f"/gestion/{here.slug}/projets/adapter/" in page and f"/gestion/{there.slug}/" in page
    assert f"/gestion/{origin.collectivity.slug}/projets/adapter/" not in page


def test_like_projects_are_of_the_same_need_then_of_the_same_technique_elsewhere_first() -> None:
    body = a_collectivity()
    project = like(body, sub_policy="chatbot", technique="nlp")
    own = like(body, sub_policy="chatbot", technique="rules")
    elsewhere = like(sub_policy="chatbot", technique="rules")
    technique = like(sub_policy="report-triage", technique="nlp")
    like(sub_policy="report-triage", technique="rules")
    a_draft_project()

    assert found(project, most=5) == [elsewhere, own, technique]
    assert found(project, most=2) == [elsewhere, own]
    with statements() as asked:
        found(project)
    # One for the version that is compared, one for the projects like it.
    assert len(asked) == 2


def test_nothing_is_like_a_project_whose_dossier_says_too_little(visitor: FlaskClient) -> None:
    project = a_project()
    a_project()
    db.session.commit()

    with statements() as asked:
        assert similar_projects(project, facets_of({}), clock.now()) == []

    assert asked == []
    assert "Projets semblables" not in visitor.get(f"/projets/{project.slug}").text


def test_the_page_of_a_project_leads_to_three_like_it_and_to_the_others(visitor: FlaskClient) -> None:
    project = like(sub_policy="chatbot", technique="nlp")
    others = [like(sub_policy="chatbot", technique="nlp") for _number in range(4)]
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}").text

    shown = [one for one in others if f'href="/projets/{one.slug}"' in page]
    assert len(shown) == 3 and "/projets?politique=user-information" in page


def like(body: object = None, *, sub_policy: str, technique: str) -> Project:
    project = a_draft_project(body or a_collectivity())  # type: ignore[arg-type]
    parts = {"parts": {"sub_policy": sub_policy}}
    answer_field(project, "policy", state="answered", choice="user-information", details=parts)
    answer_field(project, "algorithm_type", state="answered", choice=technique)
    publish_dossier(project, reason="Première version")
    return project


def found(project: Project, most: int = 3) -> list[Project]:
    version = published_version(project)
    assert version is not None
    return similar_projects(project, facets_of(version.snapshot), clock.now(), most=most)
