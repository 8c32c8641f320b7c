"""Turning an answer as a tale tells it into what the working copy of a dossier keeps."""

from collections.abc import Mapping, Sequence
from typing import Any

from participation.demo.tales import Calendar, Tale, first_sentence
from participation.projects.dossier.field import Part, PartKind
from participation.projects.dossier.fields import BY_NAME
from participation.projects.models import AnswerState, Provenance


def early(told: Tale) -> Tale:
    """Returns what the first version already said: what the tale tells of it, else only a beginning.

    A beginning is the first sentence and the first row, without the short answer, figures or claims.
    """
    left_out = {"short": "", "figures": [], "claim": "", "claim_source": "", "confirmed_by": ""}
    begun = {**told, **left_out, "rows": told.get("rows", [])[:1]}
    for key in ("value", "comment", "reason"):
        if isinstance(told.get(key), str):
            begun[key] = first_sentence(told[key])
    return {**begun, **told.get("early", {})}


def values(name: str, told: Tale, calendar: Calendar) -> dict[str, Any]:
    """Returns an answer as `answer_field` takes it.

    A field with a closed list holds its choice, or a list of them, in `value` and its sentences in `comment`.
    Raises KeyError on a part or a column that the field doesn't have.
    """
    field = BY_NAME[name]
    value = told.get("value", "")
    return {
        "state": AnswerState(told["state"]),
        "text": told.get("comment", "") if field.choices else value,
        "choice": _joined(value) if field.choices else "",
        "short": told.get("short", ""),
        "reason": told.get("reason", ""),
        "owner": told.get("owner", ""),
        "due_on": calendar.day(told["due_day"]) if "due_day" in told else None,
        "provenance": Provenance(told.get("provenance", "service")),
        "answered_by": told.get("author", ""),
        "claim": told.get("claim", ""),
        "claim_source": told.get("claim_source", ""),
        "details": {
            "parts": _said(field.parts, told.get("parts", {}), calendar),
            "rows": [_said(field.rows, row, calendar) for row in told.get("rows", [])],
            "figures": told.get("figures", []),
        },
    }


def _said(parts: Sequence[Part], told: Mapping[str, Any], calendar: Calendar) -> dict[str, str]:
    kinds = {part.name: part.kind for part in parts}
    return {name: _value(kinds[name], value, calendar) for name, value in told.items()}


def _value(kind: PartKind, value: Any, calendar: Calendar) -> str:
    """Returns a part as text; days and months are told as days from the building of the town."""
    if kind is PartKind.DAY:
        return calendar.day(value).isoformat()
    if kind is PartKind.MONTH:
        return calendar.month(value)
    return _joined(value)


def _joined(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else ",".join(value)
