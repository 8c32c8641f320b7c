"""What changed between two published versions of a dossier, answer by answer and aspect by aspect."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import gettext
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.ai_charter import CharterCheck, read_check
from participation.projects.dossier.aspects import Aspect, differing, differing_rows
from participation.projects.dossier.fields import BY_NAME, FIELDS
from participation.projects.dossier.parts import FIGURES
from participation.projects.dossier.path import LEVELS, Path, path_of
from participation.projects.dossier.told import LABELS, Told, answer_told, anything_told, thing_told
from participation.projects.models import Provenance

Snapshot = Mapping[str, Any]
POINT = "point:"
# What is told by the functions below; anything else a snapshot holds is told too, under its own name.
_TOLD_APART = {"format", "answers", "open_points", "precedents", "charter", "path"}


@dataclass(frozen=True)
class Change:
    """An answer, a point or a precedent that says something else; `key` is its anchor."""

    key: str
    label: object
    aspects: Sequence[Aspect]
    is_answer: bool = False

    @property
    def before(self) -> str:
        """Returns what it said where it changed, one aspect a line."""
        return _lines((one.label, one.before) for one in self.aspects)

    @property
    def after(self) -> str:
        """Returns what it says now where it changed, one aspect a line."""
        return _lines((one.label, one.after) for one in self.aspects)


def _lines(told: Iterable[tuple[object, str]]) -> str:
    lines = (gettext("%(label)s: %(words)s", label=label, words=words) for label, words in told if words)
    return "\n".join(lines)


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """Returns what changed: answers in the order of fields, points, precedents, charter, path, the rest."""
    found = (_answers, _points, _precedents, _charter, _path, _others)
    return [change for part in found for change in part(before, after) if change.aspects]


def answers_changed(changes: Sequence[Change]) -> int:
    """Returns how many answers changed, points and precedents left aside."""
    return sum(change.is_answer for change in changes)


def _answers(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    old, new = before.get("answers", {}), after.get("answers", {})
    either = {**old, **new}
    # Fields in their order, then those that no longer exist.
    for name in dict.fromkeys([*(one.name for one in FIELDS if one.name in either), *either]):
        if old.get(name) != new.get(name):
            label = BY_NAME[name].label if name in BY_NAME else name
            yield Change(name, label, _answer_aspects(name, old.get(name), new.get(name)), is_answer=True)


def _answer_aspects(name: str, old: Snapshot | None, new: Snapshot | None) -> list[Aspect]:
    field = BY_NAME.get(name)
    return [
        *differing(_answer(name, old, beside=new), _answer(name, new, beside=old)),
        *differing_rows("rows", field.rows if field else (), _rows(old, "rows"), _rows(new, "rows")),
        *differing_rows("figures", FIGURES, _rows(old, "figures"), _rows(new, "figures")),
    ]


def _answer(name: str, values: Snapshot | None, *, beside: Snapshot | None) -> dict[str, Told]:
    told = answer_told(name, values)
    if values and beside is None and values.get("provenance") == Provenance.SERVICE:
        # Where an answer comes or goes, that the service speaks for itself goes without saying.
        told.pop("provenance", None)
    return told


def _rows(values: Snapshot | None, name: str) -> Sequence[Mapping[str, Any]]:
    return ((values or {}).get("details") or {}).get(name) or ()


def _points(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    old, new = _by(before, "open_points", "key"), _by(after, "open_points", "key")
    for key in {**old, **new}:
        aspects = differing(thing_told(old.get(key)), thing_told(new.get(key)))
        yield Change(f"{POINT}{key}", BY_NAME["open_questions"].label, aspects)


def _precedents(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    old, new = _by(before, "precedents", "title"), _by(after, "precedents", "title")
    for number, title in enumerate({**old, **new}, 1):
        aspects = differing(thing_told(old.get(title)), thing_told(new.get(title)))
        yield Change(f"precedent:{number}", _("What happened elsewhere"), aspects)


def _by(snapshot: Snapshot, name: str, key: str) -> dict[str, Any]:
    return {one[key]: one for one in snapshot.get(name, [])}


def _charter(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    old, new = read_check(before), read_check(after)
    statements = {**(old.by_key if old else {}), **(new.by_key if new else {})}
    for key, statement in statements.items():
        aspects = differing(_stated(old, key), _stated(new, key))
        yield Change(f"charter-{key}", _("AI charter, article %(number)d", number=statement.number), aspects)


def _stated(check: CharterCheck | None, key: str) -> dict[str, Told]:
    statement = check.by_key.get(key) if check else None
    return {"text": Told(LABELS["text"], statement.words)} if statement else {}


def _path(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    if before and after:
        aspects = differing(_path_told(path_of(before)), _path_told(path_of(after)))
        yield Change("parcours", _("The minimum path"), aspects)


def _path_told(path: Path) -> dict[str, Told]:
    reasons = "\n".join(str(words) for words in path.reason_words)
    chosen = str(LEVELS[path.level]) if path.is_less or path.is_more else ""
    return {
        "minimum": Told(_("The minimum path"), str(LEVELS[path.minimum]), is_prose=False),
        "reasons": Told(_("What asks for it"), reasons, is_prose=False),
        "chosen": Told(_("What was chosen instead"), chosen, is_prose=False),
        "why": Told(_("Why, in the words of the public body"), path.why),
    }


def _others(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for name in sorted({*before, *after} - _TOLD_APART):
        yield Change(name, name, differing(anything_told(before.get(name)), anything_told(after.get(name))))
