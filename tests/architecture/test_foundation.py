"""What everything stands on: times, dates in words, safe text, references."""

from datetime import UTC, date, datetime

from participation.foundation import clock, dates, references, text
from participation.foundation.i18n import in_language

CLOSING = datetime(2026, 12, 12, 17, 0, tzinfo=UTC)


def test_a_moment_is_written_in_french_with_its_day_hour_and_zone() -> None:
    with in_language("fr"):
        assert dates.long_moment(CLOSING, "Europe/Paris") == (
            "samedi 12\u00a0décembre 2026 à 18\u00a0h (heure de Paris)"
        )


def test_the_first_of_a_month_is_said_premier() -> None:
    with in_language("fr"):
        assert dates.short_day(date(2026, 12, 1)) == "1er\u00a0décembre 2026"
        assert dates.long_day(date(2026, 12, 11)) == "vendredi 11\u00a0décembre 2026"


def test_a_pretended_time_ends_with_its_block() -> None:
    with clock.pretend(CLOSING):
        assert clock.now() == CLOSING

    assert clock.now() != CLOSING


def test_control_characters_are_removed_and_line_breaks_kept() -> None:
    assert text.clean(" a\x00b\r\nc ") == "ab\nc"


def test_an_excerpt_keeps_the_spaces_that_hold_words_together() -> None:
    words = "Vous demandiez\n des nombres\u00a0: le conseil les donne."

    assert text.excerpt(words) == "Vous demandiez des nombres\u00a0: le conseil les donne."
    assert text.excerpt(words, 30) == "Vous demandiez des nombres…"


def test_references_hold_no_characters_that_look_alike() -> None:
    assert not set("il1o0") & set(references.ALPHABET)
    assert len(references.poster_reference()) == 5
    assert len(references.contribution_reference()) == 10
