"""French and English are complete, with the same placeholders as the source sentence."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parents[2] / "translations"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def messages(language: str) -> list[Message]:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def words(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())  # type: ignore[call-overload]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_translated(language: str) -> None:
    missing = [
        message.id for message in messages(language) if not all(words(message.string)) or message.fuzzy
    ]

    assert missing == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_translations_keep_the_placeholders(language: str) -> None:
    for message in messages(language):
        expected = set(PLACEHOLDER.findall(words(message.id)[-1]))
        for translated in words(message.string)[-1:]:
            assert set(PLACEHOLDER.findall(translated)) == expected, message.id


def test_both_catalogues_hold_the_same_sentences() -> None:
    french = {(message.context, words(message.id)) for message in messages("fr")}
    english = {(message.context, words(message.id)) for message in messages("en")}

    assert french == english
