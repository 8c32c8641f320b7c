"""The thread of a project: what happened, where we are today, what is to come, each with its date."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from participation.activity.models import Event
from participation.consultations.models import Consultation, Ground
from participation.foundation.i18n import gettext as _
from participation.projects.dossier.published import PublishedDossier
from participation.projects.models import Outcome, Project
from participation.projects.stage import Stage
from participation.projects.views.publications import NOWHERE, Fact, Way, publications


class Mark(enum.StrEnum):
    """The shape beside a moment."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to-come"
    AWAITED = "awaited"


@dataclass(frozen=True)
class Moment:
    """One line of the thread; `on` is a day or a moment, `way` leads to the page that tells more."""

    on: date | datetime
    words: str
    mark: Mark
    way: Way = NOWHERE
    is_late: bool = False


def thread_of(
    project: Project,
    dossier: PublishedDossier,
    consultation: Consultation | None,
    events: list[Event],
    stage: Stage,
    now: datetime,
) -> list[Moment]:
    """Returns the moments oldest first, today between what happened and what is to come."""
    zone = ZoneInfo(project.collectivity.timezone)
    facts = [*_milestones(project), *_told(events), *_promised(project, consultation), *_after(project)]
    moments = [Moment(on, words, _mark(on, now, zone), way) for on, words, way in facts]
    moments += _awaited(dossier, now, zone)
    if stage is Stage.IN_CONSULTATION and project.paused_at:
        moments.append(Moment(now, _("Today: the consultation is suspended"), Mark.NOW))
    elif stage is Stage.IN_CONSULTATION:
        moments.append(Moment(now, _("Today: you can have your say"), Mark.NOW))
    return sorted(moments, key=lambda moment: (_instant(moment.on, zone), moment.mark is Mark.TO_COME))


def thread_of_archive(project: Project, now: datetime) -> list[Moment]:
    """Returns the moments of an archive: said elsewhere, imported, then summed up and decided here."""
    zone = ZoneInfo(project.collectivity.timezone)
    facts: list[tuple[datetime | None, str]] = [
        (project.opens_at, _("First contribution, on the other platform")),
        (project.closes_at, _("Last contribution, on the other platform")),
        (project.imported_at, _("Imported from %(source)s", source=project.imported_from)),
        (project.summary_published_at, _("Summary published")),
        (project.decided_at, outcome_words(project.outcome)),
    ]
    moments = [Moment(on, words, _mark(on, now, zone)) for on, words in facts if on]
    return sorted(moments, key=lambda moment: _instant(moment.on, zone))


def _milestones(project: Project) -> Iterator[Fact]:
    if project.proposed_at:
        yield project.proposed_at, _("Project proposed"), NOWHERE
    if project.opens_at:
        yield project.opens_at, _("The consultation opens"), NOWHERE
    # While the consultation is suspended, nobody knows the day it closes.
    if project.closes_at and not project.paused_at:
        yield project.closes_at, _("The consultation closes"), NOWHERE
    if project.summary_published_at:
        yield project.summary_published_at, _("Summary published"), NOWHERE
    if project.decided_at:
        yield project.decided_at, outcome_words(project.outcome), NOWHERE


def _told(events: list[Event]) -> Iterator[Fact]:
    yield from publications(events)
    for event in events:
        if words := _period_words(event):
            yield event.created_at, words, NOWHERE


def _period_words(event: Event) -> str:
    """Returns what happened to the period of a consultation; empty for any other event."""
    if event.action == "consultation.closed_early":
        closed = _(
            "Consultation closed early (proposed by: %(first)s; confirmed by: %(second)s)",
            first=event.details.get("proposed_as") or _("Staff of the collectivity"),
            second=event.details.get("confirmed_as") or _("Staff of the collectivity"),
        )
        return str(closed)
    is_election = event.details.get("ground") == Ground.ELECTION
    sentences = {
        "consultation.extended": _("Consultation made longer"),
        "consultation.cancelled": _("Consultation cancelled"),
        "consultation.paused": _("Consultation suspended for an election period")
        if is_election
        else _("Consultation suspended by a court order"),
        "consultation.resumed": _("Consultation resumed, with a later closing"),
    }
    return str(sentences.get(event.action, ""))


def _promised(project: Project, consultation: Consultation | None) -> Iterator[Fact]:
    if consultation is None or consultation.is_paused:
        return
    if consultation.answer_due_on and not project.decided_at:
        yield consultation.answer_due_on, _("Decision due, with an answer to each theme"), NOWHERE


def _after(project: Project) -> Iterator[Fact]:
    if project.in_service_on:
        yield project.in_service_on, _("In service"), NOWHERE
    if project.evaluated_on:
        yield project.evaluated_on, _("Evaluated"), NOWHERE
    if project.stopped_on:
        yield project.stopped_on, _("Stopped"), NOWHERE


def _awaited(dossier: PublishedDossier, now: datetime, zone: ZoneInfo) -> list[Moment]:
    today = now.astimezone(zone).date()
    return [
        Moment(
            answer.due_on,
            _("Answer awaited: %(field)s", field=answer.field.label),
            Mark.AWAITED,
            is_late=answer.due_on < today,
        )
        for answer in dossier.unknown
        if answer.due_on
    ]


def outcome_words(outcome: Outcome | None) -> str:
    """Returns what was decided, as a line of the thread."""
    sentences = {
        Outcome.ADOPTED: _("Decided: the project is adopted"),
        Outcome.ADOPTED_WITH_CHANGES: _("Decided: the project is adopted with changes"),
        Outcome.POSTPONED: _("Decided: the project is postponed"),
        Outcome.REFUSED: _("Decided: the project is refused"),
        Outcome.WITHOUT_AI: _("Decided: it will be done without artificial intelligence"),
    }
    return str(sentences[outcome] if outcome else _("Decided"))


def _mark(on: date | datetime, now: datetime, zone: ZoneInfo) -> Mark:
    return Mark.DONE if _instant(on, zone) <= now else Mark.TO_COME


def _instant(on: date | datetime, zone: ZoneInfo) -> datetime:
    return on if isinstance(on, datetime) else datetime.combine(on, time(), zone)
