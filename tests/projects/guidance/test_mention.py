"""The explicit mention: what the code asks it to say, in both languages."""

import pytest
from flask import Flask

from participation.projects.dossier.guidance.mention import explicit_mention


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["traitement algorithmique", "finalité", "règles", "principales caractéristiques", "CADA"]),
        ("en", ["algorithm", "Purpose", "rules", "main characteristics", "CADA"]),
    ],
)
def test_it_says_the_purpose_the_right_and_how_to_use_it(app: Flask, language: str, words: list[str]) -> None:
    text = explicit_mention(
        purpose="Attribuer les places en crèche.", contact="Service petite enfance", language=language
    )

    assert all(word in text for word in words)
    assert "Attribuer les places en crèche" in text and "Service petite enfance" in text
    assert "R.311-3-1-1" in text
    assert ".." not in text


def test_what_is_not_known_stands_between_brackets(app: Flask) -> None:
    text = explicit_mention(purpose=" ", contact="", language="fr")

    assert text.count("[") == 2


def test_a_decision_of_the_machine_alone_says_so(app: Flask) -> None:
    with_help = explicit_mention(purpose="x", contact="y", language="en")
    alone = explicit_mention(purpose="x", contact="y", language="en", decides_alone=True)

    assert "with the help of" in with_help
    assert "alone" in alone
