"""What is owed, and from which day: the day before and the day of every date of the law."""

from datetime import date, timedelta

import pytest

from participation.projects.dossier.guidance.laws import LAWS
from participation.projects.dossier.guidance.outcome import Assessment
from participation.projects.dossier.guidance.rules import assess
from tests.projects.guidance.answer_sets import all_of, answers

TODAY = date(2027, 1, 15)
ANNEX_3 = {"area": "public_assistance", "decision": "individual_administrative_decision",
           "personal_data": "identified", "final_say": "human_validated"}  # fmt: skip
OWED_BY_DEPLOYERS = {"26_1", "26_2", "26_4", "26_5", "26_6", "26_8", "26_9", "26_11", "27", "49_3", "86"}


def owed(indication: Assessment) -> set[str]:
    return {duty.law.key for duty in indication.duties}


@pytest.mark.parametrize(
    ("changes", "law", "day"),
    [
        ({}, "literacy", date(2025, 2, 2)),
        ({"talks_to_public": "yes"}, "50_1", date(2026, 8, 2)),
        ({"synthetic_content": "yes"}, "50_2", date(2026, 8, 2)),
        ({"emotions": "yes"}, "50_3", date(2026, 8, 2)),
        ({"synthetic_content": "yes", "d50_4_text": "yes"}, "50_4", date(2026, 8, 2)),
        ({"synthetic_content": "yes"}, "50_2_older", date(2026, 12, 2)),
        *((ANNEX_3, law, date(2027, 12, 2)) for law in sorted(OWED_BY_DEPLOYERS)),
        ({"area": "employment"}, "26_7", date(2027, 12, 2)),
        ({"area": "education", **all_of("e63_narrow"), **all_of("e63_risk")}, "6_4", date(2027, 12, 2)),
        ({"area": "product"}, "26_1", date(2028, 8, 2)),
        ({"area": "product"}, "111_2", date(2030, 8, 2)),
        (ANNEX_3, "111_2", date(2030, 8, 2)),
        ({"area": "product,education"}, "26_1", date(2027, 12, 2)),
    ],
)
def test_a_duty_is_owed_from_its_day_and_announced_before(
    changes: dict[str, str], law: str, day: date
) -> None:
    before = assess(answers(**changes), day - timedelta(days=1))
    on_the_day = assess(answers(**changes), day)

    assert [(duty.applies_from, duty.applies_now) for duty in before.duties if duty.law.key == law] == [
        (day, False)
    ]
    assert [duty.applies_now for duty in on_the_day.duties if duty.law.key == law] == [True]


def test_high_risk_owes_the_duties_of_a_deployer_and_transparency_adds_up() -> None:
    indication = assess(answers(**ANNEX_3, talks_to_public="yes"), TODAY)

    assert owed(indication) == OWED_BY_DEPLOYERS | {"literacy", "50_1", "111_2"}


def test_networks_and_products_owe_no_rights_assessment() -> None:
    networks = owed(assess(answers(area="infrastructure"), TODAY))
    products = owed(assess(answers(area="product"), TODAY))

    assert {"27", "86"}.isdisjoint(networks | products)
    assert "49_3" in networks
    assert {"49_3", "26_8", "26_11"}.isdisjoint(products)


def test_staff_are_told_before_the_tool_is_used_at_work() -> None:
    assert "26_7" in owed(assess(answers(staff_management="yes"), TODAY))
    assert "26_7" in owed(assess(answers(area="education", affected="staff"), TODAY))
    assert "26_7" not in owed(assess(answers(area="education"), TODAY))


def test_outside_the_ai_act_it_asks_nothing() -> None:
    assert assess(answers(uses_ai="no"), TODAY).duties == ()


def test_every_text_says_what_it_says_where_it_was_read_and_when() -> None:
    for law in LAWS.values():
        assert all((str(law.article), str(law.says), str(law.source), str(law.confidence_words)))
        assert law.checked_on <= TODAY
        assert law.is_to_verify or law.key in {
            "mention",
            "explanation",
            "publication",
            "documents",
            "nullity",
        }


def test_every_text_is_used_by_some_answers() -> None:
    everything = answers(
        area=",".join(["biometrics", "infrastructure", "education", "employment", "public_assistance",
                             "emergency", "law_enforcement", "democracy", "product", "other_listed"]),
        affected="residents,vulnerable,staff", biometrics="yes", public_space="yes", emotions="yes",
        scores="yes", talks_to_public="yes", synthetic_content="yes", staff_management="yes",
        personal_data="sensitive",
        decision="individual_administrative_decision", final_say="fully_automated", learns="self_learning",
        **{key: "yes" for one in ("a5a", "a5b", "a5c", "a5e", "a5g", "a5h", "a5ba", "a5bb", "d50_4")
           for key in all_of(one)},
        a5d_offence="yes", a5d_profile="yes", a5f_place="yes",
    )  # fmt: skip
    excepted = assess(answers(area="education", **all_of("e63_narrow"), **all_of("e63_risk")), TODAY)

    unknown = assess({}, TODAY)
    used = {law.key for found in (assess(everything, TODAY), excepted, unknown) for law in found.laws}

    assert used == set(LAWS)
