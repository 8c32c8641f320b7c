"""Answering the questions on the law: the action, its pages, what is public, what blocks a consultation."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError, NotAllowed
from participation.projects.actions import Conflict, answer_field, assess_project, publish_dossier
from participation.projects.dossier.gate import missing_in
from participation.projects.dossier.guidance.rules import RULES_VERSION
from participation.projects.models import DossierAnswer, Project
from participation.projects.queries import working_answer, working_snapshot
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.projects import a_complete_project, a_draft_project
from tests.forms import hidden_fields, post_form
from tests.projects.guidance.answer_sets import answers, conditions_of

SignIn = Callable[[FlaskClient, Person], None]
FORBIDDEN = answers(scores="yes", **conditions_of("a5c"))
DAY = date(2026, 1, 12)
NOTE = {"note_text": "Le texte ne vise pas cet usage.", "note_author": "Avocate", "note_on": DAY}


def url(project: Project, end: str = "") -> str:
    return f"/gestion/{project.collectivity.slug}/projets/{project.slug}/dossier/risk_category{end}"


def sent(**changes: str) -> dict[str, str | list[str]]:
    """Returns the answers as a browser sends them."""
    given = answers(**changes)
    return {f"parts-{key}": value.split(",") if "," in value else value for key, value in given.items()}


def kept_parts(project: Project) -> dict[str, str]:
    kept = working_answer(project, "risk_category")
    assert kept is not None
    parts: dict[str, str] = kept.details["parts"]
    return parts


def kept_class(project: Project) -> str | None:
    kept = working_answer(project, "risk_category")
    return kept.choice if kept else None


def test_the_class_the_answers_and_the_rules_are_kept_together() -> None:
    project = a_draft_project(a_collectivity(population=2400))

    assess_project(project, answers(talks_to_public="yes"), answered_by="DSI", text="On le dira.")

    parts = kept_parts(project)
    assert kept_class(project) == "transparency"
    assert (parts["talks_to_public"], parts["rules_version"], parts["population"]) == (
        "yes",
        RULES_VERSION,
        "2400",
    )
    assert "a5a_harm" in parts and "a5c_behaviour" not in parts


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"uses_ai": ""}, "parts-uses_ai"),
        ({"area": "moon"}, "parts-area"),
        ({"area": "none,moon"}, "parts-area"),
        ({"learns": "fixed,retrained"}, "parts-learns"),
        ({"staff_management": "x" * 100_000}, "parts-staff_management"),
        ({"scores": "yes", "a5c_behaviour": ""}, "parts-a5c_behaviour"),
        ({"scores": "yes", "a5c_behaviour": "perhaps"}, "parts-a5c_behaviour"),
    ],
)
def test_a_question_or_an_open_list_without_answer_is_refused_at_its_place(
    changes: dict[str, str], place: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        assess_project(a_draft_project(), answers(**changes))

    assert refusal.value.field == place


@pytest.mark.parametrize(
    ("beside", "place"),
    [
        ({"confirmed_by": "DPD"}, "parts-confirmed_on"),
        ({"confirmed_on": DAY}, "parts-confirmed_by"),
        ({"confirmed_by": "DPD", "confirmed_on": date(2999, 1, 1)}, "parts-confirmed_on"),
        ({"note_text": "Permis."}, "parts-note_author"),
        ({"note_author": "Avocate"}, "parts-note_text"),
        ({"note_link": "https://exemple.fr/note"}, "parts-note_text"),
        ({**NOTE, "note_on": date(2999, 1, 1)}, "parts-note_on"),
        ({**NOTE, "note_link": "javascript:alert(1)"}, "parts-note_link"),
        ({**NOTE, "note_text": "x" * 6000}, "parts-note_text"),
    ],
)
def test_a_confirmation_and_a_note_have_an_author_and_a_day(
    beside: dict[str, str | date], place: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        assess_project(a_draft_project(), answers(), **beside)  # type: ignore[arg-type]

    assert refusal.value.field == place


def test_nobody_confirms_answers_they_have_not_seen() -> None:
    project = a_draft_project()
    confirmed = {"confirmed_by": "DPD", "confirmed_on": DAY}
    assess_project(project, answers(), **confirmed)  # type: ignore[arg-type]

    assess_project(project, answers(), text="Une phrase de plus.", **confirmed)  # type: ignore[arg-type]
    with pytest.raises(DomainError) as refusal:
        assess_project(project, answers(scores="yes"), **confirmed)  # type: ignore[arg-type]
    assess_project(project, answers(scores="yes"), confirmed_by="DPD", confirmed_on=DAY + timedelta(days=1))

    assert refusal.value.field == "parts-confirmed_on"
    assert kept_parts(project)["confirmed_on"] == "2026-01-13"


def test_a_colleagues_newer_answers_are_never_overwritten() -> None:
    project = a_draft_project()
    assess_project(project, answers(), revision=0)

    with pytest.raises(Conflict):
        assess_project(project, answers(scores="yes"), revision=0)

    assert kept_parts(project)["scores"] == "no"


def test_only_those_who_write_the_dossier_answer() -> None:
    project = a_draft_project()

    for member in (a_member(Role.OFFICIAL, project.collectivity), a_member(Role.AGENT)):
        with pytest.raises(NotAllowed):
            assess_project(project, answers(), member=member)


def test_a_prohibited_practice_keeps_a_consultation_from_opening_until_a_note_is_attached() -> None:
    project = a_complete_project()
    assess_project(project, FORBIDDEN)
    before = [one.name for one in missing_in(working_snapshot(project))]

    assess_project(project, FORBIDDEN, **NOTE)  # type: ignore[arg-type]

    assert before == ["risk_category"]
    assert "risk_category" not in [one.name for one in missing_in(working_snapshot(project))]


def test_the_first_page_asks_fourteen_questions_with_what_the_dossier_says_already(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    answer_field(project, "automation_level", state="answered", choice="fully_automated")
    db.session.commit()

    page = visitor.get(url(project)).text

    assert page.count("<fieldset") == 14
    assert 'value="fully_automated" checked' in page
    assert "a5a_harm" not in page


def test_continue_shows_the_lists_that_the_answers_call_for_and_stores_nothing(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    asked = {name: value for name, value in sent(scores="yes").items() if "_" not in name[7:] or name in (
        "parts-uses_ai", "parts-personal_data", "parts-public_space", "parts-final_say",
        "parts-talks_to_public", "parts-synthetic_content", "parts-staff_management")}  # fmt: skip

    page = post_form(visitor, url(project), lists="1", **asked)

    assert page.status_code == 200
    assert 'name="parts-a5c_behaviour"' in page.text and 'name="parts-a5f_place"' not in page.text
    assert 'id="parts-scores" name="parts-scores" type="radio" value="yes" checked' in page.text
    assert kept_class(project) is None


def test_continue_without_every_answer_says_which_one_lacks_and_keeps_the_others(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)

    page = post_form(visitor, url(project), lists="1", **{"parts-scores": "yes"})

    assert page.status_code == 422
    assert 'href="#parts-area"' in page.text and 'href="#parts-scores"' not in page.text
    assert 'value="yes" checked' in page.text


def test_a_list_that_lacks_an_answer_is_shown_with_what_was_typed(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    given = sent(scores="yes")
    del given["parts-a5c_behaviour"]

    page = post_form(visitor, url(project), text="Mes mots", **given)

    assert page.status_code == 422
    assert 'href="#parts-a5c_behaviour"' in page.text and "Mes mots" in page.text
    assert kept_class(project) is None


def test_answers_lead_to_a_page_with_class_reason_duties_dates_and_sources(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)

    answered = post_form(
        visitor,
        url(project),
        **sent(area="employment,public_assistance", decision="individual_administrative_decision"),
        answered_by="Service du personnel",
    )
    page = visitor.get(answered.location).text.replace("\u00a0", " ")

    assert answered.location.endswith("/indication")
    for words in ("Haut risque", "annexe III, point 4", "2 décembre 2027", "2 août 2030", "à vérifier",
                  "Service du personnel", "Non confirmée", "article L.311-3-1", "RGPD"):  # fmt: skip
        assert words in page, words


def test_answers_that_differ_from_the_dossier_are_shown_side_by_side(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    answer_field(project, "personal_data", state="answered", choice="identified")
    answer_field(project, "automation_level", state="answered", choice="information")
    assess_project(project, answers(personal_data="none", final_say="information"))
    db.session.commit()

    page = visitor.get(url(project, "/indication")).text

    assert "Le dossier dit autre chose" in page
    assert page.count("Le dossier répond") == 1


def test_two_people_who_answer_at_once_lose_neither_text(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    form = hidden_fields(visitor.get(url(project)).text)
    assess_project(project, answers(talks_to_public="yes"), text="Celui du collègue")
    db.session.commit()

    page = visitor.post(url(project), data={**form, **sent(scores="yes"), "text": "Le mien"})

    assert page.status_code == 422
    assert "Celui du collègue" in page.text and "Le mien" in page.text
    assert kept_class(project) == "transparency"


@pytest.mark.parametrize(
    "hostile",
    [
        {},
        {"parts-area": ["none", "employment", "x" * 200_000]},
        {"parts-uses_ai": ["yes", "no"]},
        {"parts-nonsense": "yes", "lists": "1"},
        {"revision": "999999999999999999"},
        {"parts-confirmed_on": "31/02/2027", "parts-confirmed_by": "DPD"},
        {"parts-note_on": "x" * 10_000, "parts-note_text": "\x00\x1b"},
        {"parts-note_link": "javascript:alert(1)", "parts-note_text": "x", "parts-note_author": "y",
         "parts-note_on": "2026-01-12"},
    ],
)  # fmt: skip
def test_what_a_browser_never_sends_is_refused_without_breaking_anything(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership, hostile: dict[str, str]
) -> None:
    project = a_draft_project(collectivity)

    alone = post_form(visitor, url(project), **hostile)
    among_answers = post_form(visitor, url(project), **{**sent(), **hostile})

    assert alone.status_code in (200, 422)
    assert among_answers.status_code in (200, 302, 422)


def published(project: Project) -> str:
    publish_dossier(project, reason="Les questions sur le droit")
    db.session.commit()
    return f"/projets/{project.slug}/dossier"


def test_the_public_reads_an_indication_with_its_trigger_its_article_and_who_confirmed_it(
    visitor: FlaskClient,
) -> None:
    project = a_complete_project()
    assess_project(
        project,
        answers(scores="yes", area="public_assistance"),
        answered_by="CCAS",
        confirmed_by="la déléguée à la protection des données",
        confirmed_on=DAY,
    )

    page = visitor.get(published(project)).text

    for words in ("Haut risque", "Indication, pas un avis juridique", "CCAS", "annexe III, point 5(a)",
                  "(la déléguée à la protection des données)", "Note-t-il des personnes"):  # fmt: skip
        assert words in page, words


def test_the_public_reads_the_lawyers_note_or_that_none_is_attached(visitor: FlaskClient) -> None:
    without, noted = a_complete_project(), a_complete_project()
    assess_project(without, FORBIDDEN)
    assess_project(noted, FORBIDDEN, **NOTE)  # type: ignore[arg-type]

    first, second = visitor.get(published(without)).text, visitor.get(published(noted)).text

    assert "Aucune consultation ne s’ouvre" in first
    assert "Le texte ne vise pas cet usage." in second and "Avocate" in second
    assert "Aucune consultation ne s’ouvre" not in second


def test_rules_that_changed_since_and_a_date_that_passed_are_said(visitor: FlaskClient) -> None:
    older, passed = a_complete_project(), a_complete_project()
    kept = assess_project(older, answers())
    kept.details = {**kept.details, "parts": {**kept.details["parts"], "rules_version": "2025-01-01"}}
    with clock.pretend(clock.now().replace(year=2026, month=11, day=20)):
        assess_project(passed, answers(synthetic_content="yes", **conditions_of("a5ba")))

    first = visitor.get(published(older)).text
    with clock.pretend(clock.now().replace(year=2027, month=3, day=1)):
        second = visitor.get(published(passed)).text

    assert "Les règles sont plus récentes" in first
    assert "Aux dates d’aujourd’hui" in second and "Pratique interdite" in second


def test_a_class_given_without_the_questions_says_so(visitor: FlaskClient) -> None:
    project = a_complete_project()

    page = visitor.get(f"/projets/{project.slug}/dossier").text

    assert "Cette classe a été donnée sans les questions" in page


def a_decision_on_one_person(project: Project) -> DossierAnswer:
    answer_field(project, "goal", state="answered", text="Attribuer les places en crèche.")
    answer_field(project, "contact", state="answered", text="Service petite enfance, 01 23 45 67 89")
    return answer_field(
        project, "decision_type", state="answered", choice="individual_administrative_decision"
    )


def test_the_mention_is_proposed_and_put_into_the_answer_after_what_was_typed(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    a_decision_on_one_person(project)
    db.session.commit()
    page = url(project).replace("risk_category", "explicit_mention")

    shown = visitor.get(page).text
    filled = post_form(visitor, page, propose="1", text="Déjà tapé", provenance="service", state="answered")

    assert "Attribuer les places en crèche" in shown
    assert filled.status_code == 200
    typed = filled.text.partition("<textarea")[2]
    assert typed.index("Déjà tapé") < typed.index("R.311-3-1-1")
    assert working_answer(project, "explicit_mention") is None


def test_no_mention_is_proposed_without_a_decision_about_one_person(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)

    page = visitor.get(url(project).replace("risk_category", "explicit_mention")).text

    assert "R.311-3-1-1" not in page
