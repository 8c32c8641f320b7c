"""One thing that an answer says otherwise than before, and how such things are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from json import dumps
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.projects.dossier.aligning import kept_runs
from participation.projects.dossier.field import Part
from participation.projects.dossier.told import Told, parts_told
from participation.projects.dossier.words_changed import Piece, folded, words_changed

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Aspect:
    """One thing an answer says otherwise: its state, its text, one of its parts, a cell of its rows."""

    name: str
    label: object
    before: str
    after: str
    is_prose: bool

    @property
    def pieces(self) -> list[Piece]:
        """Returns the difference word by word, what stays for long folded."""
        return folded(words_changed(self.before, self.after))


def differing(before: Mapping[str, Told], after: Mapping[str, Told]) -> list[Aspect]:
    """Returns the aspects that are not the same in words, in the order they are told."""
    aspects = []
    for name in {**after, **before}:
        old, new = before.get(name), after.get(name)
        known = new or old
        words = old.words if old else "", new.words if new else ""
        if known is not None and words[0] != words[1]:
            aspects.append(Aspect(name, known.label, *words, is_prose=known.is_prose))
    return aspects


def differing_rows(
    name: str, columns: Sequence[Part], before: Sequence[Row], after: Sequence[Row]
) -> list[Aspect]:
    """Returns the cells that are not the same; a row put in between is not told as a change of all others."""
    aspects = []
    for number, old, new in _paired(before, after):
        for aspect in differing(parts_told(columns, old), parts_told(columns, new)):
            label = _("No. %(number)s – %(label)s", number=number, label=aspect.label)
            aspects.append(replace(aspect, name=f"{name}-{number}-{aspect.name}", label=label))
    return aspects


def _paired(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[int, Row, Row]]:
    """Returns the rows that don't stay, each with the one in its place, empty for none, and its number."""
    old = [dumps(row, sort_keys=True) for row in before]
    new = [dumps(row, sort_keys=True) for row in after]
    pairs: list[tuple[int, Row, Row]] = []
    reached = 0, 0
    ends = [(run.before, run.after, run.length) for run in kept_runs(old, new)]
    for old_end, new_end, length in [*ends, (len(before), len(after), 0)]:
        gone, come = before[reached[0] : old_end], after[reached[1] : new_end]
        for place in range(max(len(gone), len(come))):
            pair = (gone[place] if place < len(gone) else {}, come[place] if place < len(come) else {})
            number = (reached[1] if place < len(come) else reached[0]) + place + 1
            pairs.append((number, *pair))
        reached = old_end + length, new_end + length
    return pairs
