"""What makes a series, and what doesn't."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.vigilance.rules.addresses import alike, box_of
from participation.vigilance.rules.arrivals import crowd, regular
from participation.vigilance.rules.texts import authors_alike, folded

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LONG = "Je demande que la commune renonce à cet assistant vocal et garde une personne à l’accueil."


def test_sub_addresses_and_dots_of_one_box_belong_together() -> None:
    addresses = ["a.b+1@mail.example", "ab+2@mail.example", "ab@mail.example", "cd@mail.example"]

    assert alike(dict(enumerate(addresses))) == [{0, 1, 2}]
    assert box_of("a.b+x@mail.example") == "ab@mail.example"


def test_a_couple_that_shares_a_box_is_no_series() -> None:
    assert alike({1: "les.durand+elle@mail.example", 2: "lesdurand@mail.example"}) == []


def test_numbers_that_follow_one_another_belong_together() -> None:
    addresses = {number: f"citoyen{number:03d}@mail.example" for number in (7, 8, 9, 11, 40)}

    assert alike(addresses) == [{7, 8, 9, 11}]


def test_first_names_with_a_year_or_a_department_are_no_series() -> None:
    addresses = [
        "marie62@mail.example",
        "marie75@mail.example",
        "marie1984@mail.example",
        "marie13@mail.example",
    ]

    assert alike(dict(enumerate(addresses))) == []


def test_almost_the_same_text_of_three_people_is_a_series() -> None:
    others = {2: (20, folded(LONG.replace("commune", "ville"))), 3: (30, folded(LONG.upper()))}

    assert authors_alike(LONG, 10, others) == {10, 20, 30}


@pytest.mark.parametrize(
    ("words", "others"),
    [
        # Two people, or one who repeats themselves.
        (LONG, {2: (20, LONG)}),
        (LONG, {2: (10, LONG), 3: (10, LONG)}),
        # So short that everybody says it.
        ("Je suis contre.", {2: (20, "Je suis contre."), 3: (30, "Je suis contre.")}),
        # The same concern in one's own words.
        (
            LONG,
            {
                2: (
                    20,
                    "Gardez une personne à l’accueil, un assistant vocal ne remplace pas un sourire.",
                ),
                3: (
                    30,
                    "Cet assistant vocal va coûter cher alors que la commune manque déjà d’agents.",
                ),
            },
        ),
    ],
)
def test_what_is_no_series_of_texts(words: str, others: dict[int, tuple[int, str]]) -> None:
    compared = {number: (author, folded(text)) for number, (author, text) in others.items()}

    assert authors_alike(words, 10, compared) == set()


def test_an_afternoon_at_the_library_is_no_crowd() -> None:
    arrivals = {one: NOON + timedelta(minutes=one % 7 + one) for one in range(60)}

    assert crowd(arrivals) == set()


def test_hundreds_within_an_hour_are_a_crowd() -> None:
    arrivals = {one: NOON + timedelta(seconds=30 * one) for one in range(120)}

    assert crowd(arrivals) == set(range(120))


def test_a_wave_takes_those_who_follow_with_it() -> None:
    wave = {one: NOON + timedelta(seconds=one) for one in range(10)}
    follows, apart = {10: NOON + timedelta(seconds=25)}, {11: NOON + timedelta(minutes=5)}

    assert crowd({**wave, **follows, **apart}) == set(range(11))


def test_a_clock_is_not_a_queue() -> None:
    clockwork = {one: NOON + timedelta(seconds=300 * one + one % 3 * 20) for one in range(12)}
    queue = {one: NOON + timedelta(seconds=60 * one + (one * 37) % 55) for one in range(12)}

    assert regular(clockwork) == set(range(12))
    assert regular(queue) == set()
    assert regular(dict(list(clockwork.items())[:9])) == set()
