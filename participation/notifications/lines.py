"""One line of a letter for each piece of news: read again when written, it shows what is still public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.activity.models import Event
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, Visibility
from participation.decisions.models import Decision
from participation.decisions.queries import latest_published
from participation.foundation import clock
from participation.foundation.database import db
from participation.notifications.models import DigestItem, SubjectKind
from participation.projects.models import Project
from participation.summaries.models import Summary

Subject = tuple[SubjectKind, int]


@dataclass(frozen=True)
class Line:
    """What happened, when, to what; `number` puts those of one moment in order."""

    number: int
    at: datetime
    # The action of the event, or `consultation.opened` and `consultation.closed`.
    what: str
    project: Project
    consultation: Consultation | None = None
    question: Contribution | None = None
    decision: Decision | None = None
    # Of a version of the dossier.
    version: int = 0
    reason: str = ""

    @property
    def subjects(self) -> list[Subject]:
        """Returns what one may follow to be told of it."""
        subjects = [(SubjectKind.PROJECT, self.project.id)]
        if self.consultation is not None:
            subjects.append((SubjectKind.CONSULTATION, self.consultation.id))
        if self.question is not None:
            subjects.append((SubjectKind.QUESTION, self.question.id))
        return subjects


@dataclass(frozen=True)
class Known:
    """What the news are about, read at once and by number; what is not public is not in it."""

    projects: dict[int, Project]
    consultations: dict[int, Consultation]
    questions: dict[int, Contribution]
    summaries: dict[int, Summary]
    decisions: dict[int, Decision]
    # The version in force of each decision.
    in_force: dict[int, int]


def lines_of(items: list[DigestItem]) -> list[Line]:
    """Returns the lines of some news; those about what is not public any more are left out."""
    known = _known_about(items)
    lines = (_of_event(one.id, one.event, known) if one.event else _of_turn(one, known) for one in items)
    return [line for line in lines if line is not None]


def _of_turn(item: DigestItem, known: Known) -> Line | None:
    consultation = known.consultations.get(item.consultation_id or 0)
    if consultation is None or item.turn is None or consultation.cancelled_at is not None:
        return None
    at = consultation.opens_at if item.turn.value == "opened" else consultation.closes_at
    return Line(item.id, at, f"consultation.{item.turn.value}", consultation.project, consultation)


def _of_event(number: int, event: Event, known: Known) -> Line | None:
    project = known.projects.get(event.project_id or 0)
    if project is None:
        return None
    about = _number_of(event)
    consultation, question, decision = None, None, None
    if event.action.startswith("consultation."):
        consultation = known.consultations.get(about)
        is_told = consultation is not None
    elif event.action == "summary.published":
        summary = known.summaries.get(about)
        consultation = summary.consultation if summary else None
        is_told = consultation is not None
    elif event.action == "question.answered":
        question = known.questions.get(about)
        consultation = question.consultation if question else None
        is_told = question is not None
    elif event.action == "decision.published":
        decision = known.decisions.get(about)
        consultation = decision.summary.consultation if decision and decision.summary else None
        is_told = decision is not None and known.in_force.get(about) == event.details.get("number")
    else:
        is_told = event.action == "dossier.published"
    if not is_told:
        return None
    return Line(
        number=number,
        at=event.created_at,
        what=event.action,
        project=project,
        consultation=consultation,
        question=question,
        decision=decision,
        version=int(event.details.get("number") or 0),
        reason=str(event.details.get("reason") or ""),
    )


def _known_about(items: list[DigestItem]) -> Known:
    events = [one.event for one in items if one.event is not None]
    turned = {one.consultation_id for one in items if one.consultation_id is not None}
    decided = _numbers(events, "decision")
    latest = latest_published().subquery()
    in_force = sa.select(latest.c.decision_id, latest.c.number).where(latest.c.decision_id.in_(decided))
    with_project = joinedload(Consultation.project).joinedload(Project.collectivity)
    return Known(
        projects=_by_number(
            sa.select(Project)
            .where(
                Project.id.in_({event.project_id for event in events if event.project_id}),
                Project.proposed_at <= clock.now(),
            )
            .options(joinedload(Project.collectivity))
        ),
        consultations=_by_number(
            sa.select(Consultation)
            .where(
                Consultation.id.in_(turned | _numbers(events, "consultation")),
                Consultation.announced_at.is_not(None),
            )
            .options(with_project)
        ),
        questions=_by_number(
            sa.select(Contribution)
            .where(
                Contribution.id.in_(_numbers(events, "contribution")),
                Contribution.visibility == Visibility.PUBLISHED,
            )
            .options(joinedload(Contribution.consultation))
        ),
        summaries=_by_number(
            sa.select(Summary)
            .where(Summary.id.in_(_numbers(events, "summary")), Summary.published_at.is_not(None))
            .options(joinedload(Summary.consultation))
        ),
        decisions=_by_number(
            sa.select(Decision)
            .where(Decision.id.in_(decided))
            .options(joinedload(Decision.summary).joinedload(Summary.consultation))
        ),
        in_force=dict(db.session.execute(in_force).all()) if decided else {},  # type: ignore[arg-type]
    )


def _by_number(statement: sa.Select) -> dict:  # type: ignore[type-arg]
    return {row.id: row for row in db.session.scalars(statement)}


def _numbers(events: Iterable[Event], kind: str) -> set[int]:
    return {_number_of(event) for event in events if event.subject.startswith(f"{kind}:")}


def _number_of(event: Event) -> int:
    number = event.subject.partition(":")[2]
    return int(number) if number.isdigit() else 0
