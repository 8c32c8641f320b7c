"""A published dossier: how the working copy is frozen, and how pages read it back."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from participation.projects.dossier.ai_charter import read_check
from participation.projects.dossier.details import empty_details
from participation.projects.dossier.field import Field
from participation.projects.dossier.fields import BY_NAME, FIELDS
from participation.projects.dossier.figures import Figure
from participation.projects.dossier.published import Answer, Case, Point, PublishedDossier
from participation.projects.models import AnswerState, DossierAnswer, OpenPoint, Precedent, Provenance

FORMAT = 2
_WORDS = ("choice", "text", "short", "claim", "claim_source", "answered_by", "reason", "owner")


def frozen(
    answers: Iterable[DossierAnswer], points: Iterable[OpenPoint], precedents: Iterable[Precedent]
) -> dict[str, Any]:
    """Returns the working copy as plain values, in the order of the fields."""
    by_name = {answer.field: frozen_answer(answer) for answer in answers}
    return {
        "format": FORMAT,
        "answers": {one.name: by_name[one.name] for one in FIELDS if one.name in by_name},
        "open_points": [
            {name: getattr(point, name) for name in ("key", "text", "options", "is_decided", "source")}
            for point in points
        ],
        "precedents": [
            {name: getattr(case, name) for name in ("title", "text", "source", "dated")}
            for case in precedents
        ],
    }


def frozen_answer(answer: DossierAnswer) -> dict[str, Any]:
    """Returns one answer as plain values."""
    words = {name: getattr(answer, name) for name in _WORDS}
    copied = {"is_copied": True} if answer.is_copied else {}
    return {
        **words,
        **copied,
        "state": answer.state.value,
        "provenance": answer.provenance.value,
        "answered_on": answer.answered_on.isoformat() if answer.answered_on else None,
        "due_on": answer.due_on.isoformat() if answer.due_on else None,
        "details": {**empty_details(), **answer.details},
    }


def read_answer(answer: DossierAnswer) -> Answer:
    """Returns an answer of the working copy as pages use it."""
    return _read_answer(BY_NAME[answer.field], frozen_answer(answer))


def read(snapshot: Mapping[str, Any]) -> PublishedDossier:
    """Returns a snapshot as pages use it; fields that no longer exist are left out."""
    answers = {
        name: _read_answer(BY_NAME[name], values)
        for name, values in snapshot.get("answers", {}).items()
        if name in BY_NAME
    }
    return PublishedDossier(
        title=answers["name"].text if "name" in answers else "",
        answers=answers,
        points=tuple(Point(**values) for values in snapshot.get("open_points", [])),
        precedents=tuple(Case(**values) for values in snapshot.get("precedents", [])),
        charter=read_check(snapshot),
        plain=snapshot,
    )


@lru_cache(maxsize=128)
def read_text(snapshot: str) -> PublishedDossier:
    """Returns a snapshot as pages use it, from the text the database holds: the same text is read once."""
    return read(json.loads(snapshot))


def _read_answer(one: Field, values: Mapping[str, Any]) -> Answer:
    # Versions published before answers had parts hold no details.
    details = {**empty_details(), **(values.get("details") or {})}
    return Answer(
        field=one,
        state=AnswerState(values["state"]),
        provenance=Provenance(values["provenance"]),
        answered_on=_day(values["answered_on"]),
        due_on=_day(values["due_on"]),
        is_copied=values.get("is_copied", False),
        parts=details["parts"],
        rows=tuple(details["rows"]),
        figures=tuple(Figure(**figure) for figure in details["figures"]),
        **{name: values[name] for name in _WORDS},
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
