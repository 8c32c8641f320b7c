"""The class that a set of answers gives, on a day: every branch, and the day before and of every date."""

from datetime import date

import pytest

from participation.projects.dossier.guidance.questions import QUESTIONS
from participation.projects.dossier.guidance.rules import assess
from tests.projects.guidance.answer_sets import all_of, answers, conditions_of

TODAY = date(2027, 1, 15)
PREPARATORY = all_of("e63_preparatory") | all_of("e63_risk")

CASES: list[tuple[dict[str, str], str, set[str]]] = [
    # Nothing triggers; outside the AI Act.
    ({}, "minimal", set()),
    ({"affected": "none"}, "minimal", set()),
    ({"affected": "vulnerable"}, "minimal", set()),
    ({"affected": "residents,vulnerable,staff"}, "minimal", set()),
    ({"public_space": "yes"}, "minimal", set()),
    ({"personal_data": "sensitive"}, "minimal", set()),
    ({"decision": "ranking_or_priority", "final_say": "decision_support"}, "minimal", set()),
    ({"scores": "yes"}, "minimal", set()),
    ({"uses_ai": "no"}, "outside", {"definition"}),
    ({"uses_ai": "no", "decision": "individual_administrative_decision"}, "outside", {"definition"}),
    ({"uses_ai": "no", "area": "employment"}, "outside", {"definition"}),
    ({"uses_ai": "no", "scores": "yes", **conditions_of("a5c")}, "outside", {"definition"}),
    ({"uses_ai": "no", "area": "unknown"}, "outside", {"definition"}),
    # Article 5, each practice whole.
    ({"talks_to_public": "yes", **conditions_of("a5a")}, "prohibited", {"5a", "50_1"}),
    ({"synthetic_content": "yes", **conditions_of("a5a")}, "prohibited", {"5a", "50_2"}),
    ({"affected": "vulnerable", **conditions_of("a5b")}, "prohibited", {"5b"}),
    ({"scores": "yes", **conditions_of("a5c")}, "prohibited", {"5c"}),
    ({"area": "law_enforcement", **conditions_of("a5d")}, "prohibited", {"5d", "annex_3_6"}),
    ({"decision": "control_or_enforcement", **conditions_of("a5d")}, "prohibited", {"5d"}),
    ({"biometrics": "yes", **conditions_of("a5e")}, "prohibited", {"5e", "annex_3_1"}),
    ({"emotions": "yes", **conditions_of("a5f")}, "prohibited", {"5f", "annex_3_1", "50_3"}),
    ({"biometrics": "yes", **conditions_of("a5g")}, "prohibited", {"5g", "annex_3_1", "50_3"}),
    (
        {"biometrics": "yes", "public_space": "yes", **conditions_of("a5h")},
        "prohibited",
        {"5h", "annex_3_1"},
    ),
    ({"synthetic_content": "yes", **conditions_of("a5ba")}, "prohibited", {"5ba", "50_2"}),
    ({"synthetic_content": "yes", **conditions_of("a5bb")}, "prohibited", {"5bb", "50_2"}),
    # Article 5, one condition lacks, or a way out is shown; one that is not known shows nothing.
    ({"scores": "yes", **conditions_of("a5c"), "a5c_consequence": "no"}, "minimal", set()),
    ({"area": "law_enforcement", **all_of("a5d")}, "high", {"annex_3_6"}),
    ({"emotions": "yes", **all_of("a5f")}, "high", {"annex_3_1", "50_3"}),
    (
        {"emotions": "yes", **conditions_of("a5f"), "a5f_safety": "unknown"},
        "prohibited",
        {"5f", "annex_3_1", "50_3"},
    ),
    ({"biometrics": "yes", **conditions_of("a5h")}, "high", {"annex_3_1"}),
    # A practice that nothing opens is not judged.
    (conditions_of("a5c"), "minimal", set()),
    # Article 5 in doubt.
    ({"scores": "yes", "a5c_behaviour": "unknown", "a5c_consequence": "yes"}, "doubt", set()),
    ({"scores": "unknown", **conditions_of("a5c")}, "prohibited", {"5c"}),
    ({"biometrics": "yes", **all_of("a5g", "unknown")}, "doubt", {"annex_3_1"}),
    ({"uses_ai": "unknown", "scores": "yes", **conditions_of("a5c")}, "prohibited", {"5c"}),
    # Annex III and annex I.
    ({"area": "biometrics", "biometrics": "yes"}, "high", {"annex_3_1"}),
    ({"area": "infrastructure"}, "high", {"annex_3_2"}),
    ({"area": "education"}, "high", {"annex_3_3"}),
    ({"area": "employment"}, "high", {"annex_3_4"}),
    ({"area": "public_assistance"}, "high", {"annex_3_5a"}),
    ({"area": "emergency"}, "high", {"annex_3_5d"}),
    ({"area": "law_enforcement"}, "high", {"annex_3_6"}),
    ({"area": "democracy"}, "high", {"annex_3_8b"}),
    ({"area": "other_listed"}, "high", {"annex_3_other"}),
    ({"area": "product"}, "high", {"annex_1"}),
    ({"area": "product,employment"}, "high", {"annex_1", "annex_3_4"}),
    ({"biometrics": "yes"}, "high", {"annex_3_1"}),
    ({"emotions": "yes"}, "high", {"annex_3_1", "50_3"}),
    ({"staff_management": "yes"}, "high", {"annex_3_4"}),
    # Checking one person; sorting them is more than that.
    ({"biometrics": "yes", "v1_one_to_one": "yes"}, "minimal", set()),
    ({"biometrics": "yes", "v1_one_to_one": "unknown"}, "high", {"annex_3_1"}),
    ({"biometrics": "yes", "v1_one_to_one": "yes", "a5g_sorts": "yes"}, "high", {"annex_3_1", "50_3"}),
    ({"biometrics": "yes", "v1_one_to_one": "yes", "emotions": "yes"}, "high", {"annex_3_1", "50_3"}),
    # The exception of Article 6(3).
    ({"area": "public_assistance", **PREPARATORY}, "minimal", set()),
    ({"area": "employment", **all_of("e63_narrow"), **all_of("e63_risk")}, "minimal", set()),
    ({"area": "employment", **all_of("e63_improves"), **all_of("e63_risk")}, "minimal", set()),
    ({"area": "education", **all_of("e63_deviations"), **all_of("e63_risk")}, "minimal", set()),
    ({"area": "education", **all_of("e63_deviations")}, "high", {"annex_3_3"}),
    ({"area": "education", **PREPARATORY, "e63_preparatory_judgement": "unknown"}, "high", {"annex_3_3"}),
    ({"area": "education", **PREPARATORY, "e63_no_risk": "unknown"}, "high", {"annex_3_3"}),
    ({"area": "public_assistance", "scores": "yes", **PREPARATORY}, "high", {"annex_3_5a", "6_3"}),
    ({"area": "public_assistance", "scores": "unknown", **PREPARATORY}, "high", {"annex_3_5a"}),
    ({"area": "product", **PREPARATORY}, "high", {"annex_1"}),
    ({"area": "education", "talks_to_public": "yes", **PREPARATORY}, "transparency", {"50_1"}),
    # Transparency, alone and beside high risk.
    ({"talks_to_public": "yes"}, "transparency", {"50_1"}),
    ({"synthetic_content": "yes"}, "transparency", {"50_2"}),
    ({"synthetic_content": "yes", "d50_4_fake": "yes"}, "transparency", {"50_2", "50_4"}),
    ({"synthetic_content": "yes", "d50_4_text": "yes"}, "transparency", {"50_2", "50_4"}),
    ({"talks_to_public": "yes", "synthetic_content": "yes"}, "transparency", {"50_1", "50_2"}),
    ({"talks_to_public": "yes", "area": "public_assistance"}, "high", {"annex_3_5a", "50_1"}),
    # Doubt: an answer that could make the class heavier, a use between two classes, a contradiction.
    ({"area": "plates"}, "doubt", set()),
    ({"area": "plates", "staff_management": "yes"}, "high", {"annex_3_4"}),
    ({"area": "unknown", "talks_to_public": "yes"}, "doubt", {"50_1"}),
    ({"area": "none,employment"}, "high", {"annex_3_4"}),
    ({"talks_to_public": "unknown", "area": "education"}, "high", {"annex_3_3"}),
    ({"learns": "unknown", "talks_to_public": "yes"}, "transparency", {"50_1"}),
    ({"uses_ai": "unknown", "area": "education"}, "doubt", {"annex_3_3"}),
    ({"personal_data": "biometric"}, "doubt", set()),
    ({"area": "biometrics"}, "high", {"annex_3_1"}),
    ({"affected": "none", "scores": "yes"}, "doubt", set()),
    ({"affected": "none", "decision": "individual_administrative_decision"}, "doubt", set()),
    ({"affected": "none,residents"}, "doubt", set()),
    # What is no answer counts as «I don’t know».
    ({"uses_ai": "perhaps"}, "doubt", set()),
    ({"area": "moon"}, "doubt", set()),
    ({"area": "x" * 100_000}, "doubt", set()),
    ({"nonsense": "yes"}, "minimal", set()),
]


@pytest.mark.parametrize(("changes", "category", "laws"), CASES)
def test_answers_give_a_class_with_what_triggered_it(
    changes: dict[str, str], category: str, laws: set[str]
) -> None:
    indication = assess(answers(**changes), TODAY)

    assert indication.category == category
    assert {reason.law.key for reason in indication.reasons} == laws
    assert indication.decisions and indication.privacy


@pytest.mark.parametrize("key", [one.key for one in QUESTIONS])
def test_no_question_left_unknown_gives_minimal(key: str) -> None:
    unknown = assess(answers(**{key: "unknown"}), TODAY)
    missing = assess({name: value for name, value in answers().items() if name != key}, TODAY)

    for indication in (unknown, missing):
        assert indication.category == "doubt"
        assert key in {reason.question for reason in indication.doubts}


def test_without_any_answer_everything_is_in_doubt() -> None:
    indication = assess({}, TODAY)

    assert indication.category == "doubt"
    assert indication.decisions and indication.privacy


@pytest.mark.parametrize(
    ("changes", "law", "day"),
    [
        ({"talks_to_public": "yes", **conditions_of("a5a")}, "5a", date(2025, 2, 2)),
        ({"affected": "vulnerable", **conditions_of("a5b")}, "5b", date(2025, 2, 2)),
        ({"scores": "yes", **conditions_of("a5c")}, "5c", date(2025, 2, 2)),
        ({"area": "law_enforcement", **conditions_of("a5d")}, "5d", date(2025, 2, 2)),
        ({"biometrics": "yes", **conditions_of("a5e")}, "5e", date(2025, 2, 2)),
        ({"emotions": "yes", **conditions_of("a5f")}, "5f", date(2025, 2, 2)),
        ({"biometrics": "yes", **conditions_of("a5g")}, "5g", date(2025, 2, 2)),
        ({"biometrics": "yes", "public_space": "yes", **conditions_of("a5h")}, "5h", date(2025, 2, 2)),
        ({"synthetic_content": "yes", **conditions_of("a5ba")}, "5ba", date(2026, 12, 2)),
        ({"synthetic_content": "yes", **conditions_of("a5bb")}, "5bb", date(2026, 12, 2)),
    ],
)
def test_a_practice_is_forbidden_from_its_day_and_announced_before(
    changes: dict[str, str], law: str, day: date
) -> None:
    before = assess(answers(**changes), date.fromordinal(day.toordinal() - 1))
    on_the_day = assess(answers(**changes), day)

    assert before.category != "prohibited"
    assert [reason.law.key for reason in before.coming] == [law]
    assert on_the_day.category == "prohibited"
    assert on_the_day.coming == ()


def test_what_is_certain_is_said_even_when_a_doubt_hides_it() -> None:
    indication = assess(answers(biometrics="yes", **all_of("a5g", "unknown")), TODAY)

    assert (indication.category, indication.at_least) == ("doubt", "high")
    assert "27" in {duty.law.key for duty in indication.duties}
    assert assess(answers(area="plates"), TODAY).at_least == ""


def test_nothing_of_the_ai_act_is_certain_while_nobody_knows_whether_it_is_ai() -> None:
    unsure = assess(answers(uses_ai="unknown", area="education"), TODAY)
    sure = assess(answers(area="unknown", staff_management="yes"), TODAY)

    assert (unsure.at_least, unsure.may_be_no_ai) == ("high", True)
    assert not sure.may_be_no_ai


def test_a_doubt_names_the_text_that_stays_open() -> None:
    doubts = assess(answers(area="unknown", talks_to_public="unknown"), TODAY).doubts

    named = {(one.question, one.law.key) for one in doubts}
    assert {("area", "annex_3"), ("talks_to_public", "50_1")} <= named
