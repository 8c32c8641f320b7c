"""The stage of a project, computed from the dates of its life: in Python, and as one SQL expression."""

import enum
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from participation.projects.models import Outcome, Project

# Days of the life of a project begin at midnight here: SQL can't know the zone of each row.
DAYS_BEGIN_IN = ZoneInfo("Europe/Paris")


class Stage(enum.StrEnum):
    """Where a project stands, in the order of a life."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    IN_CONSULTATION = "in_consultation"
    UNDER_REVIEW = "under_review"
    DECIDED = "decided"
    IN_SERVICE = "in_service"
    EVALUATED = "evaluated"
    STOPPED = "stopped"


def stage_of(project: Project, now: datetime) -> Stage:
    """Returns the stage at that moment; `stage_expression` says the same in SQL.

    A consultation that runs, even suspended, wins over everything but a stop; one that closed after the
    last decision awaits a decision again: a breach in service opens a new consultation.
    """
    today = now.astimezone(DAYS_BEGIN_IN).date()
    if _came(project.stopped_on, today):
        return Stage.STOPPED
    if _passed(project.opens_at, now) and project.closes_at is not None:
        if now < project.closes_at or project.paused_at is not None:
            return Stage.IN_CONSULTATION
        if not _passed(project.decided_at, now) or _before(project.decided_at, project.opens_at):
            return Stage.UNDER_REVIEW
    if _came(project.evaluated_on, today):
        return Stage.EVALUATED
    if _came(project.in_service_on, today):
        return Stage.IN_SERVICE
    if _passed(project.decided_at, now):
        return Stage.DECIDED
    return Stage.PROPOSED if _passed(project.proposed_at, now) else Stage.DRAFT


def stage_expression(now: datetime) -> sa.ColumnElement[str]:
    """Returns the SQL expression of the stage of a row of `project` at that moment."""
    today = now.astimezone(DAYS_BEGIN_IN).date()
    opened = sa.and_(Project.opens_at <= now, Project.closes_at.is_not(None))
    runs = sa.or_(Project.closes_at > now, Project.paused_at.is_not(None))
    undecided = sa.or_(
        Project.decided_at.is_(None), Project.decided_at > now, Project.decided_at < Project.opens_at
    )
    return sa.case(
        (Project.stopped_on <= today, Stage.STOPPED.value),
        (sa.and_(opened, runs), Stage.IN_CONSULTATION.value),
        (sa.and_(opened, undecided), Stage.UNDER_REVIEW.value),
        (Project.evaluated_on <= today, Stage.EVALUATED.value),
        (Project.in_service_on <= today, Stage.IN_SERVICE.value),
        (Project.decided_at <= now, Stage.DECIDED.value),
        (Project.proposed_at <= now, Stage.PROPOSED.value),
        else_=Stage.DRAFT.value,
    )


def facet_expression(now: datetime) -> sa.ColumnElement[str]:
    """Returns the SQL expression under which a project is listed: its stage, or `refused`."""
    stage = stage_expression(now)
    given_up = sa.or_(
        stage == Stage.STOPPED.value,
        sa.and_(stage == Stage.DECIDED.value, Project.outcome == Outcome.REFUSED),
    )
    return sa.case((given_up, "refused"), else_=stage)


def _passed(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _came(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _before(first: datetime | None, second: datetime | None) -> bool:
    return first is not None and second is not None and first < second
