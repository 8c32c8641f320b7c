"""What changed in the dossier since somebody wrote: on the contribution's page and on one's own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.actions import hide_contribution
from participation.moderation.models import Rule
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.models import OpenPoint, Project
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project

SignIn = Callable[[FlaskClient, Person], None]
TITLE = "Ce qui a changé dans le dossier depuis"
ABOUT = "Sur ce dont parle cette contribution"
NOTHING = "Rien\u00a0: le dossier est toujours dans la version en vigueur à ce moment-là"


@pytest.fixture
def project() -> Project:
    return a_complete_project()


@pytest.fixture
def consultation(project: Project) -> Consultation:
    return an_open_consultation(project)


def said_yesterday(consultation: Consultation, **columns: object) -> Contribution:
    """Returns a text written before what the test publishes, after the first version."""
    return a_contribution(consultation, created_at=clock.now() - timedelta(days=1), **columns)


def rewrite(project: Project, field: str, text: str) -> None:
    answer_field(project, field, state="answered", text=text)


def page_of(visitor: FlaskClient, said: Contribution) -> str:
    db.session.commit()
    return visitor.get(f"/contributions/{said.ref}").text


def test_nothing_changed_is_said_too(visitor: FlaskClient, consultation: Consultation) -> None:
    page = page_of(visitor, said_yesterday(consultation, dossier_field="budget"))

    assert TITLE in page and NOTHING in page


def test_the_answer_it_is_about_comes_first_word_by_word(
    visitor: FlaskClient, project: Project, consultation: Consultation
) -> None:
    said = said_yesterday(consultation, dossier_field="budget")
    rewrite(project, "budget", "Texte de budget, avec le devis.")
    rewrite(project, "goal", "Répondre la nuit.")
    publish_dossier(project, reason="Le devis est arrivé")

    page = page_of(visitor, said)

    assert "La version 1 était alors en vigueur" in page
    assert f'href="/projets/{project.slug}/versions/1..2"' in page
    assert page.index(ABOUT) < page.index("avec le devis</ins>") < page.index("Ailleurs dans le dossier")
    assert f'href="/projets/{project.slug}/versions/1..2#goal"' in page and "Répondre la nuit." not in page


def test_a_question_is_answered_by_several_fields(
    visitor: FlaskClient, project: Project, consultation: Consultation
) -> None:
    said = said_yesterday(consultation, dossier_field="source_data")
    answer_field(project, "personal_data", state="answered", choice="none", text="Rien ne vous nomme.")
    publish_dossier(project, reason="Les données sont dites")

    page = page_of(visitor, said)

    assert ABOUT in page and "Rien ne vous nomme." in page and "Rien d’autre n’a changé." in page


def test_the_point_it_is_about_is_told(
    visitor: FlaskClient, project: Project, consultation: Consultation
) -> None:
    point = db.session.query(OpenPoint).filter_by(project_id=project.id, key="annonce").one()
    said = said_yesterday(consultation, open_point_id=point.id)
    point.is_decided = True
    publish_dossier(project, reason="L’annonce est arrêtée")

    page = page_of(visitor, said)

    assert ABOUT in page and "peut encore changer</del>" in page and "déjà décidé</ins>" in page


def test_what_it_is_about_may_stay_while_the_rest_changes(
    visitor: FlaskClient, project: Project, consultation: Consultation
) -> None:
    said = said_yesterday(consultation, dossier_field="budget")
    rewrite(project, "goal", "Répondre la nuit.")
    publish_dossier(project, reason="Le but est dit")

    page = page_of(visitor, said)

    assert "Ce dont parle cette contribution n’a pas changé dans le dossier." in page
    assert "versions/1..2#goal" in page and ABOUT not in page


def test_a_text_about_the_whole_project_is_told_everything(
    visitor: FlaskClient, project: Project, consultation: Consultation
) -> None:
    said = said_yesterday(consultation)
    rewrite(project, "goal", "Répondre la nuit.")
    publish_dossier(project, reason="Le but est dit")

    page = page_of(visitor, said)

    assert "versions/1..2#goal" in page and "n’a pas changé dans le dossier" not in page


def test_what_was_published_before_it_is_not_told(
    visitor: FlaskClient, project: Project, consultation: Consultation
) -> None:
    rewrite(project, "goal", "Répondre la nuit.")
    publish_dossier(project, reason="Le but est dit")

    assert NOTHING in page_of(visitor, a_contribution(consultation, dossier_field="goal"))


def test_a_text_older_than_every_version_and_an_official_reply_are_told_nothing(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    old = a_contribution(consultation, created_at=clock.now() - timedelta(days=400))
    official = said_yesterday(consultation, spoken_as="Service Accueil")

    assert TITLE not in page_of(visitor, old) and TITLE not in page_of(visitor, official)


def test_a_hidden_text_says_nothing_of_what_it_was_about(
    visitor: FlaskClient, project: Project, consultation: Consultation
) -> None:
    said = said_yesterday(consultation, dossier_field="budget")
    rewrite(project, "budget", "Texte de budget, avec le devis.")
    publish_dossier(project, reason="Le devis est arrivé")
    moderator = a_member(Role.MODERATOR, project.collectivity)
    hide_contribution(said, rule=Rule.ATTACK, reason="Il vise une personne.", member=moderator)

    page = page_of(visitor, said)

    assert TITLE not in page and "avec le devis" not in page


def test_authors_find_on_their_own_page_which_dossiers_changed(
    visitor: FlaskClient, sign_in: SignIn, project: Project, consultation: Consultation
) -> None:
    person = a_person(email="nadia@mail.example")
    early = said_yesterday(consultation, participant=a_participant(consultation, person=person))
    for text in ("Répondre la nuit.", "Répondre le jour."):
        rewrite(project, "goal", text)
        publish_dossier(project, reason="Le but est dit")
    late = a_contribution(participant=early.participant)
    sign_in(visitor, person)
    db.session.commit()

    page = visitor.get("/compte").text

    assert "Le dossier a changé depuis\u00a0: 2 nouvelles versions" in page
    assert f"/contributions/{early.ref}#depuis" in page and f"{late.ref}#depuis" not in page
    assert "depuis que vous avez écrit cela" in visitor.get(f"/contributions/{early.ref}").text
