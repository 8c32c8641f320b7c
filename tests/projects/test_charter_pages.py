"""The pages on which a project speaks of the AI charter: the form, the dossier, its versions."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone
from participation.projects.actions import publish_dossier
from participation.projects.models import CharterStatement, Compliance, Project
from participation.projects.queries import charter_statements, published_version
from tests.factories.ai_charter import a_charter, a_statement
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.projects import a_project
from tests.forms import hidden_fields, post_form

SignIn = Callable[[FlaskClient, Person], None]

SAID = {
    "state-personne": "complies",
    "reason-personne": "",
    "state-energie": "partly",
    "reason-energie": "Estimée",
}


@pytest.fixture
def collectivity() -> Collectivity:
    body = a_collectivity()
    a_charter(body)
    return body


def url_of(project: Project) -> str:
    return f"/gestion/{project.collectivity.slug}/projets/{project.slug}/charte"


def said_of(project: Project, key: str) -> tuple[Compliance | None, str, int]:
    one: CharterStatement = charter_statements(project)[key]
    return one.compliance, one.reason, one.revision


@pytest.fixture
def agent(collectivity: Collectivity, visitor: FlaskClient, sign_in: SignIn) -> Membership:
    member = a_member(Role.AGENT, collectivity, function="Cheffe de projet")
    sign_in(visitor, member.person)
    return member


def test_a_new_charter_makes_a_dossier_publishable_again_and_is_said_until_then(
    visitor: FlaskClient, collectivity: Collectivity
) -> None:
    project = a_project(collectivity)
    a_statement(project, "personne", Compliance.COMPLIES)
    with pytest.raises(AlreadyDone):
        publish_dossier(project, reason="Encore")
    a_charter(collectivity, more="Un registre")
    db.session.commit()

    before = visitor.get(f"/projets/{project.slug}/dossier").text
    publish_dossier(project, reason="Deuxième charte")
    db.session.commit()
    after = visitor.get(f"/projets/{project.slug}/dossier").text

    assert "La version 2 a été publiée depuis" in before and "Un registre" not in before
    assert "La version 2 a été publiée depuis" not in after and "Un registre" in after
    assert "Dit à propos de la version 1" in after


def test_the_dossier_says_it_or_nothing_at_all_where_there_is_no_charter(
    visitor: FlaskClient, collectivity: Collectivity
) -> None:
    said = a_project(collectivity)
    a_statement(said, "energie", Compliance.DEROGATES, "Le vendeur se tait.")
    without = a_project()
    db.session.commit()

    page = visitor.get(f"/projets/{said.slug}/dossier").text

    assert 'id="charter-energie"' in page and "Le vendeur se tait." in page and "Pas encore dit" in page
    other = visitor.get(f"/projets/{without.slug}/dossier").text
    assert "Charte de l’IA" not in other and "charter" not in other


def test_a_project_published_before_the_charter_is_said_not_to_be_checked(visitor: FlaskClient) -> None:
    project = a_project()
    a_charter(project.collectivity)
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}/dossier").text

    assert "n’a pas encore été confronté à la charte de l’IA" in page


def test_every_article_is_answered_on_one_page(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_project(collectivity)
    db.session.commit()

    answer = post_form(visitor, url_of(project), **SAID)

    assert answer.status_code == 302
    assert said_of(project, "personne") == (Compliance.COMPLIES, "", 1)
    assert said_of(project, "energie") == (Compliance.PARTLY, "Estimée", 1)
    assert charter_statements(project)["energie"].stated_by == "Cheffe de projet"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state-energie": "derogates", "reason-energie": "", "reason-personne": "Texte gardé"},
        {"state-energie": "nothing", "reason-energie": "Texte gardé"},
        {"state-energie": "nonsense", "reason-energie": "Texte gardé"},
        {"state-energie": "derogates", "reason-energie": "Texte gardé" + "x" * 1000},
    ],
)
def test_what_is_sent_wrongly_is_refused_with_the_text_kept(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership, wrong: dict[str, str]
) -> None:
    project = a_project(collectivity)
    db.session.commit()

    answer = post_form(visitor, url_of(project), **{**SAID, **wrong})

    assert answer.status_code == 422 and "Texte gardé" in answer.text
    assert charter_statements(project) == {}


def test_two_agents_on_one_article_lose_nothing(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_project(collectivity)
    db.session.commit()
    hidden = hidden_fields(visitor.get(url_of(project)).text)
    a_statement(project, "energie", Compliance.DEROGATES, "Texte du collègue", published=False)
    db.session.commit()

    refused = visitor.post(url_of(project), data={**hidden, **SAID, "reason-energie": "Mon texte"})
    merged = {**hidden_fields(refused.text), **SAID, "reason-energie": "Les deux"}
    accepted = visitor.post(url_of(project), data=merged)

    assert refused.status_code == 422
    assert "Texte du collègue" in refused.text and "Mon texte" in refused.text
    assert 'href="#reason-energie"' in refused.text and 'href="#reason-personne"' not in refused.text
    assert accepted.status_code == 302
    assert said_of(project, "energie") == (Compliance.PARTLY, "Les deux", 2)


def test_two_agents_on_two_articles_do_not_hinder_one_another(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_project(collectivity)
    a_statement(project, "energie", Compliance.COMPLIES, "Ancien", published=False)
    db.session.commit()
    hidden = hidden_fields(visitor.get(url_of(project)).text)
    a_statement(project, "energie", Compliance.DEROGATES, "Texte du collègue", published=False)
    db.session.commit()

    mine = {**SAID, "state-energie": "complies", "reason-energie": "Ancien"}
    answer = visitor.post(url_of(project), data={**hidden, **mine})

    assert answer.status_code == 302
    assert said_of(project, "energie") == (Compliance.DEROGATES, "Texte du collègue", 2)
    assert said_of(project, "personne")[0] is Compliance.COMPLIES


def test_a_charter_published_while_one_writes_is_read_before_anything_is_kept(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_project(collectivity)
    db.session.commit()
    hidden = hidden_fields(visitor.get(url_of(project)).text)
    a_charter(collectivity, more="Un registre")
    db.session.commit()

    refused = visitor.post(url_of(project), data={**hidden, **SAID})
    kept = charter_statements(project)
    sent = {**hidden_fields(refused.text), **SAID, "state-un-registre": "nothing", "reason-un-registre": ""}
    accepted = visitor.post(url_of(project), data=sent)

    assert refused.status_code == 422 and kept == {}
    assert "Un registre" in refused.text and "Estimée" in refused.text
    assert accepted.status_code == 302
    assert charter_statements(project)["energie"].charter_number == 2


def test_where_there_is_no_charter_nothing_is_asked(visitor: FlaskClient, sign_in: SignIn) -> None:
    project = a_project()
    sign_in(visitor, a_member(Role.AGENT, project.collectivity).person)
    db.session.commit()

    assert visitor.get(url_of(project)).status_code == 404
    assert "Charte de l’IA" not in visitor.get(url_of(project).removesuffix("/charte")).text


def test_a_change_of_what_is_said_stands_among_the_changes_of_the_version(
    visitor: FlaskClient, collectivity: Collectivity
) -> None:
    project = a_project(collectivity)
    a_statement(project, "energie", Compliance.COMPLIES, "Mesurée")
    a_statement(project, "energie", Compliance.DEROGATES, "Le vendeur se tait.")
    db.session.commit()

    version = published_version(project)
    assert version is not None
    page = visitor.get(f"/projets/{project.slug}/versions/{version.number}").text

    assert "Charte de l’IA, article 2" in page
    assert "Mesurée" in page and "Le vendeur se tait." in page
