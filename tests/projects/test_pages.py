"""The public pages of projects: list, project, dossier, versions, photograph, short address."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from participation.contributions.models import Choice, Kind, Stance, Visibility
from participation.decisions.models import Decision, DecisionVersion
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import add_open_point, answer_field, publish_dossier
from participation.projects.models import Outcome
from participation.summaries.models import Summary
from tests.factories.consultations import a_closed_consultation, an_open_consultation
from tests.factories.contributions import a_contribution, a_position
from tests.factories.projects import a_complete_project, a_draft_project, a_project

Counting = Callable[[], AbstractContextManager[list[str]]]


def test_a_draft_is_nowhere(visitor: FlaskClient) -> None:
    draft = a_draft_project(title="Projet secret")
    db.session.commit()

    for page in ("", "/dossier", "/versions", "/photo/x.png"):
        assert visitor.get(f"/projets/{draft.slug}{page}").status_code == 404
    assert visitor.get(f"/p/{draft.ref}").status_code == 404
    assert "Projet secret" not in visitor.get("/projets").text


def test_the_page_says_in_thirty_seconds_what_is_known_and_what_is_not(visitor: FlaskClient) -> None:
    project = a_complete_project(title="Un assistant vocal")
    answer_field(
        project,
        "environmental_impact",
        state="not_known_yet",
        reason="Le fournisseur n’a pas répondu.",
        owner="Direction informatique",
        due_on=clock.today() + timedelta(days=3),
    )
    publish_dossier(project, reason="Empreinte attendue")
    consultation = an_open_consultation(project)
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}").text

    assert page.count("<h1") == 1
    assert "En bref : budget" in page and "Direction informatique" in page
    assert "Ce que dit l’annonce" in page and "Délibération 12" in page
    assert f"/consultations/{consultation.slug}/avis" in page
    assert f"/p/{project.ref}" in page and 'fill="#000"' in page


def test_only_published_words_are_read(visitor: FlaskClient) -> None:
    project = a_complete_project()
    answer_field(project, "goal", state="answered", text="Texte de travail")
    answer_field(project, "name", state="answered", text="Titre de travail")
    add_open_point(project, key="neuf", text="Point de travail")
    db.session.commit()

    pages = [visitor.get(f"/projets/{project.slug}{page}").text for page in ("", "/dossier", "/versions")]
    pages.append(visitor.get("/projets").text)

    assert all("de travail" not in page for page in pages)


def test_the_page_of_a_project_costs_eight_statements_whatever_it_holds(
    visitor: FlaskClient, counting_statements: Counting
) -> None:
    project = a_complete_project()
    consultation = an_open_consultation(project)
    for choice in (Choice.FAVOURABLE, Choice.OPPOSED, Choice.OPPOSED):
        a_position(consultation, choice=choice)
    for stance in (Stance.FOR, Stance.AGAINST) * 12:
        a_contribution(consultation, stance=stance, body="Un avis long et sincère.")
    hidden = a_contribution(consultation, visibility=Visibility.HIDDEN, body="Texte masqué")
    question = a_contribution(consultation, kind=Kind.SERVICE_QUESTION, body="Combien ?")
    a_contribution(consultation, parent=question, body="Dix mille euros.", spoken_as="Service Accueil")
    db.session.commit()

    with counting_statements() as sent:
        response = visitor.get(f"/projets/{project.slug}")

    assert response.status_code == 200 and "Texte masqué" not in response.text and hidden.ref
    assert "Service Accueil" in response.text
    assert len(sent) <= 8


def test_the_list_costs_the_same_for_one_project_and_for_twenty(
    visitor: FlaskClient, counting_statements: Counting
) -> None:
    counts = []
    for more in (1, 19):
        for _number in range(more):
            an_open_consultation(a_project())
        db.session.commit()
        with counting_statements() as sent:
            assert visitor.get("/projets").status_code == 200
        counts.append(len(sent))

    assert counts[0] == counts[1] <= 8


def test_twenty_projects_a_page_and_refused_ones_stay(visitor: FlaskClient) -> None:
    for _number in range(21):
        a_project()
    a_project(title="Des micros rue Gambetta", decided_at=clock.now(), outcome=Outcome.REFUSED)
    db.session.commit()

    assert visitor.get("/projets").text.count('class="card"') == 20
    assert visitor.get("/projets?page=2").text.count('class="card"') == 2
    assert visitor.get("/projets?page=9999").status_code == 200
    refused = visitor.get("/projets?etape=refused").text
    assert "Des micros rue Gambetta" in refused and refused.count('class="card"') == 1


def test_facets_filter_and_unknown_values_are_ignored(visitor: FlaskClient) -> None:
    a_project(title="Eau claire", policy="water-resources")
    a_project(title="Cantine", policy="waste-food")
    db.session.commit()

    filtered = visitor.get(
        "/projets?politique=water-resources&politique=nonsense&etape=%00&collectivite=x"
    ).text

    assert "Eau claire" in filtered and "Cantine" not in filtered
    assert re.search(r'value="waste-food">.*?<small>1</small>', filtered)


def test_the_short_address_leads_to_the_project_and_to_the_consultation(visitor: FlaskClient) -> None:
    project = a_project()
    consultation = an_open_consultation(project)
    db.session.commit()

    assert visitor.get(f"/p/{project.ref}").location == f"/projets/{project.slug}"
    assert visitor.get(f"/p/{consultation.ref}").location == f"/consultations/{consultation.slug}"
    assert visitor.get("/p/zzzzz").status_code == 404


def test_a_photograph_is_kept_for_ever_and_says_what_it_shows(visitor: FlaskClient, app: Flask) -> None:
    project = a_project()
    folder = Path(app.config["DATA_DIR"]) / "pictures"
    folder.mkdir(exist_ok=True)
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    project.photo_file, project.photo_alternative = "photo.png", "Le standard de la mairie"
    db.session.commit()

    response = visitor.get(f"/projets/{project.slug}/photo/photo.png")

    assert "immutable" in response.headers["Cache-Control"]
    assert 'alt="Le standard de la mairie"' in visitor.get(f"/projets/{project.slug}").text
    assert visitor.get(f"/projets/{project.slug}/photo/..%2Fparticipation.db").status_code == 404


def test_pages_are_the_same_for_everyone_in_both_languages(visitor: FlaskClient) -> None:
    project = a_complete_project()
    an_open_consultation(project)
    db.session.commit()

    for prefix in ("", "/en"):
        for page in ("/projets", f"/projets/{project.slug}", f"/projets/{project.slug}/dossier"):
            response = visitor.get(prefix + page)
            assert response.status_code == 200
            assert response.headers["Cache-Control"].startswith("public")
            assert 'method="post"' not in response.text


def test_a_decided_project_shows_its_decision_at_the_same_price(
    visitor: FlaskClient, counting_statements: Counting
) -> None:
    project = a_complete_project()
    consultation = a_closed_consultation(project)
    a_contribution(consultation, stance=Stance.FOR)
    summary = Summary(consultation=consultation, published_at=clock.now())
    db.session.add(summary)
    db.session.flush()
    decision = Decision(project=project, summary=summary)
    version = DecisionVersion(
        decision=decision,
        title="L’assistant est adopté pour un an",
        outcome=Outcome.ADOPTED,
        body="Conseil municipal",
        held_on=clock.today(),
        reasons="Parce que.",
        published_at=clock.now(),
    )
    project.decided_at, project.outcome = clock.now(), Outcome.ADOPTED
    db.session.add_all([decision, version])
    db.session.commit()

    with counting_statements() as sent:
        page = visitor.get(f"/projets/{project.slug}").text

    assert version.title in page and f"/decisions/{version.decision.ref}" in page
    assert f"/consultations/{consultation.slug}/avis" not in page
    assert "Pouvait encore changer" in page and "Peut encore changer" not in page
    assert len(sent) <= 8
