"""What one answer, row, point or precedent of a snapshot says, aspect by aspect: «State: answered».

Read from the plain values of a version, so that whatever a later format adds is told too, under its name.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from participation.foundation.dates import short_day
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_pgettext
from participation.projects.dossier.details import words_of_part
from participation.projects.dossier.field import Part, PartKind
from participation.projects.dossier.fields import BY_NAME
from participation.projects.models import AnswerState, Provenance

Values = Mapping[str, Any]

STATES: dict[str, object] = {
    AnswerState.ANSWERED: lazy_pgettext("answer", "answered"),
    AnswerState.NOT_KNOWN_YET: lazy_pgettext("answer", "not known yet"),
    AnswerState.NOT_APPLICABLE: lazy_pgettext("answer", "doesn’t apply to this project"),
}
PROVENANCES: dict[str, object] = {
    Provenance.SERVICE: lazy_pgettext("who says so", "the service"),
    Provenance.VENDOR: lazy_pgettext("who says so", "the vendor, not checked"),
    Provenance.AUDIT: lazy_pgettext("who says so", "an audit"),
}
DECIDED: dict[bool, object] = {
    False: lazy_pgettext("point", "can still change"),
    True: lazy_pgettext("point", "decided already"),
}
# In the order they are told; parts stand after the text, and how an answer was given comes last.
LABELS: dict[str, object] = {
    "state": lazy_pgettext("answer", "State"),
    "is_decided": lazy_pgettext("answer", "State"),
    "choice": lazy_pgettext("answer", "Choice"),
    "title": lazy_pgettext("answer", "Title"),
    "text": lazy_pgettext("answer", "Text"),
    "short": lazy_pgettext("answer", "In one line"),
    "reason": lazy_pgettext("answer", "Why it isn’t known or doesn’t apply"),
    "owner": lazy_pgettext("answer", "Who will answer"),
    "due_on": lazy_pgettext("answer", "Due on"),
    "options": lazy_pgettext("answer", "Options"),
    "claim": lazy_pgettext("answer", "Claim of the vendor, not verified"),
    "claim_source": lazy_pgettext("answer", "Source of the claim"),
    "source": lazy_pgettext("answer", "Source"),
    "dated": lazy_pgettext("answer", "Date"),
}
LAST_LABELS: dict[str, object] = {
    "provenance": lazy_pgettext("answer", "Who says so"),
    "answered_by": lazy_pgettext("answer", "Answered by"),
    "answered_on": lazy_pgettext("answer", "Answered on"),
    "is_copied": lazy_pgettext("answer", "Copied from elsewhere"),
}
_OUR_KINDS = (PartKind.CHOICE, PartKind.CHOICES, PartKind.DAY, PartKind.MONTH)


@dataclass(frozen=True)
class Told:
    """One aspect in words; `is_prose` when people wrote them, in the language of the project."""

    label: object
    words: str
    is_prose: bool = True


def answer_told(name: str, values: Values | None) -> dict[str, Told]:
    """Returns the aspects of an answer, rows and figures left aside; of none, that there is none."""
    if values is None:
        return {"state": Told(LABELS["state"], str(_("no answer in the dossier")), is_prose=False)}
    field = BY_NAME.get(name)
    told = {
        key: _choice(value, field.choices if field else {}) if key == "choice" else _aspect(key, value)
        for key, value in values.items()
        if key != "details"
    }
    details = values.get("details") or {}
    told |= parts_told(field.parts if field else (), details.get("parts") or {})
    told |= {
        key: _aspect(key, value) for key, value in details.items() if key not in ("parts", "rows", "figures")
    }
    return _in_order(told)


def parts_told(parts: Sequence[Part], values: Values) -> dict[str, Told]:
    """Returns the parts of an answer, or the columns of one row: the declared ones first."""
    declared = {part.name: part for part in parts}
    names = [
        *(name for name in declared if name in values),
        *(name for name in values if name not in declared),
    ]
    return {name: _part(declared.get(name), name, values[name]) for name in names}


def thing_told(values: Values | None) -> dict[str, Told]:
    """Returns the aspects of a point or a precedent, none of one that isn't there."""
    return _in_order({key: _aspect(key, value) for key, value in (values or {}).items() if key != "key"})


def anything_told(value: Any) -> dict[str, Told]:
    """Returns what stands in a part of the snapshot that this module has never heard of."""
    if isinstance(value, Mapping):
        return {str(key): _aspect(str(key), inner) for key, inner in value.items()}
    return {"text": Told(LABELS["text"], plain_words(value))}


def plain_words(value: Any) -> str:
    """Returns any plain value as lines that can be compared, empty for nothing."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Mapping):
        told = ((key, plain_words(inner)) for key, inner in value.items())
        return " ; ".join(f"{key} : {words}" for key, words in told if words)
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(plain_words, value)))
    return str(value)


def _in_order(told: dict[str, Told]) -> dict[str, Told]:
    middle = [name for name in told if name not in LABELS and name not in LAST_LABELS]
    return {name: told[name] for name in [*LABELS, *middle, *LAST_LABELS] if name in told}


def _aspect(key: str, value: Any) -> Told:
    label = LABELS.get(key) or LAST_LABELS.get(key) or key
    if key == "state":
        return Told(label, str(STATES.get(value, value)), is_prose=False)
    if key == "provenance":
        return Told(label, str(PROVENANCES.get(value, value)), is_prose=False)
    if key == "is_decided":
        return Told(label, str(DECIDED[bool(value)]), is_prose=False)
    if key in ("due_on", "answered_on"):
        return Told(label, _day(value), is_prose=False)
    return Told(label, plain_words(value), is_prose=key != "is_copied")


def _choice(value: Any, choices: Mapping[str, object]) -> Told:
    chosen: Iterable[str] = filter(None, str(value or "").split(","))
    words = ", ".join(str(choices.get(one, one)) for one in chosen)
    return Told(LABELS["choice"], words, is_prose=False)


def _part(part: Part | None, name: str, value: Any) -> Told:
    words = plain_words(value)
    if part is None:
        return Told(name, words)
    # A value of an older list or form has no words any more: it is told as it stands.
    with suppress(ValueError):
        words = words_of_part(part, words) or words
    return Told(part.label, words, is_prose=part.kind not in _OUR_KINDS)


def _day(value: Any) -> str:
    with suppress(TypeError, ValueError):
        return short_day(date.fromisoformat(value))
    return plain_words(value)
