"""The difference of two texts: exact on any text, quick on long ones, readable on those people write."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from participation.projects.dossier.aligning import kept_runs
from participation.projects.dossier.tokens import paragraphs_of, tokens_of
from participation.projects.dossier.words_changed import Fate, Piece, folded, words_changed

# Few different words, so that they come back, with the signs that make trouble.
WORDS = some.sampled_from(
    [
        "la mairie",
        "l’agent",
        "12 000\u00a0€",
        "\u00a0:",
        " ",
        "\n",
        "\n\n",
        "na",
        "é",
        "e\u0301",
        "«\u00a0",
        ".",
    ]
)
TEXTS = some.one_of(some.text(), some.lists(WORDS, max_size=60).map("".join))

HOSTILE = [
    "",
    " ",
    "\n\n\n",
    "\r\n\t\x0b\x0c\x1c\x85\u2028\u2029",
    "\ufeff\u200b\u200e\u202eretourné\u202c",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
    "👩‍👩‍👧‍👦 👨🏿‍🚒 🇫🇷 1️⃣",
    "مرحبا بالعالم 田中さん नमस्ते",
    "<script>alert(1)</script> {{ 7*7 }} %(name)s %s",
    "'; DROP TABLE dossier_version; --",
    "=1+1",
    "\udcff",
]


def said(pieces: list[Piece], *, without: Fate) -> str:
    return "".join(piece.text for piece in pieces if piece.fate is not without)


def passages(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.fate.value, piece.text) for piece in words_changed(before, after)]


@settings(max_examples=300, deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_both_texts_are_found_again_whole(before: str, after: str) -> None:
    pieces = words_changed(before, after)

    for told in (pieces, folded(pieces)):
        assert said(told, without=Fate.ADDED) == before
        assert said(told, without=Fate.REMOVED) == after
        assert all(piece.text for piece in told)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_a_text_compared_with_itself_stays(text: str) -> None:
    assert {piece.fate for piece in words_changed(text, text)} <= {Fate.KEPT}


@settings(max_examples=200, deadline=None)
@given(text=some.one_of(TEXTS, some.sampled_from(HOSTILE)))
def test_a_text_cut_up_is_the_text_again(text: str) -> None:
    assert "".join(tokens_of(text)) == text
    assert "".join(paragraphs_of(text)) == text


@settings(max_examples=200, deadline=None)
@given(before=some.text("ab", max_size=40), after=some.text("ab", max_size=40))
def test_what_stays_is_the_same_on_both_sides_and_in_order(before: str, after: str) -> None:
    reached = 0, 0
    for run in kept_runs(before, after):
        assert before[run.before :][: run.length] == after[run.after :][: run.length]
        assert run.length and run.before >= reached[0] and run.after >= reached[1]
        reached = run.before + run.length, run.after + run.length


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_are_compared_like_others(hostile: str) -> None:
    for before, after in ((hostile, "mairie"), ("mairie", hostile), (hostile, f"{hostile} mairie")):
        pieces = words_changed(before, after)
        assert said(pieces, without=Fate.ADDED) == before
        assert said(pieces, without=Fate.REMOVED) == after


def a_long_text(words: list[str], *, seed: int, paragraphs: bool = False) -> str:
    chosen = random.Random(seed)
    ends = [" ", " ", " ", "\n"] if paragraphs else [" "]
    return "".join(chosen.choice(words) + chosen.choice(ends) for _one in range(10_000))


MANY = [f"mot{number}" for number in range(3000)]
ONCE = [f"mot{number}" for number in range(10_000)]
LONG = {
    "nothing in common": (a_long_text(MANY, seed=1), a_long_text([f"x{one}" for one in MANY], seed=2)),
    "the same words otherwise": (a_long_text(MANY, seed=1), a_long_text(MANY, seed=2)),
    "many paragraphs": (
        a_long_text(MANY, seed=1, paragraphs=True),
        a_long_text(MANY, seed=2, paragraphs=True),
    ),
    "two words only": (a_long_text(["oui", "non"], seed=1), a_long_text(["oui", "non"], seed=2)),
    "one word": ("na " * 10_000, "na " * 4000 + "ni " + "na " * 6000 + "no " + "na " * 500),
    "the other way round": (" ".join(ONCE), " ".join(reversed(ONCE))),
    "empty lines": ("\n" * 10_000 + "a", "\n" * 5000 + "b\n" + "\n" * 6000),
}


@pytest.mark.parametrize("case", LONG)
def test_ten_thousand_words_are_compared_in_a_moment(case: str) -> None:
    before, after = LONG[case]

    begun = time.process_time()
    pieces = words_changed(before, after)
    # About 0.3 second on the slowest; what grows with the square takes minutes.
    assert time.process_time() - begun < 4

    assert said(pieces, without=Fate.ADDED) == before
    assert said(pieces, without=Fate.REMOVED) == after


@pytest.mark.parametrize(
    "whole",
    [
        "aujourd’hui",
        "l’accueil",
        "12 000",
        "12\u202f000\u00a0€",
        "18\u00a0h\u00a030",
        "3,5\u00a0%",
        "12/03/2027",
    ],
)
def test_words_and_figures_stay_whole(whole: str) -> None:
    assert tokens_of(f"a {whole} b") == ["a", " ", whole, " ", "b"]


def test_a_sign_keeps_the_space_that_holds_it() -> None:
    assert tokens_of("«\u00a0Oui\u00a0»\u00a0: non\u202f!") == [
        *("«\u00a0", "Oui", "\u00a0»", "\u00a0:", " ", "non", "\u202f!")
    ]


def test_a_changed_word_is_told_alone() -> None:
    assert passages("L’agent écoute la demande.", "L’agente écoute toute la demande.") == [
        ("removed", "L’agent"),
        ("added", "L’agente"),
        ("kept", " écoute"),
        ("added", " toute"),
        ("kept", " la demande."),
    ]


def test_changes_that_a_small_word_parts_are_read_as_one() -> None:
    assert passages("Il vient lundi à midi chez vous.", "Il vient mardi à minuit chez vous.") == [
        ("kept", "Il vient "),
        ("removed", "lundi à midi"),
        ("added", "mardi à minuit"),
        ("kept", " chez vous."),
    ]


def test_a_paragraph_rewritten_from_end_to_end_is_not_mixed_with_the_old_one() -> None:
    before = "La machine écoute la voix et propose un service à la personne."
    after = "Aucun enregistrement n’est gardé : tout disparaît quand on raccroche."

    assert passages(before, after) == [("removed", before), ("added", after)]


def test_a_paragraph_put_in_between_is_added_whole() -> None:
    first, last = "La machine propose un service.", "Un agent répond toujours."

    assert passages(f"{first}\n{last}", f"{first}\nTout est effacé le soir.\n{last}") == [
        ("kept", f"{first}\n"),
        ("added", "Tout est effacé le soir.\n"),
        ("kept", last),
    ]


def test_a_rewritten_paragraph_is_compared_with_the_one_it_was() -> None:
    before = "Le coût est de 12 000\u00a0€ par an.\nLa machine écoute la voix de la personne."
    after = "Un bilan est publié.\nLa machine écoute la voix de la personne seule.\nLe coût : 13 000\u00a0€."

    assert ("kept", "La machine écoute la voix de la personne") in passages(before, after)


def test_what_stays_for_long_is_folded_but_for_what_is_beside_a_change() -> None:
    stays = " ".join(f"mot{number}" for number in range(100))

    told = folded(words_changed(f"Avant {stays} fin", f"Après {stays} terme"), beside=3)

    assert [(piece.fate.value, piece.word_count) for piece in told] == [
        *(
            ("removed", 1),
            ("added", 1),
            ("kept", 3),
            ("folded", 94),
            ("kept", 3),
            ("removed", 1),
            ("added", 1),
        )
    ]


def test_what_stays_at_both_ends_is_shown_on_the_side_of_the_change_only() -> None:
    stays = " ".join(f"mot{number}" for number in range(50))

    told = folded(words_changed(f"{stays} avant {stays}", f"{stays} après {stays}"), beside=5)

    assert [(piece.fate.value, piece.word_count) for piece in told] == [
        *(("folded", 45), ("kept", 5), ("removed", 1), ("added", 1), ("kept", 5), ("folded", 45))
    ]


def test_a_few_words_that_stay_are_not_folded() -> None:
    told = folded(words_changed("Un rappel avant midi", "Un rappel avant minuit"))

    assert Fate.FOLDED not in {piece.fate for piece in told}


def test_a_short_paragraph_that_was_completed_stays_in_the_long_one() -> None:
    before = "Toute personne qui compose le numéro."
    after = f"{before} Cela compte davantage si vous entendez mal, si vous parlez peu français, ou à vélo."

    assert passages(before, after) == [("kept", before), ("added", after.removeprefix(before))]
