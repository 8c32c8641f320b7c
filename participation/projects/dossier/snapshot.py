"""A published dossier: how the working copy is frozen, and how pages read it back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from participation.projects.dossier.ai_charter import CharterCheck, read_check
from participation.projects.dossier.fields import BY_NAME, FIELDS, Field
from participation.projects.models import AnswerState, DossierAnswer, OpenPoint, Precedent, Provenance

_WORDS = ("choice", "text", "short", "claim", "claim_source", "answered_by", "reason", "owner")


@dataclass(frozen=True)
class Answer:
    """One answer as published."""

    field: Field
    state: AnswerState
    provenance: Provenance
    choice: str = ""
    text: str = ""
    short: str = ""
    claim: str = ""
    claim_source: str = ""
    answered_by: str = ""
    answered_on: date | None = None
    reason: str = ""
    owner: str = ""
    due_on: date | None = None

    @property
    def is_unknown(self) -> bool:
        """Tells whether the answer is «not known yet»."""
        return self.state is AnswerState.NOT_KNOWN_YET

    @property
    def choice_words(self) -> object:
        """Returns the words of a closed answer, empty for an open one."""
        return self.field.choices.get(self.choice, "")

    @property
    def words(self) -> str:
        """Returns everything an answer says, for comparing two versions."""
        parts = [str(self.choice_words), self.text, self.reason, self.owner, self.claim]
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Point:
    """Something that can still change, or that is already decided."""

    key: str
    text: str
    options: str = ""
    is_decided: bool = False
    source: str = ""

    @property
    def option_list(self) -> list[str]:
        """Returns the options, one a line, without the hyphens they were typed with."""
        return [line.strip(" -") for line in self.options.splitlines() if line.strip(" -")]


@dataclass(frozen=True)
class Case:
    """A precedent elsewhere, with its source and date."""

    title: str
    text: str
    source: str
    dated: str


@dataclass(frozen=True)
class PublishedDossier:
    """What one version says."""

    title: str
    answers: Mapping[str, Answer]
    points: tuple[Point, ...]
    precedents: tuple[Case, ...]
    # What it says of the AI charter, None where there was none.
    charter: CharterCheck | None = None

    @property
    def open_points(self) -> list[Point]:
        """Returns what can still change."""
        return [point for point in self.points if not point.is_decided]

    @property
    def decided_points(self) -> list[Point]:
        """Returns what is already decided."""
        return [point for point in self.points if point.is_decided]

    @property
    def unknown(self) -> list[Answer]:
        """Returns what is not known yet, in the order of the fields."""
        return [answer for answer in self.answers.values() if answer.is_unknown]

    @property
    def answered(self) -> list[Answer]:
        """Returns what is answered, in the order of the fields."""
        return [answer for answer in self.answers.values() if answer.state is AnswerState.ANSWERED]


def frozen(
    answers: Iterable[DossierAnswer], points: Iterable[OpenPoint], precedents: Iterable[Precedent]
) -> dict[str, Any]:
    """Returns the working copy as plain values, in the order of the fields."""
    by_name = {answer.field: _frozen_answer(answer) for answer in answers}
    return {
        "format": 1,
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


def read(snapshot: Mapping[str, Any]) -> PublishedDossier:
    """Returns a snapshot as pages use it."""
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
    )


@lru_cache(maxsize=128)
def read_text(snapshot: str) -> PublishedDossier:
    """Returns a snapshot as pages use it, from the text the database holds: the same text is read once."""
    return read(json.loads(snapshot))


def _frozen_answer(answer: DossierAnswer) -> dict[str, Any]:
    words = {name: getattr(answer, name) for name in _WORDS}
    return {
        **words,
        "state": answer.state.value,
        "provenance": answer.provenance.value,
        "answered_on": answer.answered_on.isoformat() if answer.answered_on else None,
        "due_on": answer.due_on.isoformat() if answer.due_on else None,
    }


def _read_answer(one: Field, values: Mapping[str, Any]) -> Answer:
    return Answer(
        field=one,
        state=AnswerState(values["state"]),
        provenance=Provenance(values["provenance"]),
        answered_on=_day(values["answered_on"]),
        due_on=_day(values["due_on"]),
        **{name: values[name] for name in _WORDS},
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
