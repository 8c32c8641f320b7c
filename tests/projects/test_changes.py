"""What changed between two snapshots, told answer by answer, whatever a snapshot holds."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from participation.foundation.i18n import in_language
from participation.projects.dossier.changes import Change, answers_changed, changes_between

EMPTY: dict[str, Any] = {
    **dict.fromkeys(
        ("choice", "text", "short", "claim", "claim_source", "answered_by", "reason", "owner"), ""
    ),
    **dict.fromkeys(("answered_on", "due_on")),
    "state": "answered",
    "provenance": "service",
}


@pytest.fixture(autouse=True)
def in_english(app: Flask) -> Iterator[None]:
    with in_language("en"):
        yield


def an_answer(**values: Any) -> dict[str, Any]:
    return {**EMPTY, **values}


def a_snapshot(points: tuple[dict[str, Any], ...] = (), **answers: Any) -> dict[str, Any]:
    return {"format": 2, "answers": answers, "open_points": list(points), "precedents": []}


def details(**given: Any) -> dict[str, Any]:
    return {"parts": {}, "rows": [], "figures": [], **given}


def told(change: Change) -> dict[str, tuple[str, str]]:
    return {str(one.label): (one.before, one.after) for one in change.aspects}


def only_change(before: dict[str, Any], after: dict[str, Any]) -> Change:
    (change,) = changes_between(before, after)
    return change


def test_the_same_snapshot_changes_nothing() -> None:
    snapshot = a_snapshot(goal=an_answer(text="Répondre"))

    assert changes_between(snapshot, snapshot) == []


def test_an_answer_that_was_not_known_is_told_in_words() -> None:
    before = a_snapshot(
        budget=an_answer(
            state="not_known_yet", reason="Le devis manque.", owner="Achats", due_on="2027-03-12"
        )
    )
    after = a_snapshot(budget=an_answer(text="12 000 €"))

    change = only_change(before, after)

    assert change.key == "budget" and change.is_answer
    assert told(change) == {
        "State": ("not known yet", "answered"),
        "Text": ("", "12 000 €"),
        "Why it isn’t known or doesn’t apply": ("Le devis manque.", ""),
        "Who will answer": ("Achats", ""),
        "Due on": ("12\u00a0March 2027", ""),
    }


def test_words_of_the_platform_are_in_the_language_of_the_reader() -> None:
    before = a_snapshot(budget=an_answer(state="not_known_yet", reason="Le devis manque."))
    after = a_snapshot(budget=an_answer(text="12 000 €"))

    with in_language("fr"):
        (state, *_rest) = only_change(before, after).aspects
        assert (str(state.label), state.before, state.after) == ("État", "pas encore connu", "répondu")
    assert not state.is_prose


def test_a_choice_is_told_by_its_words_and_one_of_an_older_list_as_it_stands() -> None:
    before = a_snapshot(automation_level=an_answer(choice="of_another_time"))
    after = a_snapshot(automation_level=an_answer(choice="human_validated"))

    answer, path = changes_between(before, after)

    assert path.key == "parcours"
    assert told(answer) == {"Choice": ("of_another_time", "It proposes a decision that a person validates")}


def test_an_answer_that_comes_does_not_say_that_the_service_says_so() -> None:
    change = only_change(a_snapshot(), a_snapshot(goal=an_answer(text="Répondre")))

    assert told(change) == {
        "State": ("no answer in the dossier", "answered"),
        "Text": ("", "Répondre"),
    }


def test_who_says_so_is_told_when_it_changes() -> None:
    before = a_snapshot(goal=an_answer(text="Répondre", provenance="vendor"))
    after = a_snapshot(goal=an_answer(text="Répondre"))

    assert told(only_change(before, after)) == {"Who says so": ("the vendor, not checked", "the service")}


def test_parts_are_told_under_their_labels() -> None:
    before = a_snapshot(begin_date=an_answer(details=details(parts={"begin": "2027-03"})))
    after = a_snapshot(begin_date=an_answer(details=details(parts={"begin": "2027-09"})))

    assert told(only_change(before, after)) == {
        "Start, planned or real (month and year)": ("March 2027", "September 2027")
    }


def test_a_row_put_first_does_not_change_the_others() -> None:
    old = {"risk": "Il se trompe de service.", "mitigation": "Un agent reprend l’appel."}
    new = {"risk": "La ligne est coupée.", "mitigation": "On rappelle."}
    before = a_snapshot(risks=an_answer(details=details(rows=[old])))
    after = a_snapshot(risks=an_answer(details=details(rows=[new, old])))

    assert told(only_change(before, after)) == {
        "No. 1 – What can go wrong": ("", "La ligne est coupée."),
        "No. 1 – What is done about it": ("", "On rappelle."),
    }


def test_a_figure_that_was_corrected_is_told_alone() -> None:
    kept = {"what": "Appels", "kind": "measured", "value": "900", "baseline": "800", "source": "Accueil"}
    figure = {"what": "Coût", "kind": "estimate", "value": "12 000 €", "baseline": "0 €", "source": "Devis"}
    before = a_snapshot(budget=an_answer(details=details(figures=[kept, figure])))
    after = a_snapshot(budget=an_answer(details=details(figures=[kept, {**figure, "value": "15 000 €"}])))

    assert told(only_change(before, after)) == {"No. 2 – Value, with its unit": ("12 000 €", "15 000 €")}


def test_a_point_that_is_decided_is_told_with_what_it_says_now() -> None:
    point = {"key": "annonce", "text": "L’annonce", "options": "", "is_decided": False, "source": ""}
    before = a_snapshot((point,))
    after = a_snapshot(({**point, "is_decided": True, "source": "Délibération 12"},))

    change = only_change(before, after)

    assert change.key == "point:annonce" and not change.is_answer
    assert told(change) == {
        "State": ("can still change", "decided already"),
        "Source": ("", "Délibération 12"),
    }


def test_a_precedent_that_comes_is_told() -> None:
    case = {"title": "Ailleurs", "text": "Un essai.", "source": "Rapport", "dated": "mars 2025"}

    change = only_change(a_snapshot(), {**a_snapshot(), "precedents": [case]})

    assert told(change)["Text"] == ("", "Un essai.")


def test_what_a_later_format_adds_is_told_under_its_name() -> None:
    before = a_snapshot(unheard_of=an_answer(text="Avant", weight=1))
    after = {
        **a_snapshot(unheard_of=an_answer(text="Avant", weight=2, details={"notes": ["a", "b"]})),
        "opinions": {"article-3": "Oui", "articles": [{"number": 4, "is_kept": True}]},
    }

    answer, opinions = changes_between(before, after)

    assert told(answer) == {"weight": ("1", "2"), "notes": ("", "a\nb")}
    assert told(opinions) == {"article-3": ("", "Oui"), "articles": ("", "number : 4 ; is_kept : yes")}
    assert answers_changed([answer, opinions]) == 1


def test_a_version_written_before_answers_had_parts_differs_by_its_words_only() -> None:
    before = a_snapshot(goal=an_answer(text="Répondre"))
    after = a_snapshot(goal=an_answer(text="Répondre", details=details()))

    assert changes_between({**before, "format": 1}, after) == []
