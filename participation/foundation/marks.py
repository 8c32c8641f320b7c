"""Marks drawn on a letter: accents, vowels, and the piles of them that cover neighbouring lines."""

import re
import sys
import unicodedata
from functools import cache

_SCANNED = min(0x20000, sys.maxunicode)


def at_most(words: str, most: int) -> str:
    """Returns words in which no letter carries more marks than that."""
    return _pile(most).sub(lambda found: found[0][:most], words)


def pile_up(words: str, most: int) -> bool:
    """Tells whether a letter carries more marks than that."""
    return _pile(most).search(words) is not None


@cache
def _pile(most: int) -> re.Pattern[str]:
    return re.compile(f"[{_marks()}]{{{most + 1},}}")


@cache
def _marks() -> str:
    """Returns all non-spacing and enclosing marks as ranges of a pattern."""
    codes = {code for code in range(_SCANNED) if unicodedata.category(chr(code)) in ("Mn", "Me")}
    first = sorted(code for code in codes if code - 1 not in codes)
    last = sorted(code for code in codes if code + 1 not in codes)
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(first, last, strict=True))
