"""Hints on the wording of an answer: which passages are pointed at, and which are left alone."""

from collections.abc import Sequence

import pytest
from flask import Flask

from participation.foundation.i18n import in_language
from participation.projects.dossier.glossary import TERMS, Term, jargon
from participation.projects.dossier.hints import HintKind, hints_on, sentences_of, words_in


@pytest.fixture
def french(app: Flask) -> Sequence[tuple[Term, Sequence[str]]]:
    with in_language("fr"):
        return jargon()


def passages(text: str, kind: HintKind, **settings: object) -> list[str]:
    return [hint.passage for hint in hints_on(text, **settings) if hint.kind is kind]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("L’annonce dit : « Bonjour » !", 3),
        ("Cela coûte 12\u00a0000\u00a0€ par an", 5),
        ("Un rendez-vous aujourd’hui", 3),
        ("", 0),
    ],
)
def test_words_are_counted_the_french_way(text: str, count: int) -> None:
    assert words_in(text) == count


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Il répond. Elle écoute\u00a0! Et après\u00a0?",
            ["Il répond.", "Elle écoute\u00a0!", "Et après\u00a0?"],
        ),
        ("Selon l’art. 5 du règlement, M. Dupont signe.", ["Selon l’art. 5 du règlement, M. Dupont signe."]),
        ("Un taux de 3.5 pour cent.", ["Un taux de 3.5 pour cent."]),
        ("Il dit\u00a0: «\u00a0Oui.\u00a0» Puis il part.", ["Il dit\u00a0: «\u00a0Oui.", "Puis il part."]),
        ("- le premier\n- le second", ["le premier", "le second"]),
        ("Écoutes, etc. Éteint la nuit.", ["Écoutes, etc. Éteint la nuit."]),
    ],
)
def test_sentences_are_cut_where_a_reader_would(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


def test_a_sentence_of_twenty_five_words_passes_and_one_more_is_pointed_at() -> None:
    enough, too_long = "Mot " * 24 + "fin.", "Mot " * 25 + "fin."

    assert passages(enough, HintKind.LONG_SENTENCE) == []
    assert passages(too_long, HintKind.LONG_SENTENCE) == [too_long]


def test_a_long_paragraph_is_pointed_at_but_not_a_cut_one() -> None:
    sentence = "Le service répond aux appels du soir. "

    assert len(passages(sentence * 20, HintKind.LONG_PARAGRAPH)) == 1
    assert passages("\n\n".join([sentence * 5] * 4), HintKind.LONG_PARAGRAPH) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La DSI répond.", ["DSI"]),
        ("La direction des systèmes d’information (DSI) répond, puis la DSI.", []),
        ("La DSI (direction des systèmes) répond.", []),
        ("L’IA répond par SMS.", []),
        ("Le CCAS et la DSI, la DSI et le CCAS.", ["CCAS", "DSI"]),
    ],
)
def test_an_abbreviation_never_spelt_out_is_pointed_at_once(text: str, found: list[str]) -> None:
    assert passages(text, HintKind.ABBREVIATION) == found


@pytest.mark.parametrize(
    ("text", "passage", "key"),
    [
        ("Des algorithmes trient.", "algorithmes", "algorithm"),
        ("Le MODELE de langage répond.", "MODELE", "model"),
        ("Les modèles répondent.", "modèles", "model"),
        ("Faux  positifs rares.", "Faux  positifs", "false-positive"),
        ("L’apprentissage\nautomatique du service", "apprentissage\nautomatique", "learning"),
        (
            "Les décisions administratives individuelles",
            "décisions administratives individuelles",
            "individual-decision",
        ),
        ("Nos jeux de données", "jeux de données", "training-data"),
    ],
)
def test_words_of_specialists_are_found_whatever_their_number_case_and_accents(
    french: Sequence[tuple[Term, Sequence[str]]], text: str, passage: str, key: str
) -> None:
    [hint] = [one for one in hints_on(text, jargon=french) if one.kind is HintKind.JARGON]

    assert hint.passage == passage and hint.term is not None and hint.term.key == key


def test_everyday_words_are_left_alone(french: Sequence[tuple[Term, Sequence[str]]]) -> None:
    text = "La consultation reste ouverte. On apprend en marchant. Modelez la pâte. Le nuage passe."

    assert hints_on(text, jargon=french) == []


def test_a_figure_without_source_is_pointed_at_unless_the_answer_lists_its_figures() -> None:
    assert passages("Cela coûte 10\u00a0000\u00a0€ par an.", HintKind.FIGURE) == ["10\u00a0000\u00a0€"]
    assert passages("Selon le devis du 3 mai, cela coûte 10 000 € par an.", HintKind.FIGURE) == []
    assert passages("Il se trompe 1 fois sur 3, soit 33 %.", HintKind.FIGURE, has_sourced_figures=True) == []


def test_a_passive_with_its_doer_and_two_negations_are_pointed_at() -> None:
    assert passages("La réponse est validée par un agent.", HintKind.PASSIVE) == ["est validée par"]
    assert passages("Il est parti par le train. Elle est prête.", HintKind.PASSIVE) in ([], ["est parti par"])
    assert len(passages("On ne peut pas ne pas répondre.", HintKind.NEGATION)) == 1


def test_hints_are_few_and_each_says_what_to_do() -> None:
    found = hints_on(" ".join(f"Le sigle ABC{number} revient." for number in range(40)))

    assert len(found) == 12 and all(str(hint.advice) for hint in found)


def test_the_glossary_has_some_forty_terms_each_with_its_own_anchor_and_one_sentence() -> None:
    assert 38 <= len(TERMS) <= 50
    assert len({term.key for term in TERMS}) == len(TERMS)
    assert all(str(term.meaning).count(". ") == 0 for term in TERMS)
