"""The data of a summary as rows: figures, positions by level, findings, contributions, what stands in none.

Public words only, by reference: no identity beyond the pseudonym's absence, and no position beside a text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from participation.consultations.models import Channel
from participation.contributions.models import Contribution, Kind, Stance
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import pgettext
from participation.summaries.document import SummaryDocument
from participation.summaries.models import Orphan
from participation.summaries.printing.plain import address
from participation.summaries.sections.blocks import Link
from participation.summaries.sections.spoken import ASSURANCES, CHANNELS
from participation.summaries.sections.wording import (
    CHOICES,
    assurance_words,
    channel_words,
    choice_words,
    removed_words,
)
from participation.summaries.wording import KINDS, REASONS

Cell = str | int
Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True)
class Grid:
    """One sheet: how it is called, its headers, its rows made one after the other."""

    name: str
    title: str
    headers: tuple[str, ...]
    rows: Callable[[], Rows]


def grids_of(document: SummaryDocument, orphans: Sequence[Orphan]) -> list[Grid]:
    """Returns the sheets in their order, named as at the end of their addresses."""
    text, where = _("Text"), _("Address")
    return [
        Grid("chiffres", _("Figures"), (_("Figure"), _("Detail"), _("Number")), lambda: _figures(document)),
        Grid(
            "positions",
            _("Positions by level"),
            (_("Channel"), _("Assurance"), _("People"), *(choice_words(one) for one in CHOICES)),
            lambda: _levels(document),
        ),
        Grid(
            "constats",
            _("Findings and sources"),
            (_("Number"), _("Theme"), _("Kind"), _("Finding"), _("Counted"), _("Contribution"), where),
            lambda: _findings(document),
        ),
        Grid(
            "contributions",
            _("Contributions"),
            (_("Reference"), _("Kind"), _("Stance"), _("Channel"), _("Themes"), text, where),
            lambda: _contributions(document, orphans),
        ),
        Grid(
            "sans-constat",
            _("In no finding"),
            (_("Reference"), _("Reason"), text, where),
            lambda: _left_out(document, orphans),
        ),
    ]


def _figures(document: SummaryDocument) -> Rows:
    covered, people = document.coverage, document.people
    yield _("Version"), document.version, ""
    yield _("People"), "", people["total"]
    for channel in CHANNELS:
        if people["channels"].get(channel):
            yield _("People"), channel_words(channel), people["channels"][channel]
    for assurance in ASSURANCES:
        if people["assurances"].get(assurance):
            yield _("People"), assurance_words(assurance), people["assurances"][assurance]
    for choice in CHOICES:
        yield _("Positions"), choice_words(choice), getattr(document.tally, choice)
    yield _("Contributions"), _("published"), covered.published
    yield _("Contributions"), _("in a finding"), covered.sources
    yield _("Contributions"), _("in no finding"), covered.orphans
    yield _("Contributions"), _("behind the largest finding"), covered.largest
    for one in document.conditions:
        yield _("Supports of a condition"), one.contribution.ref, one.support


def _levels(document: SummaryDocument) -> Rows:
    for level in document.levels:
        if level.channel and level.assurance:
            names = channel_words(level.channel.value), assurance_words(level.assurance.value)
        else:
            names = _("Smaller groups together"), ""
        yield *names, level.tally.total, *(getattr(level.tally, choice) for choice in CHOICES)


def _findings(document: SummaryDocument) -> Rows:
    for one in document.findings:
        found = one.shown.finding
        for source in one.shown.sources:
            yield (
                one.number,
                found.theme.name,
                str(KINDS[found.kind]),
                found.text,
                one.total,
                source.ref,
                _page_of(source),
            )


def _contributions(document: SummaryDocument, orphans: Sequence[Orphan]) -> Rows:
    """Gives each contribution of the summary once, with the themes of its findings; removed ones say so."""
    themes: dict[int, list[str]] = {}
    said: dict[int, Contribution] = {}
    for found in document.findings:
        for source in found.shown.sources:
            said[source.id] = source
            names = themes.setdefault(source.id, [])
            if found.shown.finding.theme.name not in names:
                names.append(found.shown.finding.theme.name)
    said |= {orphan.contribution_id: orphan.contribution for orphan in orphans}
    for number in sorted(said):
        one = said[number]
        if not one.is_published:
            yield one.ref, "", "", "", "", removed_words(one, document), _page_of(one)
            continue
        yield (
            one.ref,
            _kind_words(one.kind),
            _stance_words(one.stance),
            channel_words(Channel(one.participant.channel).value),
            " ; ".join(themes.get(number, ())),
            one.body,
            _page_of(one),
        )


def _left_out(document: SummaryDocument, orphans: Sequence[Orphan]) -> Rows:
    for orphan in orphans:
        one = orphan.contribution
        text = one.body if one.is_published else removed_words(one, document)
        yield one.ref, str(REASONS[orphan.reason]), text, _page_of(one)


def _page_of(contribution: Contribution) -> str:
    return address(Link("contributions.show", {"ref": contribution.ref}))


def _stance_words(stance: Stance) -> str:
    return {
        Stance.FOR: pgettext("one contribution", "for"),
        Stance.AGAINST: pgettext("one contribution", "against"),
        Stance.NEUTRAL: pgettext("one contribution", "without taking sides"),
    }[stance]


def _kind_words(kind: Kind) -> str:
    words: dict[Kind, Any] = {
        Kind.COMMENT: _("Comment"),
        Kind.EXPERIENCE: _("Lived experience"),
        Kind.POSITION_REASON: _("Reason of a position"),
        Kind.CONDITION: _("Condition"),
        Kind.SERVICE_QUESTION: _("Question to the service"),
    }
    return str(words.get(kind, _("Answer")))
