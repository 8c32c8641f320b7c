"""Answers with parts, rows and figures: what is kept, what is refused, how many more rows one gets."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.projects.actions import answer_field, publish_dossier, put_off_answers
from participation.projects.dossier.field import Condition, Gate, Kind, Section
from participation.projects.dossier.fields import BY_NAME, FIELDS
from participation.projects.dossier.gate import completeness_of, missing_in
from participation.projects.models import Project
from participation.projects.queries import working_answer, working_snapshot
from tests.factories.projects import a_complete_project, a_draft_project
from tests.forms import hidden_fields, post_form

SignIn = Callable[[FlaskClient, Person], None]
DAY = date(2027, 3, 12)
FIGURE = {
    "what": "Appels perdus",
    "kind": "target",
    "value": "15 %",
    "baseline": "41 % l’an dernier",
    "source": "Mesure du standard",
}


def answer(project: Project, name: str, **values: Any) -> None:
    answer_field(project, name, state="answered", **values)


def url(project: Project, name: str) -> str:
    return f"/gestion/{project.collectivity.slug}/projets/{project.slug}/dossier/{name}"


TICKED = {"state": "answered", "provenance": "service"}


def sent(place: str, number: int, values: dict[str, str]) -> dict[str, str]:
    return {f"{place}-{number}-{name}": value for name, value in values.items()}


def test_there_are_sixty_fields_numbered_in_their_order_in_ten_sections() -> None:
    assert [one.number for one in FIELDS] == list(range(1, 61))
    assert list(dict.fromkeys(one.section for one in FIELDS)) == list(Section)


def test_the_draft_and_the_hard_gate_are_those_that_were_decided() -> None:
    assert [one.number for one in FIELDS if one.is_draft] == [1, 2, 3, 6, 9, 11, 14, 19, 23, 57]
    hard = {one.number for one in FIELDS if one.gate is Gate.HARD}
    assert hard == {1, 2, 3, 6, 9, 11, 14, 19, 23, 57, 15, 26, 36, 39, 44, 58}


def test_every_field_says_which_attributes_of_standards_it_fills_or_is_our_own() -> None:
    ours = {5, 16, 27, 28, 53, 54, 55, 56, 57, 58, 59}

    for one in FIELDS:
        assert bool(one.maps) or one.number in ours, one.name


@pytest.mark.parametrize("one", [one for one in FIELDS if one.kind is Kind.CHOICES], ids=lambda one: one.name)
def test_several_values_of_a_closed_list_are_kept_and_another_is_refused(one: Any) -> None:
    project = a_draft_project()
    first, second = list(one.choices)[:2]

    answer(project, one.name, choice=f"{first},{second}")

    kept = working_answer(project, one.name)
    assert kept is not None and kept.choice == f"{first},{second}"
    with pytest.raises(DomainError) as refusal:
        answer(project, one.name, choice=f"{first},toto")
    assert refusal.value.field == "choice"


@pytest.mark.parametrize(
    ("name", "details", "place"),
    [
        ("begin_date", {"parts": {}}, "parts-begin"),
        ("begin_date", {"parts": {"begin": "2027-13"}}, "parts-begin"),
        ("area", {"parts": {"latitude": "quarante"}}, "parts-latitude"),
        ("contact", {"parts": {"email": "accueil"}}, "parts-email"),
        ("policy", {"parts": {"sub_policy": "flood-forecast"}}, "parts-sub_policy"),
        ("publiccode", {"parts": {"code": "javascript:alert(1)"}}, "parts-code"),
        ("risks", {"rows": [{"risk": "Se tromper"}]}, "rows-0-mitigation"),
        ("impact_assessments", {"rows": [{}, {"title": "AIPD", "status": "toto"}]}, "rows-1-status"),
        ("benefit", {"figures": [{**FIGURE, "source": ""}]}, "figures-0-source"),
        ("benefit", {"figures": [{**FIGURE, "kind": "sure"}]}, "figures-0-kind"),
        ("evaluation_date", {"parts": {"planned": "31/02/2027"}}, "parts-planned"),
    ],
)
def test_a_part_that_is_wrong_is_refused_at_its_place(name: str, details: dict[str, Any], place: str) -> None:
    project = a_draft_project()

    with pytest.raises(DomainError) as refusal:
        answer(
            project, name, text="Une phrase.", choice=next(iter(BY_NAME[name].choices), ""), details=details
        )

    assert refusal.value.field == place


def test_empty_rows_are_left_out_and_unknown_names_never_reach_the_database() -> None:
    project = a_draft_project()

    answer(
        project,
        "risks",
        details={"rows": [{}, {"risk": "Se tromper", "mitigation": "Relire", "toto": "x"}], "toto": 1},
    )

    kept = working_answer(project, "risks")
    assert kept is not None
    assert kept.details == {
        "parts": {},
        "rows": [{"risk": "Se tromper", "mitigation": "Relire"}],
        "figures": [],
    }


def test_a_field_with_rows_may_be_answered_in_sentences_instead() -> None:
    project = a_draft_project()

    answer(project, "risks", text="Rien de grave.")

    with pytest.raises(DomainError):
        answer(project, "impact_assessments")


def test_the_form_keeps_parts_rows_and_figures_as_they_were_typed(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)

    post_form(visitor, url(project, "begin_date"), **TICKED, **{"parts-begin": "03/2027"})
    post_form(
        visitor,
        url(project, "budget"),
        text="Dix mille euros.",
        **TICKED,
        **{"parts-range": "under_50k"},
        **sent("figures", 0, FIGURE),
    )
    page = visitor.get(url(project, "budget"))

    begin = working_answer(project, "begin_date")
    budget = working_answer(project, "budget")
    assert begin is not None and begin.details["parts"] == {"begin": "2027-03"}
    assert budget is not None and budget.details["figures"] == [FIGURE]
    assert "41 % l’an dernier" in page.text
    assert 'name="figures-2-what"' in page.text and 'name="figures-3-what"' not in page.text


def test_asking_for_more_rows_keeps_what_was_typed_and_stores_nothing(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    typed = sent("rows", 1, {"risk": "Se tromper de nom"})

    page = post_form(visitor, url(project, "risks"), more="rows", **typed)

    assert page.status_code == 200 and "Se tromper de nom" in page.text
    assert 'name="rows-3-risk"' in page.text and 'name="rows-4-risk"' not in page.text
    assert working_answer(project, "risks") is None


def test_a_refused_row_says_so_beside_it_and_in_the_summary(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)

    page = post_form(
        visitor, url(project, "risks"), **TICKED, **sent("rows", 0, {"risk": "Se tromper de nom"})
    )

    assert page.status_code == 422
    assert 'href="#rows-0-mitigation"' in page.text and "Se tromper de nom" in page.text


@pytest.mark.parametrize("row", ["rows-99-risk", "rows--1-risk", "rows-١-risk", "rows-x-risk", "rows-"])
def test_row_numbers_a_browser_never_sends_break_nothing(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership, row: str
) -> None:
    project = a_draft_project(collectivity)

    page = post_form(visitor, url(project, "risks"), **{row: "Se tromper"})

    assert page.status_code == 422 and page.text.count('-risk"') < 200


def test_two_people_who_answer_the_same_rows_lose_neither_text(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_draft_project(collectivity)
    form = hidden_fields(visitor.get(url(project, "risks")).text)
    answer(project, "risks", details={"rows": [{"risk": "Celui du collègue", "mitigation": "Relire"}]})
    db.session.commit()

    mine = sent("rows", 0, {"risk": "Le mien", "mitigation": "Compter"})
    page = visitor.post(
        url(project, "risks"), data={**form, "provenance": "service", "state": "answered", **mine}
    )

    assert page.status_code == 422
    assert "Celui du collègue" in page.text and "Le mien" in page.text


def test_what_is_asked_depends_on_what_the_project_says_of_itself() -> None:
    project = a_draft_project()
    answer(project, "personal_data", choice="none")
    answer(project, "algorithm_type", choice="rules")
    harmless = {one.name for one in missing_in(working_snapshot(project))}

    answer(project, "personal_data", choice="identified")
    answer(project, "algorithm_type", choice="generative")
    answer(project, "decision_type", choice="individual_administrative_decision")
    heavier = {one.name for one in missing_in(working_snapshot(project))}

    more = {"special_categories", "data_sharing", "retention_period", "security_measures"}
    more |= {"generative_disclosure", "training_data", "explicit_mention"}
    assert heavier - harmless == more
    assert BY_NAME["explicit_mention"].conditions == {Condition.INDIVIDUAL_DECISION}


def test_a_section_is_told_in_counts() -> None:
    project = a_draft_project(policy="")
    answer(project, "department", text="L’accueil")
    answer_field(project, "area", state="not_applicable", reason="Tout le territoire")

    counts = completeness_of(working_snapshot(project)["answers"])[Section.IDENTITY]

    assert (counts.asked, counts.answered, counts.not_applicable, counts.missing) == (8, 3, 1, 4)


def test_what_remains_is_put_off_at_once_but_for_the_hard_questions() -> None:
    project = a_draft_project()

    put = put_off_answers(project, reason="En cours", owner="La DSI", due_on=DAY, section=Section.WHY)
    put_off_answers(project, reason="En cours", owner="La DSI", due_on=DAY)

    assert [one.name for one in put] == ["benefit", "previous_process", "scope_exclusions"]
    assert all(one.is_hard for one in missing_in(working_snapshot(project)))
    with pytest.raises(DomainError):
        put_off_answers(project, reason="En cours", owner="La DSI", due_on=DAY)


def test_the_dossier_shows_parts_rows_and_what_was_promised_beside_what_was_measured(
    visitor: FlaskClient,
) -> None:
    project = a_complete_project()
    measured = {**FIGURE, "kind": "measured", "value": "12 %", "what": "appels  perdus"}
    other = {**FIGURE, "what": "Attente", "value": "2 min"}
    answer(project, "benefit", text="Moins d’attente.", details={"figures": [FIGURE, other, measured]})
    answer(project, "begin_date", details={"parts": {"begin": "2027-03"}})
    publish_dossier(project, reason="Les chiffres")

    page = visitor.get(f"/projets/{project.slug}/dossier").text

    assert "mars 2027" in page
    assert page.index("15 %") < page.index("12 %") < page.index("2 min")
