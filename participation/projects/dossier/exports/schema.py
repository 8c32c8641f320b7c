"""The JSON Schema of our own format, made from the fields: one more field needs no word here."""

from collections.abc import Sequence
from typing import Any

from participation.foundation.i18n import speaking
from participation.projects.dossier.exports.own import STANDARD, UNANSWERED, VERSION, WORDS
from participation.projects.dossier.exports.record import STATUSES
from participation.projects.dossier.field import Field, Kind, Part, PartKind
from participation.projects.dossier.fields import FIELDS
from participation.projects.dossier.parts import FIGURES
from participation.projects.models import AnswerState, Outcome, Provenance

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
_LINK: Schema = {"type": "string", "pattern": r"^https?://"}
_PATTERNS = {
    PartKind.DAY: _DAY,
    PartKind.MONTH: {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"},
    PartKind.NUMBER: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
}


def schema(address: str) -> Schema:
    """Returns the schema of one project, whose own address is given; its words are French."""
    with speaking("fr"):
        return {
            "$schema": DIALECT,
            "$id": address,
            "title": "Dossier d’un projet d’intelligence artificielle",
            "description": "Ce qu’une collectivité publie d’un projet, et ce qu’elle n’en sait pas encore.",
            **_object(_properties(), missing=("imported_from", "imported_at")),
        }


def schema_of_page(address: str, address_of_project: str) -> Schema:
    """Returns the schema of a page of the register."""
    return {
        "$schema": DIALECT,
        "$id": address,
        **_object(
            {
                "standard": {"const": STANDARD},
                "standard_version": {"const": VERSION},
                "licence": _licence(),
                "page": _count(1),
                "pages": _count(1),
                "total": _count(0),
                "next": {"type": ["string", "null"]},
                "projects": {"type": "array", "items": {"$ref": address_of_project}},
            }
        ),
    }


def _properties() -> Schema:
    return {
        "standard": {"const": STANDARD},
        "standard_version": {"const": VERSION},
        "uuid": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
        "ref": _TEXT,
        "slug": _TEXT,
        "url": _LINK,
        "lang": {"type": "string", "pattern": "^[a-z]{2}$"},
        "licence": _licence(),
        "publication_date": _DAY,
        "last_change_date": _DAY,
        "keywords": {"type": "array", "items": _TEXT},
        "imported_from": {"type": ["string", "null"]},
        "imported_at": {"anyOf": [_MOMENT, {"type": "null"}]},
        **{one.name: _computed(one) for one in FIELDS if not one.is_written},
        "answers": _object({one.name: _field(one) for one in FIELDS if one.is_written}),
        "precedents": _list(_object(dict.fromkeys(("title", "text", "source", "dated"), _TEXT))),
        "versions": _list(
            _object(
                {"number": _count(1), "published_at": _MOMENT, "reason": _TEXT, "lang": _TEXT,
                 "published_by": _TEXT},
                missing=("published_by",),
            )
        ),
        # Whatever else was published, such as what is said of a charter.
        "more": {"type": "object"},
    }  # fmt: skip


def _computed(one: Field) -> Schema:
    return {"title": str(one.label), "description": str(one.question), **_COMPUTED[one.name]}


def _field(one: Field) -> Schema:
    said = {"title": str(one.label), "description": str(one.question)}
    number: Schema = {"const": one.number}
    nothing = _object({"number": number, "state": {"const": UNANSWERED}})
    return {
        **said,
        "anyOf": [nothing, _object(_answer(one, number), given=("number", "state", "provenance"))],
    }


def _answer(one: Field, number: Schema) -> Schema:
    held: Schema = {
        "number": number,
        "state": {"enum": [state.value for state in AnswerState]},
        "provenance": {"enum": [who.value for who in Provenance]},
        **dict.fromkeys(WORDS, _TEXT),
        "answered_on": _DAY,
        "due_on": _DAY,
    }
    if one.choices:
        most = {} if one.kind is Kind.CHOICES else {"maxItems": 1}
        held["choices"] = {"type": "array", "items": {"enum": list(one.choices)}, **most}
    if one.parts:
        held["parts"] = _parts(one.parts)
    if one.rows:
        held["rows"] = _list(_parts(one.rows))
    if one.has_figures:
        held["figures"] = _list(_parts(FIGURES))
    return held


def _parts(parts: Sequence[Part]) -> Schema:
    return _object({part.name: {"title": str(part.label), **_part(part)} for part in parts}, given=())


def _part(part: Part) -> Schema:
    if part.kind is PartKind.CHOICE:
        return {"enum": list(part.choices)}
    return _PATTERNS.get(part.kind, _TEXT)


def _licence() -> Schema:
    return _object({"name": _TEXT, "address": _LINK})


def _count(least: int) -> Schema:
    return {"type": "integer", "minimum": least}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(properties: Schema, *, given: Sequence[str] | None = None, missing: Sequence[str] = ()) -> Schema:
    """Returns an object of these keys and no other: all given, but those that may be missing."""
    required = [name for name in properties if name not in missing] if given is None else list(given)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


_COMPUTED: dict[str, Schema] = {
    "organization": _object(
        {"slug": _TEXT, "name": _TEXT, "siret": _TEXT, "population": _count(0), "address": _LINK},
        given=("slug", "name"),
    ),
    "status": _object(
        {"stage": _TEXT, "status": {"enum": list(STATUSES)}, "proposed_at": _MOMENT, "in_service_on": _DAY,
         "evaluated_on": _DAY, "stopped_on": _DAY},
        given=("stage", "status"),
    ),
    "open_questions": _list(
        _object(
            {"key": _TEXT, "is_decided": {"type": "boolean"}, "text": _TEXT, "options": _TEXT,
             "source": _TEXT},
            given=("key", "is_decided", "text"),
        )
    ),
    "consultation": _list(
        _object(
            {"ref": _TEXT, "title": _TEXT, "lang": _TEXT, "address": _LINK, "opens_at": _MOMENT,
             "closes_at": _MOMENT, "perimeter": _TEXT, "use_of_answers": _TEXT, "decided_by": _TEXT,
             "answer_due_on": _DAY, "is_suspended": {"type": "boolean"}, "is_cancelled": {"type": "boolean"}},
            given=("ref", "title", "lang", "address", "opens_at", "is_suspended", "is_cancelled"),
        )
    ),
    "decision": _list(
        _object(
            {"ref": _TEXT, "address": _LINK, "outcome": {"enum": [outcome.value for outcome in Outcome]},
             "title": _TEXT, "lang": _TEXT, "body": _TEXT, "held_on": _DAY, "reasons": _TEXT,
             "act_number": _TEXT, "votes": _TEXT, "published_at": _MOMENT, "without_consultation": _TEXT},
            given=("ref", "address", "outcome", "title", "lang", "held_on"),
        )
    ),
}  # fmt: skip
