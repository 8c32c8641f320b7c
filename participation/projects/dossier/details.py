"""The structured side of an answer: its parts, rows and figures, cleaned and checked in one place."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from participation.foundation import text
from participation.foundation.dates import month_and_year, short_day
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.field import MOST_ROWS, Field, Part, PartKind
from participation.projects.dossier.parts import FIGURES

Row = dict[str, str]
_LINK = re.compile(r"https?://[^\s/?#]+\.[^\s]+$", re.I)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])$")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,12})?$")


class Details(TypedDict):
    """What an answer holds besides its sentences; keys that hold nothing are left out of parts and rows."""

    parts: Row
    rows: list[Row]
    figures: list[Row]


def empty_details() -> Details:
    """Returns the details of an answer that has none."""
    return {"parts": {}, "rows": [], "figures": []}


def checked_details(one: Field, given: Mapping[str, object]) -> Details:
    """Returns the details of an answer without what is empty or unknown.

    Raises Invalid on the place that is wrong (`parts-begin`, `rows-0-risk`, `figures-2-source`).
    """
    parts = _filled(one.parts, given.get("parts"))
    _check(one.parts, parts, "parts")
    return {
        "parts": parts,
        "rows": _checked_rows(one.rows, given.get("rows"), "rows"),
        "figures": _checked_rows(FIGURES if one.has_figures else (), given.get("figures"), "figures"),
    }


def missing_part(one: Field, details: Details) -> Part | None:
    """Returns the first part that an answer can't do without and that is empty."""
    return next((part for part in one.parts if part.is_required and part.name not in details["parts"]), None)


def words_of_part(part: Part, value: str) -> str:
    """Returns a value in words: those of its list, a day or a month written out, or the value itself."""
    if part.kind in (PartKind.CHOICE, PartKind.CHOICES):
        return " · ".join(str(part.choices[one]) for one in value.split(",") if one in part.choices)
    if part.kind is PartKind.DAY:
        return short_day(date.fromisoformat(value))
    if part.kind is PartKind.MONTH:
        return month_and_year(date.fromisoformat(f"{value}-01"))
    return value


def _checked_rows(parts: Sequence[Part], given: object, place: str) -> list[Row]:
    rows = given if isinstance(given, list) else []
    kept = []
    for number, row in enumerate(rows[:MOST_ROWS]):
        filled = _filled(parts, row)
        if filled:
            _check(parts, filled, f"{place}-{number}", whole=True)
            kept.append(filled)
    return kept


def _filled(parts: Sequence[Part], given: object) -> Row:
    values = given if isinstance(given, Mapping) else {}
    cleaned = {part.name: _written(values.get(part.name)) for part in parts}
    return {name: value for name, value in cleaned.items() if value}


def _written(value: object) -> str:
    """Returns a value as text; an import may hold anything here, and what is no single value is none."""
    return text.clean(str(value)) if value and isinstance(value, str | int | float) else ""


def _check(parts: Sequence[Part], values: Row, place: str, *, whole: bool = False) -> None:
    for part in parts:
        value = values.get(part.name, "")
        if value:
            _check_value(part, value, f"{place}-{part.name}")
        elif whole and part.is_required:
            raise Invalid(_("Fill this in, or empty the whole entry."), f"{place}-{part.name}")


def _check_value(part: Part, value: str, place: str) -> None:
    if len(value) > part.limit:
        raise Invalid(_("Write at most %(max)d characters.", max=part.limit), place)
    if part.kind is PartKind.CHOICE and value not in part.choices:
        raise Invalid(_("Choose one of the answers."), place)
    if part.kind is PartKind.CHOICES and not set(value.split(",")) <= set(part.choices):
        raise Invalid(_("Choose one of the answers."), place)
    if part.kind is PartKind.LINK and not _LINK.match(value):
        raise Invalid(_("Enter a whole address that begins with https://."), place)
    if part.kind is PartKind.EMAIL and not _EMAIL.match(value):
        raise Invalid(_("Enter a complete e-mail address, such as name@example.org."), place)
    if part.kind is PartKind.MONTH and not _MONTH.match(value):
        raise Invalid(_("Enter a month such as 03/2027."), place)
    if part.kind is PartKind.NUMBER and not _NUMBER.match(value):
        raise Invalid(_("Enter a number such as 48.85."), place)
    if part.kind is PartKind.DAY and not _is_day(value):
        raise Invalid(_("Enter a day such as 12/03/2027."), place)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
