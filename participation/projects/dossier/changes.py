"""What changed between two published versions of a dossier, answer by answer and aspect by aspect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.fields import BY_NAME, FIELDS
from participation.projects.dossier.told import Told, answer_told, anything_told, thing_told
from participation.projects.dossier.words_changed import Piece, folded, words_changed
from participation.projects.models import Provenance

Snapshot = Mapping[str, Any]
_TOLD_APART = ("format", "answers", "open_points", "precedents")
POINT = "point:"


@dataclass(frozen=True)
class Aspect:
    """One thing an answer says otherwise: its state, its text, one of its parts."""

    name: str
    label: object
    before: str
    after: str
    is_prose: bool

    @property
    def pieces(self) -> list[Piece]:
        """Returns the difference word by word, what stays for long folded."""
        return folded(words_changed(self.before, self.after))


@dataclass(frozen=True)
class Change:
    """An answer, a point or a precedent that says something else; `key` is its anchor."""

    key: str
    label: object
    aspects: tuple[Aspect, ...]
    is_answer: bool = False

    @property
    def before(self) -> str:
        """Returns what it said, aspect by aspect, where it changed."""
        return "\n".join(f"{one.label} : {one.before}" for one in self.aspects if one.before)

    @property
    def after(self) -> str:
        """Returns what it says now, aspect by aspect, where it changed."""
        return "\n".join(f"{one.label} : {one.after}" for one in self.aspects if one.after)


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """Returns what changed: answers in the order of the fields, points, precedents, then anything else."""
    return [change for change in _compared(before, after) if change.aspects]


def answers_changed(changes: list[Change]) -> int:
    """Returns how many answers changed, points and precedents left aside."""
    return sum(change.is_answer for change in changes)


def _compared(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    old, new = before.get("answers", {}), after.get("answers", {})
    for name in _names(old, new):
        if old.get(name) != new.get(name):
            label = BY_NAME[name].label if name in BY_NAME else name
            yield Change(name, label, _answer_aspects(name, old.get(name), new.get(name)), is_answer=True)
    old, new = _by(before, "open_points", "key"), _by(after, "open_points", "key")
    for key in {**old, **new}:
        aspects = _differing(thing_told(old.get(key)), thing_told(new.get(key)))
        yield Change(f"{POINT}{key}", BY_NAME["open_questions"].label, aspects)
    old, new = _by(before, "precedents", "title"), _by(after, "precedents", "title")
    for number, title in enumerate({**old, **new}, 1):
        aspects = _differing(thing_told(old.get(title)), thing_told(new.get(title)))
        yield Change(f"case:{number}", _("What happened elsewhere"), aspects)
    for name in sorted({*before, *after} - {*_TOLD_APART}):
        aspects = _differing(anything_told(before.get(name)), anything_told(after.get(name)))
        yield Change(name, name, aspects)


def _names(old: Snapshot, new: Snapshot) -> list[str]:
    """Returns the names of the answers of both, known fields in their order first."""
    return list(dict.fromkeys([*(one.name for one in FIELDS if one.name in {**old, **new}), *old, *new]))


def _by(snapshot: Snapshot, name: str, key: str) -> dict[str, Any]:
    return {one[key]: one for one in snapshot.get(name, [])}


def _answer_aspects(name: str, old: Snapshot | None, new: Snapshot | None) -> tuple[Aspect, ...]:
    told = [answer_told(name, values) for values in (old, new)]
    if old is None or new is None:
        # That the service answers for itself goes without saying where an answer comes or goes.
        for values, one in zip((old, new), told, strict=True):
            if values and values.get("provenance") == Provenance.SERVICE:
                one.pop("provenance", None)
    return _differing(*told)


def _differing(before: Mapping[str, Told], after: Mapping[str, Told]) -> tuple[Aspect, ...]:
    aspects = []
    for name in {**after, **before}:
        old, new = before.get(name), after.get(name)
        known = new or old
        words = old.words if old else "", new.words if new else ""
        if known is not None and words[0] != words[1]:
            aspects.append(Aspect(name, known.label, *words, is_prose=known.is_prose))
    return tuple(aspects)
