"""How far the working copy is, section by section, and the way through its questions; never a score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from participation.projects.dossier.conditions import CONDITIONS, conditions_of
from participation.projects.dossier.field import SECTIONS, Condition, Field, Gate, Kind, Section
from participation.projects.dossier.fields import FIELDS
from participation.projects.dossier.gate import Completeness, asked_fields, completeness_of

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Progress:
    """One section: its counts, how many promised answers are late, the first question that holds nothing."""

    section: Section
    counts: Completeness
    late: int
    first_missing: Field | None

    @property
    def title(self) -> object:
        """Returns the words of the section."""
        return SECTIONS[self.section]


@dataclass(frozen=True)
class Place:
    """Where a question stands among those asked in its section; `number` is 0 when it isn't asked."""

    number: int
    total: int
    previous: Field | None
    next: Field | None


def progress_of(answers: Answers, today: date) -> list[Progress]:
    """Returns each section of the dossier, in their order."""
    counts, asked = completeness_of(answers), asked_fields(answers)
    return [
        Progress(
            section=section,
            counts=counts[section],
            late=sum(_is_late(answers.get(one.name), today) for one in asked if one.section is section),
            first_missing=next(
                (one for one in asked if one.section is section and one.name not in answers), None
            ),
        )
        for section in Section
    ]


def place_of(answers: Answers, one: Field) -> Place:
    """Returns where a question stands in its section."""
    asked = [other for other in asked_fields(answers) if other.section is one.section]
    before = [other for other in asked if other.number < one.number]
    after = [other for other in asked if other.number > one.number]
    return Place(
        number=len(before) + 1 if one in asked else 0,
        total=len(asked),
        previous=before[-1] if before else None,
        next=after[0] if after else None,
    )


def next_to_answer(answers: Answers, one: Field) -> Field | None:
    """Returns the next question of its section that holds nothing, from the start again after the end."""
    waiting = [
        other for other in asked_fields(answers) if other.section is one.section and other.name not in answers
    ]
    return next((other for other in waiting if other.number > one.number), waiting[0] if waiting else None)


def fields_of(section: Section, answers: Answers) -> tuple[list[Field], list[Field]]:
    """Returns the questions of a section somebody answers: those asked of this project, and the others."""
    asked = asked_fields(answers)
    written = [one for one in FIELDS if one.section is section and one.is_written]
    return [one for one in written if one in asked], [one for one in written if one not in asked]


def why_asked(answers: Answers, one: Field) -> list[object]:
    """Returns what makes this project owe an answer, in words; empty when every project does, or none."""
    return _words(one.conditions & conditions_of(answers))


def why_elsewhere(one: Field) -> list[object]:
    """Returns what would make a project owe an answer, in words."""
    return _words(one.conditions)


def is_optional(one: Field) -> bool:
    """Tells whether no consultation ever waits for it."""
    return one.gate is Gate.OPTIONAL and one.kind is not Kind.COMPUTED


def _words(conditions: frozenset[Condition]) -> list[object]:
    return [words for condition, words in CONDITIONS.items() if condition in conditions]


def _is_late(answer: Mapping[str, Any] | None, today: date) -> bool:
    if answer is None or answer["state"] != "not_known_yet" or not answer["due_on"]:
        return False
    return date.fromisoformat(answer["due_on"]) < today
