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


@pytest.mark.parametrize(
    "words", ["\u034f", "\ufe0f\ufe0e", "\u17b5", "\U000e0041\U000e0042", "\u2028\u2029", "\x9f"]
)
def test_nothing_drawn_is_nothing_either(words: str) -> None:
    assert clean(words) == ""


def test_breaks_of_all_kinds_are_line_breaks_and_what_is_no_character_goes() -> None:
    assert clean("un\r\ndeux\u2028trois\x85quatre\ufffe\ufdd0\x9b") == "un\ndeux\ntrois\nquatre"


def test_tags_hide_no_words_and_still_draw_a_flag() -> None:
    flag = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

    assert clean(f"{flag} oui\U000e0078\U000e0079") == f"{flag} oui"


def test_marks_that_pile_up_are_cut_and_those_of_a_language_stay() -> None:
    assert clean("Z" + "\u0301" * 500 + "algo") == "Z" + "\u0301" * 20 + "algo"
    assert clean("Tiếng Việt, עִבְרִית, हिन्दी") == "Tiếng Việt, עִבְרִית, हिन्दी"


def test_a_direction_of_writing_ends_with_its_line() -> None:
    assert clean("a\u202eb\nc\u2067d\u2069e") == "a\u202eb\u202c\nc\u2067d\u2069e"
    assert clean("a\u2067\u202eb\u2069") == "a\u2067\u202eb\u2069"
