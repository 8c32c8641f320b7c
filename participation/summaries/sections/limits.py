"""What fits on two pages, whatever the size of the consultation: the annex holds all of it.

Counted so that the longest of everything still fits in the smallest type (tests/summaries/test_two_pages.py).
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

CONDITIONS = 6
LEVELS = 6
UNKNOWNS = 4
QUESTIONS = 3
# Lines of type for the findings; a theme takes one more than its findings.
LINES = 46
CHARACTERS_A_LINE = 88

# In characters.
TITLE = 110
THEME = 48
SENTENCE = 170
CONDITION = 120
TEXT = 700
REASON = 110
NAME = 60


class Sized(Protocol):
    """A finding, with the number of contributions it rests on and how long it is."""

    @property
    def number(self) -> int: ...

    @property
    def total(self) -> int: ...

    @property
    def length(self) -> int: ...


def findings_that_fit(chapters: Iterable[Sequence[Sized]]) -> set[int]:
    """Returns the numbers of the findings printed: the largest of each theme, then the largest of all.

    With more themes than lines, those whose largest finding rests on most contributions.
    """
    by_size = [sorted(findings, key=_largest_first) for findings in chapters if findings]
    firsts = sorted((findings[0] for findings in by_size), key=_largest_first)
    others = sorted((one for findings in by_size for one in findings[1:]), key=_largest_first)
    left = LINES
    fitting: set[int] = set()
    for extra, findings in ((1, firsts), (0, others)):
        for one in findings:
            lines = 1 + extra + -(-min(one.length, SENTENCE) // CHARACTERS_A_LINE)
            if lines > left:
                return fitting
            left -= lines
            fitting.add(one.number)
    return fitting


def _largest_first(one: Sized) -> tuple[int, int]:
    return -one.total, one.number
