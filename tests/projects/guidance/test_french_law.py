"""What French law and the GDPR add to the AI Act, whatever the class."""

from datetime import date

import pytest

from participation.projects.dossier.guidance.outcome import Consequence
from participation.projects.dossier.guidance.rules import assess
from tests.projects.guidance.answer_sets import answers

TODAY = date(2027, 1, 15)
PERSONAL = {"decision": "individual_administrative_decision", "final_say": "human_validated"}
ALONE = {"decision": "individual_administrative_decision", "final_say": "fully_automated"}


def confirmed(found: tuple[Consequence, ...]) -> dict[str, bool]:
    return {one.law.key: not one.is_to_confirm for one in found}


@pytest.mark.parametrize("uses_ai", ["yes", "no", "unknown"])
def test_a_decision_about_a_person_bears_the_mention_whatever_the_size(uses_ai: str) -> None:
    indication = assess(answers(uses_ai=uses_ai, **PERSONAL), TODAY, population=300)

    assert indication.needs_mention
    assert confirmed(indication.decisions)["explanation"]
    assert "nullity" not in confirmed(indication.decisions)


@pytest.mark.parametrize(
    ("population", "is_owed"), [(300, False), (3500, False), (3501, True), (80_000, True), (None, False)]
)
def test_the_rules_are_published_above_the_threshold(population: int | None, is_owed: bool) -> None:
    indication = assess(answers(**PERSONAL), TODAY, population=population)

    assert confirmed(indication.decisions)["publication"] is is_owed


def test_the_machine_alone_is_void_without_the_mention_and_may_not_learn_or_use_sensitive_data() -> None:
    indication = assess(answers(**ALONE, personal_data="sensitive", learns="self_learning"), TODAY)

    said = [(one.law.key, one.is_to_confirm) for one in indication.decisions]
    assert said.count(("nullity", False)) == 2
    assert ("self_learning", False) in said
    assert confirmed(indication.privacy)["gdpr_automated"]


def test_a_machine_that_stays_as_it_is_and_uses_plain_data_may_decide_with_the_mention() -> None:
    indication = assess(answers(**ALONE, personal_data="identified"), TODAY)

    said = [one.law.key for one in indication.decisions]
    assert said.count("nullity") == 1
    assert "self_learning" not in said


@pytest.mark.parametrize(
    "changes",
    [
        {"decision": "unknown"},
        {"decision": "control_or_enforcement"},
        {"decision": "ranking_or_priority"},
        {**PERSONAL, "final_say": "unknown"},
    ],
)
def test_what_is_not_known_is_to_be_confirmed(changes: dict[str, str]) -> None:
    decisions = assess(answers(**changes), TODAY).decisions

    assert any(one.is_to_confirm for one in decisions)


def test_who_decides_not_known_leaves_nullity_and_learning_to_be_confirmed() -> None:
    changes = {**PERSONAL, "final_say": "unknown", "learns": "unknown", "personal_data": "unknown"}

    decisions = assess(answers(**changes), TODAY).decisions

    assert confirmed(decisions)["nullity"] is False
    assert confirmed(decisions)["self_learning"] is False


def test_without_decision_no_mention_is_owed_but_documents_may_be_asked_for() -> None:
    indication = assess(answers(), TODAY)

    assert not indication.needs_mention
    assert confirmed(indication.decisions) == {"explanation": True, "documents": True}


def test_personal_data_bring_register_information_and_screening() -> None:
    privacy = assess(answers(personal_data="pseudonymised"), TODAY).privacy

    assert set(confirmed(privacy)) == {"gdpr_basis", "gdpr_information", "gdpr_register", "gdpr_dpia"}


def test_filming_people_is_personal_data_to_be_confirmed() -> None:
    privacy = confirmed(assess(answers(public_space="yes"), TODAY).privacy)

    assert (privacy["public_space"], privacy["gdpr_register"]) == (True, False)


def test_without_personal_data_the_page_still_says_when_the_gdpr_begins() -> None:
    (only,) = assess(answers(), TODAY).privacy

    assert only.words != only.law.says
    assert str(only.words)


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({}, 1),
        ({"uses_ai": "no"}, 0),
        ({"scores": "yes"}, 2),
        (ALONE, 2),
        (PERSONAL, 1),
        ({"public_space": "yes"}, 2),
        ({"staff_management": "yes"}, 2),
        ({"personal_data": "sensitive"}, 2),
        ({"personal_data": "biometric"}, 2),
        ({"w248_scale": "yes"}, 2),
        ({"w248_crossing": "yes"}, 2),
        ({"w248_blocks": "yes"}, 2),
        ({"affected": "vulnerable"}, 2),
        ({"affected": "staff"}, 2),
        ({"scores": "yes", "affected": "residents,vulnerable", "personal_data": "sensitive"}, 4),
    ],
)
def test_the_nine_criteria_are_counted(changes: dict[str, str], met: int) -> None:
    assert assess(answers(**changes), TODAY).screening.count == met


def test_two_criteria_call_for_an_impact_assessment_and_unknown_ones_leave_it_open() -> None:
    called = assess(answers(personal_data="identified", scores="yes"), TODAY)
    open_still = assess(answers(personal_data="identified", w248_scale="unknown", decision="unknown",
                                final_say="fully_automated"), TODAY)  # fmt: skip

    assert confirmed(called.privacy)["gdpr_dpia"] is True
    assert confirmed(open_still.privacy)["gdpr_dpia"] is False
    assert len(open_still.screening.unknown) == 2
