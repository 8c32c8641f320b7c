"""The questions and the check-lists as data: what opens each list, and that no name is used twice."""

from datetime import date

import pytest

from participation.projects.dossier.choices import AUTOMATION_LEVELS, PERSONAL_DATA, RISK_CATEGORIES
from participation.projects.dossier.guidance.checklists import CHECKLISTS, FORBIDDEN, GROUNDS, Purpose
from participation.projects.dossier.guidance.confirming import ANSWERS, META, blocks_consultation
from participation.projects.dossier.guidance.outcome import SCALE
from participation.projects.dossier.guidance.questions import BY_KEY, QUESTIONS
from participation.projects.dossier.guidance.reading import open_checklists, read
from tests.projects.guidance.answer_sets import answers, conditions_of


def opened(**changes: str) -> set[str]:
    return {one.key for one in open_checklists(read(answers(**changes)))}


def test_there_are_fourteen_questions_ten_practices_and_four_grounds() -> None:
    items = [item.key for one in CHECKLISTS for item in one.items]

    assert (len(QUESTIONS), len(FORBIDDEN), len(GROUNDS)) == (14, 10, 4)
    assert len(ANSWERS) == len(QUESTIONS) + len(items)
    assert ANSWERS.isdisjoint(META)
    assert set(SCALE) < set(RISK_CATEGORIES)


def test_every_question_takes_an_unknown_answer_and_shares_the_lists_of_the_dossier() -> None:
    assert all("unknown" in one.choices for one in QUESTIONS)
    assert set(BY_KEY["final_say"].choices) == {*AUTOMATION_LEVELS, "unknown"}
    assert set(BY_KEY["personal_data"].choices) == {*PERSONAL_DATA, "unknown"}


@pytest.mark.parametrize(
    ("changes", "lists"),
    [
        ({}, set()),
        ({"talks_to_public": "yes"}, {"a5a"}),
        ({"affected": "vulnerable"}, {"a5b"}),
        ({"scores": "yes"}, {"a5a", "a5c"}),
        ({"decision": "control_or_enforcement"}, {"a5d"}),
        ({"biometrics": "yes", "scores": "yes"}, {"a5a", "a5c", "a5e", "a5g", "v1"}),
        ({"biometrics": "yes", "public_space": "yes", "scores": "yes"},
         {"a5a", "a5c", "a5e", "a5g", "a5h", "v1", "w248"}),
        ({"synthetic_content": "yes"}, {"a5a", "a5ba", "a5bb", "d50_4"}),
        ({"area": "education"}, {f"e63_{name}" for name in
                                 ("narrow", "improves", "deviations", "preparatory", "risk")}),
        ({"area": "education", "scores": "yes"}, {"a5a", "a5c"}),
        ({"area": "product"}, set()),
        ({"personal_data": "identified"}, {"w248"}),
        ({"uses_ai": "no", "scores": "yes", "personal_data": "identified"}, {"w248"}),
    ],
)  # fmt: skip
def test_a_list_opens_with_the_answer_that_calls_for_it(changes: dict[str, str], lists: set[str]) -> None:
    assert opened(**changes) == lists


def test_every_list_opens_for_an_unknown_answer() -> None:
    unknown = {one.key: "unknown" for one in QUESTIONS}

    assert opened(**unknown) == {one.key for one in CHECKLISTS}
    assert {one.purpose for one in CHECKLISTS} == set(Purpose)


NOTE = {"note_text": "Le texte ne l’interdit pas, car…", "note_author": "Avocate", "note_on": "2027-01-10"}


@pytest.mark.parametrize(
    ("answer", "is_blocked"),
    [
        (None, False),
        ({"choice": "high"}, False),
        ({"choice": "prohibited"}, True),
        ({"choice": "prohibited", "details": None}, True),
        ({"choice": "prohibited", "details": {"parts": NOTE}}, False),
        ({"choice": "prohibited", "details": {"parts": {**NOTE, "note_text": ""}}}, True),
        ({"choice": "prohibited", "details": {"parts": {**NOTE, "note_author": ""}}}, True),
        ({"choice": "prohibited", "details": {"parts": {**NOTE, "note_on": ""}}}, True),
    ],
)
def test_a_prohibited_practice_waits_for_a_lawyers_note(
    answer: dict[str, object] | None, is_blocked: bool
) -> None:
    assert blocks_consultation(answer, date(2027, 1, 15)) is is_blocked


def test_a_practice_that_a_date_forbids_blocks_from_that_day_on() -> None:
    parts = answers(synthetic_content="yes", **conditions_of("a5ba"))
    stored = {"choice": "transparency", "details": {"parts": parts}}

    assert not blocks_consultation(stored, date(2026, 12, 1))
    assert blocks_consultation(stored, date(2026, 12, 2))
    assert not blocks_consultation({**stored, "details": {"parts": parts | NOTE}}, date(2026, 12, 2))
