"""What one answer, point or precedent of a snapshot says, aspect by aspect: «State: answered», «Text: …».

Read from the plain values of a version, so that whatever a later format adds is told too, under its name.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from participation.foundation.dates import short_day
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_pgettext
from participation.projects.dossier.fields import BY_NAME, Field
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
LABELS: dict[str, object] = {
    "state": lazy_pgettext("answer", "State"),
    "choice": lazy_pgettext("answer", "Choice"),
    "text": lazy_pgettext("answer", "Text"),
    "short": lazy_pgettext("answer", "In one line"),
    "reason": lazy_pgettext("answer", "Why it isn’t known or doesn’t apply"),
    "owner": lazy_pgettext("answer", "Who will answer"),
    "due_on": lazy_pgettext("answer", "Due on"),
    "rows": lazy_pgettext("answer", "List"),
    "figures": lazy_pgettext("answer", "Figures"),
    "claim": lazy_pgettext("answer", "Claim of the vendor, not verified"),
    "claim_source": lazy_pgettext("answer", "Source of the claim"),
    "provenance": lazy_pgettext("answer", "Who says so"),
    "answered_by": lazy_pgettext("answer", "Answered by"),
    "answered_on": lazy_pgettext("answer", "Answered on"),
    "is_decided": lazy_pgettext("answer", "State"),
    "options": lazy_pgettext("answer", "Options"),
    "source": lazy_pgettext("answer", "Source"),
    "title": lazy_pgettext("answer", "Title"),
    "dated": lazy_pgettext("answer", "Date"),
}
# What says how an answer was given; it is told after what the answer says.
_LAST = ("provenance", "answered_by", "answered_on")
_DAYS = ("due_on", "answered_on")
_DECIDED = {
    False: lazy_pgettext("point", "can still change"),
    True: lazy_pgettext("point", "decided already"),
}


@dataclass(frozen=True)
class Told:
    """One aspect in words; `is_prose` when people wrote them, in the language of the project."""

    label: object
    words: str
    is_prose: bool = True


def answer_told(name: str, values: Values | None) -> dict[str, Told]:
    """Returns the aspects of an answer, by name; of none at all, that there is no answer."""
    if values is None:
        return {"state": Told(LABELS["state"], str(_("no answer in the dossier")), is_prose=False)}
    plain = {key: value for key, value in values.items() if key not in ("details", "parts")}
    details = values.get("details") or {}
    plain.update((key, value) for key, value in details.items() if key != "parts")
    field = BY_NAME.get(name)
    told = {key: _aspect(key, value, field) for key, value in _in_order(plain)}
    for part, value in {**(details.get("parts") or {}), **(values.get("parts") or {})}.items():
        told[f"parts.{part}"] = _part(part, value, field)
    for key in _LAST:
        if key in told:
            told[key] = told.pop(key)
    return told


def thing_told(values: Values | None) -> dict[str, Told]:
    """Returns the aspects of a point or a precedent, none of one that isn't there."""
    return {key: _aspect(key, value, None) for key, value in _in_order(values or {}) if key != "key"}


def anything_told(value: Any) -> dict[str, Told]:
    """Returns what stands in a part of the snapshot that this module has never heard of."""
    if isinstance(value, Mapping):
        return {str(key): _aspect(str(key), inner, None) for key, inner in value.items()}
    return {"text": Told(LABELS["text"], plain_words(value))}


def plain_words(value: Any) -> str:
    """Returns any plain value as lines that can be compared, empty for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Mapping):
        return " ; ".join(f"{key} : {words}" for key, inner in value.items() if (words := plain_words(inner)))
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(plain_words, value)))
    return str(value)


def _in_order(values: Values) -> Iterable[tuple[str, Any]]:
    """Yields known aspects in the order they are told, then the others."""
    yield from ((key, values[key]) for key in LABELS if key in values)
    yield from ((key, value) for key, value in values.items() if key not in LABELS)


def _aspect(key: str, value: Any, field: Field | None) -> Told:
    label = LABELS.get(key, key)
    if key == "state":
        return Told(label, str(STATES.get(value, value)), is_prose=False)
    if key == "provenance":
        return Told(label, str(PROVENANCES.get(value, value)), is_prose=False)
    if key == "is_decided":
        return Told(label, str(_DECIDED[bool(value)]), is_prose=False)
    if key == "choice":
        return Told(label, chosen_words(value, field.choices if field else {}), is_prose=False)
    if key in _DAYS:
        return Told(label, _day(value), is_prose=False)
    if key == "rows":
        return Told(label, "\n".join(_row(row, field) for row in value or ()))
    return Told(label, plain_words(value))


def chosen_words(value: Any, choices: Mapping[str, object]) -> str:
    """Returns the words of one value of a closed list, or of several joined by commas."""
    if value in choices:
        return str(choices[value])
    return ", ".join(str(choices.get(one, one)) for one in str(value or "").split(",") if one)


def _part(name: str, value: Any, field: Field | None) -> Told:
    return Told(name, plain_words(value))


def _row(row: Any, field: Field | None) -> str:
    return plain_words(row)


def _day(value: Any) -> str:
    with suppress(TypeError, ValueError):
        return short_day(date.fromisoformat(value))
    return plain_words(value)
