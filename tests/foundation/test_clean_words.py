"""What a person typed, cleaned: nothing invisible passes for words, nothing breaks a database."""

import pytest

from participation.foundation.text import clean


@pytest.mark.parametrize(
    "words", ["\u200b", " \n\u00a0\u2060", "\ufeff\u00ad", "\u3164 \u2800", "\u202e", "\ud800", "\x00"]
)
def test_what_nobody_can_see_is_nothing(words: str) -> None:
    assert clean(words) == ""


@pytest.mark.parametrize("words", ["👩\u200d🚒", "\u200fעברית", "a\u00a0:\u200bb", "…"])
def test_words_keep_the_signs_that_join_and_turn_them(words: str) -> None:
    assert clean(words) == words
