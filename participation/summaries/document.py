"""The published summary as it is read: frozen figures, texts by reference, what was removed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from participation.consultations.models import Assurance, Channel, Consultation
from participation.contributions.models import Contribution
from participation.contributions.queries import LevelTally, Tally
from participation.projects.dossier.fields import BY_NAME
from participation.projects.models import Project
from participation.summaries.figures import figures_of
from participation.summaries.models import Summary, Theme
from participation.summaries.queries import (
    Coverage,
    OrphanCounts,
    ShownFinding,
    count_left,
    coverage,
    findings_of,
    orphan_counts,
    quotable,
    removed_on,
)


@dataclass(frozen=True)
class Unknown:
    """Something the dossier did not know when the summary was published."""

    label: object
    reason: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class Condition:
    """A condition as the frozen figures count it, with its text read again."""

    contribution: Contribution
    support: int


@dataclass(frozen=True)
class Unanswered:
    """A question that no service had answered on the day of publication, `late` by so many days."""

    contribution: Contribution
    owed_by: str
    due_on: date
    late: int


@dataclass(frozen=True)
class Opposing:
    """The argument of the smaller side, with how many people stand on it."""

    contribution: Contribution
    useful: int
    side: str
    people: int
    whole: int
    in_positions: bool


@dataclass(frozen=True)
class Printed:
    """One finding with its number in the document, its frozen make-up and the text it quotes."""

    number: int
    shown: ShownFinding
    makeup: dict[str, Any]
    quotation: Contribution | None

    @property
    def total(self) -> int:
        """Returns how many contributions it rested on when the summary was published."""
        return int(self.makeup["total"])

    @property
    def length(self) -> int:
        """Returns how many characters its sentence has."""
        return len(self.shown.finding.text)


@dataclass(frozen=True)
class Chapter:
    """A theme and its findings."""

    theme: Theme
    findings: list[Printed]

    @property
    def quoted(self) -> Printed | None:
        """Returns the finding whose source is quoted: the largest one, the first when several are."""
        return max(self.findings, key=lambda one: (one.total, -one.number), default=None)


@dataclass(frozen=True)
class SummaryDocument:
    """Everything the public page, the screen of officials, the printed pages and the files show."""

    summary: Summary
    people: dict[str, Any]
    reported: dict[str, int]
    tally: Tally
    levels: list[LevelTally]
    conditions: list[Condition]
    chapters: list[Chapter]
    opposing: Opposing | None
    # None in the figures of a summary that was published before questions were counted.
    questions: list[Unanswered] | None
    orphans: OrphanCounts
    coverage: Coverage
    unknowns: list[Unknown]
    removed: dict[int, datetime]
    # How many contributions became public afterwards.
    since: int

    @property
    def consultation(self) -> Consultation:
        """Returns the consultation it sums up."""
        return self.summary.consultation

    @property
    def project(self) -> Project:
        """Returns the project the decision is about."""
        return self.consultation.project

    @property
    def zone(self) -> str:
        """Returns the time zone in which its days are told."""
        return self.project.collectivity.timezone

    @property
    def version(self) -> str:
        """Returns «1», and «1.2» once two of its texts were removed: it is no longer what was signed."""
        return f"{self.summary.number}.{len(self.removed)}" if self.removed else str(self.summary.number)

    @property
    def findings(self) -> list[Printed]:
        """Returns the findings in the order of the document."""
        return [one for chapter in self.chapters for one in chapter.findings]

    @property
    def largest_support(self) -> int:
        """Returns the scale of the bars of the conditions, at least 1."""
        return max([1, *(one.support for one in self.conditions)])


def document_of(summary: Summary) -> SummaryDocument:
    """Reads a summary in six statements at most, seven when a text was removed since."""
    figures = summary.figures or figures_of(summary)
    shown = findings_of(summary)
    orphans = orphan_counts(summary)
    quoted = quotable(_references(figures))
    sources = [source for one in shown for source in one.sources]
    return SummaryDocument(
        summary=summary,
        people=figures["people"],
        reported=figures.get("reported", {}),
        tally=Tally(**figures["positions"]),
        levels=[_level(one) for one in figures["levels"]],
        conditions=[
            Condition(quoted[one["ref"]], int(one["support"]))
            for one in figures["conditions"]
            if one["ref"] in quoted
        ],
        chapters=_chapters(shown, figures["findings"]),
        opposing=_opposing(figures.get("opposing"), quoted),
        questions=_questions(figures.get("questions"), quoted),
        orphans=orphans,
        coverage=coverage(summary),
        unknowns=[_unknown(one) for one in figures["unknowns"] if one["field"] in BY_NAME],
        removed=removed_on([*sources, *quoted.values()], also=orphans.removed_ids),
        since=count_left(summary.consultation_id, summary),
    )


def _references(figures: Mapping[str, Any]) -> set[str]:
    """Returns everything the figures name outside the findings."""
    named: Iterable[Any] = [*figures["conditions"], *(figures.get("questions") or ())]
    opposing = figures.get("opposing")
    return {str(one["ref"]) for one in (*named, *([opposing] if opposing else ()))}


def _chapters(shown: list[ShownFinding], frozen: dict[str, dict[str, Any]]) -> list[Chapter]:
    chapters: list[Chapter] = []
    for number, one in enumerate(shown, start=1):
        makeup = frozen.get(str(one.finding.id), {"total": 0, "stances": {}, "channels": {}})
        quotation = next((source for source in one.sources if source.ref == makeup.get("quotation")), None)
        if not chapters or chapters[-1].theme.id != one.finding.theme_id:
            chapters.append(Chapter(one.finding.theme, []))
        chapters[-1].findings.append(Printed(number, one, makeup, quotation))
    return chapters


def _level(frozen: dict[str, Any]) -> LevelTally:
    channel, assurance = frozen["channel"], frozen["assurance"]
    return LevelTally(
        Channel(channel) if channel else None,
        Assurance(assurance) if assurance else None,
        Tally(**frozen["tally"]),
    )


def _opposing(frozen: dict[str, Any] | None, quoted: Mapping[str, Contribution]) -> Opposing | None:
    if frozen is None or frozen["ref"] not in quoted:
        return None
    return Opposing(quoted[frozen["ref"]], **{key: frozen[key] for key in frozen if key != "ref"})


def _questions(
    frozen: list[dict[str, Any]] | None, quoted: Mapping[str, Contribution]
) -> list[Unanswered] | None:
    if frozen is None:
        return None
    return [
        Unanswered(quoted[one["ref"]], one["owed_by"], date.fromisoformat(one["due_on"]), one["late"])
        for one in frozen
        if one["ref"] in quoted
    ]


def _unknown(frozen: dict[str, Any]) -> Unknown:
    due_on = date.fromisoformat(frozen["due_on"]) if frozen["due_on"] else None
    return Unknown(BY_NAME[frozen["field"]].label, frozen["reason"], frozen["owner"], due_on)
