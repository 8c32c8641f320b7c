"""What one version of a dossier says, as pages and exports read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date
from functools import cached_property
from typing import Any

from participation.projects.dossier.ai_charter import CharterCheck
from participation.projects.dossier.conditions import conditions_of
from participation.projects.dossier.details import Row, words_of_part
from participation.projects.dossier.field import Condition, Field, Part, PartKind
from participation.projects.dossier.figures import Figure, Pair, promised_and_measured
from participation.projects.dossier.guidance import confirming
from participation.projects.dossier.guidance.outcome import Assessment
from participation.projects.dossier.path import Path, path_of
from participation.projects.models import AnswerState, Provenance


@dataclass(frozen=True)
class Said:
    """A part of an answer with its value: the raw one, and the one in words."""

    part: Part
    value: str

    @property
    def words(self) -> str:
        """Returns the value as people read it."""
        return words_of_part(self.part, self.value)

    @property
    def is_in_our_words(self) -> bool:
        """Tells whether the platform says it, rather than whoever wrote the dossier."""
        return bool(self.part.choices) or self.part.kind in (PartKind.DAY, PartKind.MONTH)

    @property
    def is_link(self) -> bool:
        """Tells whether the value is an address to open."""
        return self.part.kind is PartKind.LINK


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
    is_copied: bool = False
    parts: Mapping[str, str] = made_by(default_factory=dict)
    rows: Sequence[Row] = ()
    figures: Sequence[Figure] = ()

    @property
    def is_unknown(self) -> bool:
        """Tells whether the answer is «not known yet»."""
        return self.state is AnswerState.NOT_KNOWN_YET

    def days_late(self, today: date) -> int:
        """Returns by how many days a promised answer is late, 0 when it isn't or none is promised."""
        return max((today - self.due_on).days, 0) if self.is_unknown and self.due_on else 0

    @property
    def is_answered(self) -> bool:
        """Tells whether it says something of the project."""
        return self.state is AnswerState.ANSWERED

    @property
    def choices(self) -> list[str]:
        """Returns the values chosen in a closed list."""
        return [value for value in self.choice.split(",") if value in self.field.choices]

    @property
    def choice_words(self) -> str:
        """Returns the words of a closed answer, empty for an open one."""
        return " · ".join(str(self.field.choices[value]) for value in self.choices)

    @property
    def said_parts(self) -> list[Said]:
        """Returns the parts that hold something, in their order."""
        return [Said(part, self.parts[part.name]) for part in self.field.parts if part.name in self.parts]

    @property
    def said_rows(self) -> list[list[Said]]:
        """Returns the rows, each with what it holds."""
        return [
            [Said(part, row[part.name]) for part in self.field.rows if part.name in row] for row in self.rows
        ]

    @property
    def paired_figures(self) -> list[Pair]:
        """Returns the figures by what they count: what was promised beside what was measured."""
        return promised_and_measured(self.figures)

    def indication_on(self, day: date) -> Assessment | None:
        """Returns what the law says on that day of the answers of the guidance; None without them."""
        return confirming.indication_of(self.parts, day)

    def day_of(self, part: str) -> date:
        """Returns a part that holds a day; only for one that is known to be filled in."""
        return date.fromisoformat(self.parts[part])

    @property
    def has_older_rules(self) -> bool:
        """Tells whether the guidance was computed with rules that changed since."""
        return confirming.has_older_rules(self.parts)

    @property
    def is_confirmed(self) -> bool:
        """Tells whether somebody confirmed what the guidance computed."""
        return confirming.is_confirmed(self.parts)

    @property
    def has_note(self) -> bool:
        """Tells whether a lawyer's note is attached to it."""
        return confirming.has_note(self.parts)


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
    """What one version says; `plain` is the snapshot it was read from."""

    title: str
    answers: Mapping[str, Answer]
    points: tuple[Point, ...]
    precedents: tuple[Case, ...]
    # What it says of the AI charter, None where there was none.
    charter: CharterCheck | None = None
    plain: Mapping[str, Any] = made_by(default_factory=dict, compare=False, repr=False)

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
        return [answer for answer in self.answers.values() if answer.is_answered]

    @cached_property
    def holding(self) -> frozenset[Condition]:
        """Returns the conditions that make this project owe more answers."""
        return conditions_of(self.plain.get("answers", {}))

    @cached_property
    def path(self) -> Path:
        """Returns the minimum path it was published with, and what was chosen instead."""
        return path_of(self.plain)

    def is_shown(self, one: Field) -> bool:
        """Tells whether a field stands in the public dossier: answered, or asked of this project."""
        return not one.is_written or one.name in self.answers or one.is_asked(self.holding)
