"""The dossiers of the demo town, read in their tales: whole, in their own words, with figures that hold."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from participation.demo import answers, tales
from participation.demo.tales import Calendar, Tale
from participation.projects.dossier.conditions import conditions_of, values_of
from participation.projects.dossier.details import checked_details
from participation.projects.dossier.field import Condition
from participation.projects.dossier.fields import BY_NAME
from participation.projects.dossier.figures import Figure, promised_and_measured
from participation.projects.dossier.gate import asked_fields
from participation.projects.dossier.guidance.questions import QUESTIONS as LAW_QUESTIONS
from participation.projects.dossier.guidance.reading import ITEMS
from participation.projects.dossier.guidance.rules import assess
from participation.projects.dossier.parts import FIGURES
from participation.projects.dossier.policies import policy_of
from participation.projects.dossier.questions import QUESTIONS

# Two projects may share a label or a source; never what is said of them.
SHARED_AT_MOST = 80
CALENDAR = Calendar(datetime(2026, 11, 22, 12, tzinfo=UTC))
TALES = {tale["slug"]: tale for tale in tales.projects()}
# Told beside the answers, by the project itself.
TOLD_APART = {"name", "description_short"}
TEXTS = ("value", "comment", "short", "reason")
EVERY_TALE = pytest.mark.parametrize("slug", TALES)


def plain(tale: Tale) -> dict[str, dict[str, Any]]:
    """Returns the answers of a tale as a snapshot holds them."""
    written = {name: answers.values(name, told, CALENDAR) for name, told in tale["answers"].items()}
    written["risk_category"]["details"]["parts"] = tale["answers"]["risk_category"]["law"]
    return {name: {**answer, "state": answer["state"].value} for name, answer in written.items()}


def words_in(value: Any) -> Iterator[str]:
    """Yields every text in an answer, those of its parts, rows, figures and first version included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from words_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from words_in(one)


def numbers_in(words: str) -> set[str]:
    """Returns the numbers of a text, without the spaces between their thousands."""
    return {re.sub(r"[\u00a0\u202f ]", "", one) for one in re.findall(r"\d[\d\u00a0\u202f]*(?:,\d+)?", words)}


def test_no_two_projects_say_the_same_thing() -> None:
    said_by: dict[str, set[str]] = defaultdict(set)
    for slug, tale in TALES.items():
        for words in words_in(tale["answers"]):
            if len(words) > SHARED_AT_MOST:
                said_by[" ".join(words.casefold().split())].add(slug)

    assert not {words: slugs for words, slugs in said_by.items() if len(slugs) > 1}


@EVERY_TALE
def test_a_tale_answers_every_question_asked_of_its_project(slug: str) -> None:
    written = plain(TALES[slug])

    asked = {field.name for field in asked_fields(written)} - TOLD_APART

    assert not asked - written.keys()


@EVERY_TALE
def test_an_early_version_answers_every_question_asked_of_it(slug: str) -> None:
    tale = TALES[slug]
    begun = {**tale, "answers": {name: answers.early(told) for name, told in tale["answers"].items()}}
    written = plain(begun)

    asked = {field.name for field in asked_fields(written)} - TOLD_APART

    assert not asked - written.keys()


@EVERY_TALE
def test_no_unknown_answer_gives_a_reason_that_another_one_gives(slug: str) -> None:
    reasons = [told["reason"] for told in TALES[slug]["answers"].values() if "reason" in told]

    assert len(reasons) == len(set(reasons))


@EVERY_TALE
def test_the_ten_questions_of_a_resident_have_an_answer(slug: str) -> None:
    tale = TALES[slug]
    told = {*tale["answers"], *TOLD_APART, "status"}
    if tale["open_points"] or tale["already_decided"]:
        told.add("open_questions")

    missing = {one.key: set(one.fields) - told for one in QUESTIONS}

    assert not {key: fields for key, fields in missing.items() if fields}
    assert all(tale["answers"][name].get("short") for name in tale["answers"] if BY_NAME[name].has_short)


@EVERY_TALE
def test_parts_rows_and_figures_are_those_of_their_field(slug: str) -> None:
    for name, answer in plain(TALES[slug]).items():
        assert checked_details(BY_NAME[name], answer["details"]) == answer["details"], name


@EVERY_TALE
def test_every_figure_says_its_kind_its_baseline_its_source_and_its_date(slug: str) -> None:
    figures = [figure for answer in plain(TALES[slug]).values() for figure in answer["details"]["figures"]]

    assert figures
    for figure in figures:
        assert set(figure) == {part.name for part in FIGURES}
        assert all(value.strip() for value in figure.values())


@EVERY_TALE
def test_a_budget_gives_the_same_numbers_in_its_sentences_and_in_its_figures(slug: str) -> None:
    budget = TALES[slug]["answers"]["budget"]
    written = numbers_in(budget["value"])

    for figure in budget["figures"]:
        assert numbers_in(figure["value"]) & written, figure["what"]


@pytest.mark.parametrize("slug", ["capteurs-batiments", "fuites-eau", "charte-ia"])
def test_what_was_promised_stands_beside_what_was_measured(slug: str) -> None:
    figures = [
        Figure(**figure) for answer in plain(TALES[slug]).values() for figure in answer["details"]["figures"]
    ]

    assert [pair.what for pair in promised_and_measured(figures) if pair.promised and pair.measured]


@EVERY_TALE
def test_a_sub_policy_belongs_to_its_policy(slug: str) -> None:
    policy = TALES[slug]["answers"]["policy"]

    assert policy_of(policy["parts"]["sub_policy"]) == policy["value"]


def test_one_project_is_honest_about_several_things_it_does_not_know() -> None:
    unknown = {
        slug: [told for told in tale["answers"].values() if told["state"] == "not_known_yet"]
        for slug, tale in TALES.items()
    }

    assert max(len(found) for found in unknown.values()) >= 3
    assert all(told["owner"] and "due_day" in told for found in unknown.values() for told in found)


def test_one_answer_is_overdue_while_its_consultation_is_open() -> None:
    opened = [tale for tale in TALES.values() if tale["milestones"].get("closes_day", -1) >= 0]

    assert [told for tale in opened for told in tale["answers"].values() if told.get("due_day", 0) < 0]


def test_one_project_follows_rules_only_and_carries_the_explicit_mention() -> None:
    written = plain(TALES["places-creche"])
    mention = written["explicit_mention"]

    assert values_of(written, "algorithm_type") == {"rules"}
    assert Condition.INDIVIDUAL_DECISION in conditions_of(written)
    assert "L.\u00a0311-3-1" in mention["text"] and "R.\u00a0311-3-1-1" in mention["text"]
    assert mention["details"]["parts"]["rules"].startswith("https://")


def test_one_project_is_treated_as_high_risk_because_of_a_doubt() -> None:
    written = plain(TALES["capteurs-sonores"])

    assert values_of(written, "risk_category") == {"doubt"}
    assert {Condition.HIGH_RISK, Condition.PUBLIC_SPACE} <= conditions_of(written)


@EVERY_TALE
def test_the_class_of_risk_is_the_one_the_guidance_computes(slug: str) -> None:
    told = TALES[slug]["answers"]["risk_category"]

    for version in (told, answers.early(told)):
        given = {**dict.fromkeys(ITEMS, "no"), **version["law"]}

        assert {one.key for one in LAW_QUESTIONS} <= set(version["law"]) <= set(given)
        assert assess(given, CALENDAR.built_at.date()).category == version["value"]


def test_one_project_was_done_without_artificial_intelligence() -> None:
    tale = TALES["capteurs-batiments"]
    written = plain(tale)

    assert tale["decision"]["outcome"] == "without_ai"
    assert values_of(written, "algorithm_type") == {"rules"}
    assert values_of(written, "risk_category") == {"outside"}


@EVERY_TALE
def test_french_punctuation_never_begins_a_line(slug: str) -> None:
    said = [words for words in words_in(TALES[slug]["answers"]) if not words.startswith("https://")]

    assert not [words for words in said if re.search(r"(?<=\w) [:;?!%€»]|« |'", words)]
