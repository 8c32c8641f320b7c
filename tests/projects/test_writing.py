"""The pages of those who write dossiers: draft, fields, points, photograph, publication, dates."""

import io
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import answer_field
from participation.projects.models import Outcome, Project
from participation.projects.queries import published_version, working_answer, working_points
from tests.factories.collectivities import a_member
from tests.factories.projects import a_complete_project, a_draft_project, a_project
from tests.forms import hidden_fields, post_form

SignIn = Callable[[FlaskClient, Person], None]

DRAFT = {
    "name": "Un assistant vocal",
    "description_short": "Il répondrait au téléphone.",
    "goal": "Ne plus perdre d’appels.",
    "automation_level": "information",
    "open_questions": "- Ce que dit l’annonce\n- Les heures\n- Les heures",
    "already_decided": "Les deux postes restent",
}


def base(project: Project) -> str:
    return f"/gestion/{project.collectivity.slug}/projets/{project.slug}"


def test_a_draft_is_written_in_one_form_and_sent_twice_counts_once(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    url = f"/gestion/{collectivity.slug}/projets/nouveau"

    response = post_form(visitor, url, **DRAFT)
    again = post_form(visitor, url, **DRAFT)

    assert (response.status_code, again.status_code) == (302, 422)
    project = db.session.scalars(sa.select(Project)).one()
    answer = working_answer(project, "automation_level")
    assert project.proposed_at is None and answer is not None and answer.choice == "information"
    assert [point.is_decided for point in working_points(project)] == [False, False, True]


def test_an_empty_draft_is_refused_with_the_text_kept(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    sent = {**DRAFT, "name": "", "automation_level": "nonsense", "goal": "Texte gardé"}

    response = post_form(visitor, f"/gestion/{collectivity.slug}/projets/nouveau", **sent)

    assert response.status_code == 422 and "Texte gardé" in response.text


def test_two_colleagues_on_one_field_lose_nothing(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    url = f"{base(project)}/dossier/goal"
    db.session.commit()
    opened = hidden_fields(visitor.get(url).text)
    answer_field(project, "goal", state="answered", text="Le texte de ma collègue", revision=0)
    db.session.commit()
    mine = {**opened, "state": "answered", "provenance": "service", "text": "Mon texte à moi"}

    refused = visitor.post(url, data=mine)

    assert refused.status_code == 422
    assert "Le texte de ma collègue" in refused.text and "Mon texte à moi" in refused.text
    kept = working_answer(project, "goal")
    assert kept is not None and kept.text == "Le texte de ma collègue"

    resent = visitor.post(url, data={**mine, **hidden_fields(refused.text)})

    assert resent.status_code == 302
    kept = working_answer(project, "goal")
    assert kept is not None and kept.text == "Mon texte à moi"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"state": "nonsense", "provenance": "service"},
        {"state": "answered", "provenance": "nonsense", "text": "x"},
        {
            "state": "not_known_yet",
            "provenance": "service",
            "reason": "r",
            "owner": "o",
            "due_on": "31/02/2027",
        },
        {"state": "answered", "provenance": "service", "text": "x" * 5000, "revision": "9" * 40},
    ],
)
def test_wrong_answers_are_refused_with_a_sentence(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership, sent: dict[str, str]
) -> None:
    project = a_draft_project(collectivity)
    db.session.commit()

    response = post_form(visitor, f"{base(project)}/dossier/budget", **sent)

    assert response.status_code == 422 and 'class="govuk-error-summary' in response.text


def test_points_are_added_changed_and_taken_out(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    db.session.commit()
    new = {"text": "La durée de garde", "is_decided": "no"}

    assert post_form(visitor, f"{base(project)}/points/nouveau", **new).status_code == 302
    assert post_form(visitor, f"{base(project)}/points/nouveau", **new).status_code == 422
    key = working_points(project)[0].key
    changed = {"text": "La durée", "is_decided": "yes", "source": "Conseil"}
    assert post_form(visitor, f"{base(project)}/points/{key}", **changed).status_code == 302
    assert working_points(project)[0].is_decided
    assert post_form(visitor, f"{base(project)}/points/{key}/suppression").status_code == 302
    assert working_points(project) == []


def test_only_an_administrator_publishes_with_a_reason(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership, sign_in: SignIn
) -> None:
    project = a_draft_project(collectivity)
    db.session.commit()
    assert visitor.get(f"{base(project)}/publication").status_code == 403
    sign_in(visitor, a_member(Role.ADMINISTRATOR, collectivity).person)

    without_reason = post_form(visitor, f"{base(project)}/publication", reason=" ")
    published = post_form(visitor, f"{base(project)}/publication", reason="Première version")
    again = post_form(visitor, f"{base(project)}/publication", reason="Première version")

    assert (without_reason.status_code, published.status_code, again.status_code) == (422, 302, 422)
    version = published_version(project)
    assert version is not None and version.number == 1 and project.proposed_at == version.published_at


def test_a_photograph_needs_its_words(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_project(collectivity)
    db.session.commit()
    url = f"{base(project)}/photo"
    hidden = hidden_fields(visitor.get(url).text)

    def send(content: bytes, alternative: str) -> int:
        picture = (io.BytesIO(content), "photo.png")
        return visitor.post(url, data={**hidden, "photo": picture, "alternative": alternative}).status_code

    assert send(b"\x89PNG\r\n\x1a\n", "") == 422
    assert send(b"not a picture", "Le standard") == 422
    assert visitor.post(url, data={**hidden, "alternative": "Le standard"}).status_code == 422
    assert send(b"\x89PNG\r\n\x1a\n", "Le standard") == 302
    assert project.photo_alternative == "Le standard"
    assert visitor.get(f"/projets/{project.slug}/photo/{project.photo_file}").status_code == 200


def test_dates_after_the_decision_follow_one_another(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_project(collectivity, decided_at=clock.now(), outcome=Outcome.ADOPTED)
    db.session.commit()
    url = f"{base(project)}/dates"

    assert post_form(visitor, url, evaluated_on="2027-01-01").status_code == 422
    assert post_form(visitor, url, in_service_on="2027-01-01", evaluated_on="01/12/2026").status_code == 422
    assert post_form(visitor, url, in_service_on="01/01/2027").status_code == 302
    assert project.in_service_on is not None and project.in_service_on.year == 2027


def test_a_project_decided_against_never_comes_into_service(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_project(collectivity, decided_at=clock.now(), outcome=Outcome.REFUSED)
    db.session.commit()

    assert post_form(visitor, f"{base(project)}/dates", in_service_on="2027-01-01").status_code == 422


def test_every_page_opens_and_another_collectivity_s_project_is_unknown(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project, other = a_complete_project(collectivity), a_complete_project()
    db.session.commit()
    pages = (
        "",
        "/dossier/goal",
        "/dossier/automation_level",
        "/points/nouveau",
        "/points/annonce",
        "/dates",
        "/photo",
    )

    assert visitor.get(f"/gestion/{collectivity.slug}/projets").status_code == 200
    for page in pages:
        assert visitor.get(base(project) + page).status_code == 200
        assert visitor.get(f"/gestion/{collectivity.slug}/projets/{other.slug}{page}").status_code == 404
    for page in ("/dossier/status", "/dossier/nonsense", "/points/nonsense"):
        assert visitor.get(base(project) + page).status_code == 404
