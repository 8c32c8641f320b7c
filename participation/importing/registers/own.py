"""Our own JSON brought back: every field, state, part and figure, as it was exported."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import LANGUAGES, lazy_gettext
from participation.foundation.i18n import gettext as _
from participation.foundation.text import clean
from participation.importing.registers.drafts import BadRow, Draft, Remark
from participation.importing.registers.table import decoded
from participation.projects.actions import DraftAnswer
from participation.projects.addresses import address_of
from participation.projects.dossier.details import checked_details
from participation.projects.dossier.exports.own import STANDARD, UNANSWERED
from participation.projects.dossier.field import Field, Kind
from participation.projects.dossier.fields import BY_NAME
from participation.projects.models import AnswerState, Provenance

_WORDS = ("short", "claim", "claim_source", "answered_by", "reason", "owner")
_DAYS = ("answered_on", "due_on")
Listed = TypeVar("Listed", bound=StrEnum)


@dataclass(frozen=True)
class OwnRecord:
    """One project of a file in our format; its line is its number in the file."""

    line: int
    data: dict[str, Any]


def is_own_format(content: bytes) -> bool:
    """Tells whether a file says that it is written in our format."""
    data = _data(content)
    return isinstance(data, dict) and str(data.get("standard", "")) == STANDARD


def records_of(content: bytes) -> list[OwnRecord]:
    """Returns the projects of a file, one or several; raises Invalid when it holds none."""
    data = _data(content)
    found = data.get("projects", [data]) if isinstance(data, dict) else []
    if not isinstance(found, list) or not found:
        raise Invalid(lazy_gettext("This file holds no project."), "file")
    return [
        OwnRecord(number, one if isinstance(one, dict) else {}) for number, one in enumerate(found, start=1)
    ]


def draft_of(record: OwnRecord) -> Draft:
    """Returns the draft of a project; raises BadRow when it has no name or no reference."""
    answers = record.data.get("answers")
    if not isinstance(answers, dict):
        raise BadRow("answers", _("it holds no answers"))
    title = _words(answers.get("name"), "text") or _words(record.data, "title")
    ref = _words(record.data, "ref")
    if not title or not ref:
        raise BadRow("name" if not title else "ref", _("it has no name or no reference"))
    draft = Draft(hashlib.sha256(f"own|{ref}".encode()).hexdigest()[:32], title, _source(record.data))
    language = _words(record.data, "lang")
    draft.language = language if language in LANGUAGES else ""
    for name, given in answers.items():
        if isinstance(given, dict) and given.get("state") == UNANSWERED:
            continue
        if name in BY_NAME and BY_NAME[name].is_written and isinstance(given, dict):
            _take(draft, record, BY_NAME[name], given)
        elif name not in BY_NAME:
            draft.remarks.append(
                Remark(record.line, clean(name)[:80], _("this field isn’t known here: left out"))
            )
    draft.points = _points(record.data.get("open_questions"))
    draft.precedents = _precedents(record.data.get("precedents"))
    return draft


def _take(draft: Draft, record: OwnRecord, one: Field, given: dict[str, Any]) -> None:
    try:
        draft.answers[one.name] = _answer(one, given)
    except DomainError as error:
        why = _("an answer that can’t be kept as it is: %(why)s", why=str(error)[:200])
        draft.remarks.append(Remark(record.line, one.name, why))


def _answer(one: Field, given: dict[str, Any]) -> DraftAnswer:
    details = {place: given.get(place) for place in ("parts", "rows", "figures")}
    kept = checked_details(one, details)
    choices = given.get("choices")
    choice = ",".join(map(str, choices)) if isinstance(choices, list) else _words(given, "choice")
    chosen = list(filter(None, choice.split(",")))
    if not set(chosen) <= set(one.choices) or (len(chosen) > 1 and one.kind is not Kind.CHOICES):
        raise Invalid(lazy_gettext("Choose one of the answers."))
    columns: dict[str, Any] = {name: _words(given, name) for name in _WORDS}
    columns |= {name: _day(given.get(name)) for name in _DAYS}
    columns["state"] = _one_of(AnswerState, _words(given, "state"))
    columns["provenance"] = _one_of(Provenance, _words(given, "provenance") or Provenance.SERVICE)
    return DraftAnswer(
        text=_words(given, "text"),
        choice=",".join(chosen),
        parts=dict(kept["parts"]),
        rows=list(kept["rows"]),
        figures=list(kept["figures"]),
        columns=columns,
    )


def _points(given: object) -> list[dict[str, Any]]:
    points = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    kept: dict[str, dict[str, Any]] = {}
    for point in points:
        text = _words(point, "text")
        key = _words(point, "key") or address_of(text, 60)
        if text:
            kept.setdefault(address_of(key, 60), {
                "key": address_of(key, 60),
                "text": text,
                "options": _words(point, "options"),
                "is_decided": point.get("is_decided") is True,
                "source": _words(point, "source"),
            })  # fmt: skip
    return list(kept.values())


def _precedents(given: object) -> list[dict[str, str]]:
    cases = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    told = [{name: _words(case, name) for name in ("title", "text", "source", "dated")} for case in cases]
    return [case for case in told if case["title"] and case["text"]]


def _source(data: dict[str, Any]) -> str:
    organization = data.get("organization")
    body = _words(organization, "name") if isinstance(organization, dict) else ""
    address = _words(data, "url")
    parts = (_words(data, "title"), body, address if address.startswith(("http://", "https://")) else "")
    return ", ".join(part for part in parts if part)


def _words(given: object, name: str) -> str:
    value = given.get(name) if isinstance(given, dict) else None
    return clean(value) if isinstance(value, str) else ""


def _one_of(listed: type[Listed], word: str) -> Listed:
    try:
        return listed(word)
    except ValueError as error:
        raise Invalid(lazy_gettext("Choose one of the answers.")) from error


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError as error:
        raise Invalid(lazy_gettext("Enter a day such as 12/03/2027.")) from error


@lru_cache(maxsize=2)
def _data(content: bytes) -> object:
    words = decoded(content).lstrip()
    if not words.startswith("{"):
        return None
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return None
