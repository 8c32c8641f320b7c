"""The published summary as it is read: frozen figures, texts by reference, what was removed since."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from participation.consultations.models import Assurance, Channel
from participation.contributions.models import Contribution
from participation.contributions.queries import LevelTally, Tally
from participation.projects.dossier.fields import BY_NAME
from participation.summaries.figures import figures_of
from participation.summaries.models import Summary, Theme
from participation.summaries.queries import (
    Coverage,
    OrphanCounts,
    PublishedCondition,
    ShownFinding,
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
class Printed:
    """One finding with its number in the document, its frozen make-up and the text it quotes."""

    number: int
    shown: ShownFinding
    makeup: dict[str, Any]
    quotation: Contribution | None


@dataclass(frozen=True)
class Chapter:
    """A theme and its findings."""

    theme: Theme
    findings: list[Printed]

    @property
    def quoted(self) -> Printed | None:
        """Returns the finding whose source is quoted: the largest one, the first when several are."""
        return max(self.findings, key=lambda one: (one.makeup["total"], -one.number), default=None)


@dataclass(frozen=True)
class Document:
    """Everything the public page, the screen of officials and the printed pages show."""

    summary: Summary
    people: dict[str, Any]
    reported: dict[str, int]
    tally: Tally
    levels: list[LevelTally]
    conditions: list[PublishedCondition]
    chapters: list[Chapter]
    orphans: OrphanCounts
    coverage: Coverage
    unknowns: list[Unknown]
    removed: dict[int, datetime]

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


def document_of(summary: Summary) -> Document:
    """Reads a summary in five statements at most, six when a text was removed since."""
    figures = summary.figures or figures_of(summary)
    shown = findings_of(summary)
    orphans = orphan_counts(summary)
    conditions = quotable(figures["conditions"])
    quoted = [source for one in shown for source in one.sources]
    return Document(
        summary=summary,
        people=figures["people"],
        reported=figures.get("reported", {}),
        tally=Tally(**figures["positions"]),
        levels=[_level(one) for one in figures["levels"]],
        conditions=conditions,
        chapters=_chapters(shown, figures["findings"]),
        orphans=orphans,
        coverage=coverage(summary),
        unknowns=[_unknown(one) for one in figures["unknowns"] if one["field"] in BY_NAME],
        removed=removed_on([*quoted, *(one.contribution for one in conditions)], also=orphans.removed_ids),
    )


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


def _unknown(frozen: dict[str, Any]) -> Unknown:
    due_on = date.fromisoformat(frozen["due_on"]) if frozen["due_on"] else None
    return Unknown(BY_NAME[frozen["field"]].label, frozen["reason"], frozen["owner"], due_on)
