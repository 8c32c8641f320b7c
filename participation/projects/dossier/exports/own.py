"""Our own format, from which nothing is missing: canonical JSON, described by a schema made from the fields.

`answers` holds what somebody answers, by field; what is computed stands beside it. An import reads all of it.

Canonical: keys in alphabetical order, no space between them, letters as they are, days and moments in ISO
8601 (moments in UTC), and nothing where there is nothing: the same dossier always gives the same bytes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.exports.format import Format
from participation.projects.dossier.exports.record import (
    LICENCE_ADDRESS,
    LICENCE_NAME,
    Consulted,
    Decided,
    Record,
    Version,
)
from participation.projects.dossier.field import Field
from participation.projects.dossier.fields import FIELDS
from participation.projects.dossier.published import Answer, Point

STANDARD = "participation-dossier"
VERSION = "1"
UNANSWERED = "unanswered"
SCHEMA_PATH = "/schemas/dossier-1.json"
# Of an answer, by their names here: what holds nothing is left out.
WORDS = ("text", "short", "claim", "claim_source", "answered_by", "reason", "owner")
LICENCE = {"name": LICENCE_NAME, "address": LICENCE_ADDRESS}
# What else a snapshot holds is passed on as it was published.
_TOLD_ELSEWHERE = ("format", "answers", "open_points", "precedents")

Plain = dict[str, Any]


def described(record: Record) -> Plain:
    """Returns everything that is public of a dossier, as plain values."""
    dossier = record.dossier
    return {
        "standard": STANDARD,
        "standard_version": VERSION,
        "uuid": record.uuid,
        "ref": record.ref,
        "slug": record.slug,
        "url": record.address,
        "lang": record.language,
        "licence": LICENCE,
        "publication_date": _written(record.published_on),
        "last_change_date": _written(record.changed_on),
        "keywords": _policies(record),
        "imported_from": record.imported_from,
        "imported_at": _written(record.imported_at),
        **{name: value(record) for name, value in _COMPUTED.items()},
        "answers": {one.name: _field(one, record) for one in FIELDS if one.is_written},
        "precedents": [asdict(case) for case in dossier.precedents],
        "versions": [_version(version) for version in record.versions],
        "more": {key: value for key, value in sorted(dossier.plain.items()) if key not in _TOLD_ELSEWHERE},
    }


def listed(records: list[Record], *, page: int, pages: int, total: int, following: str | None) -> Plain:
    """Returns a page of the register; `following` is the address of the next one."""
    return {
        "standard": STANDARD,
        "standard_version": VERSION,
        "licence": LICENCE,
        "page": page,
        "pages": pages,
        "total": total,
        "next": following,
        "projects": [described(record) for record in records],
    }


def written(plain: object) -> str:
    """Returns plain values as canonical JSON."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _policies(record: Record) -> list[str]:
    """Returns the slugs of the policy: the words depend on who reads, a slug never changes."""
    return [slug for slug in (record.code("policy"), record.part("policy", "sub_policy")) if slug]


def _field(one: Field, record: Record) -> Plain:
    answer = record.answer(one.name)
    if answer is None:
        return {"number": one.number, "state": UNANSWERED}
    return {"number": one.number, **_answer(answer)}


def _answer(answer: Answer) -> Plain:
    columns = [part.name for part in answer.field.rows]
    held: Plain = {name: getattr(answer, name) for name in WORDS}
    held |= {
        "choices": answer.choices,
        "answered_on": _written(answer.answered_on),
        "due_on": _written(answer.due_on),
        "parts": {said.part.name: said.value for said in answer.said_parts},
        "rows": [{name: row[name] for name in columns if name in row} for row in answer.rows],
        "figures": [_without_nothing(asdict(figure)) for figure in answer.figures],
    }
    return {
        "state": answer.state.value,
        "provenance": answer.provenance.value,
        **_without_nothing(held),
    }


def _organization(record: Record) -> Plain:
    body = record.body
    return _without_nothing(
        {"slug": body.slug, "name": body.name, "siret": body.siret, "population": body.population,
         "address": body.address}
    )  # fmt: skip


def _status(record: Record) -> Plain:
    days = ("proposed_at", "in_service_on", "evaluated_on", "stopped_on")
    return {
        "stage": record.stage,
        "status": record.status,
        **_without_nothing({name: _written(getattr(record, name)) for name in days}),
    }


def _points(record: Record) -> list[Plain]:
    return [_point(point) for point in record.dossier.points]


def _point(point: Point) -> Plain:
    held = {"text": point.text, "options": point.options, "source": point.source}
    return {"key": point.key, "is_decided": point.is_decided, **_without_nothing(held)}


def _consultation(consulted: Consulted) -> Plain:
    return _plainly(consulted)


def _decision(decided: Decided) -> Plain:
    return _plainly(decided)


def _version(version: Version) -> Plain:
    return _plainly(version)


# The fields that nobody answers stand beside the answers, under their own names.
_COMPUTED: dict[str, Callable[[Record], object]] = {
    "organization": _organization,
    "status": _status,
    "open_questions": _points,
    "consultation": lambda record: [_consultation(one) for one in record.consultations],
    "decision": lambda record: [_decision(one) for one in record.decisions],
}


def _plainly(fact: Consulted | Decided | Version) -> Plain:
    values = {name: _written(value) for name, value in asdict(fact).items()}
    return _without_nothing({"lang": values.pop("language"), **values})


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value


def _without_nothing(values: Mapping[str, object]) -> Plain:
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


OWN = Format(
    key="own",
    standard=STANDARD,
    name=_("The whole dossier (JSON)"),
    purpose=_(
        "To take everything that is published, without loss: to keep, to compare, to import elsewhere."
    ),
    readers=_("other installations of this software, researchers, programs"),
    attributes=tuple(one.name for one in FIELDS),
    is_whole=True,
)
