"""Figures of a dossier: what was promised beside what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from participation.projects.dossier.choices import FIGURE_KINDS

MEASURED = "measured"


@dataclass(frozen=True)
class Figure:
    """A figure that can be checked: its kind, what it is compared with, where it comes from."""

    what: str = ""
    kind: str = ""
    value: str = ""
    baseline: str = ""
    source: str = ""
    dated: str = ""

    @property
    def kind_words(self) -> object:
        """Returns what kind of figure it is, in words."""
        return FIGURE_KINDS.get(self.kind, "")

    @property
    def is_measured(self) -> bool:
        """Tells whether it was observed once in service, rather than promised."""
        return self.kind == MEASURED


@dataclass
class Pair:
    """What is counted, with the figures that promise and those that were measured."""

    what: str
    promised: list[Figure] = field(default_factory=list)
    measured: list[Figure] = field(default_factory=list)

    @property
    def figures(self) -> list[Figure]:
        """Returns the promises, then the measures."""
        return [*self.promised, *self.measured]


def promised_and_measured(figures: Sequence[Figure]) -> list[Pair]:
    """Groups figures by what they count, in the order they were given; case and spaces don't matter."""
    pairs: dict[str, Pair] = {}
    for figure in figures:
        pair = pairs.setdefault(" ".join(figure.what.casefold().split()), Pair(figure.what))
        (pair.measured if figure.is_measured else pair.promised).append(figure)
    return list(pairs.values())
