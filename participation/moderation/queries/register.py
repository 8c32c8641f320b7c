"""The public register of decisions, without authors, and the figures of moderation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from participation.contributions.models import Contribution
from participation.contributions.queries.places import where_said, with_project
from participation.foundation.database import db
from participation.moderation.models import Appeal, AppealOutcome, ModerationDecision, Report, Rule, Verdict
from participation.projects.models import Project

REGISTERED = (Verdict.HIDDEN, Verdict.RESTORED)


@dataclass(frozen=True)
class Figures:
    """What moderation did since the beginning, and how long the first decision took on average."""

    accepted: int
    hidden: int
    restored: int
    reports: int
    appeals: int
    appeals_reversed: int
    by_rule: dict[Rule, int]
    mean_delay: timedelta | None


def register_page(number: int = 1, size: int = 20) -> tuple[list[ModerationDecision], int]:
    """Returns a page of what was hidden or restored, last first, with its place, and how many there are."""
    listed = sa.select(ModerationDecision).where(ModerationDecision.verdict.in_(REGISTERED))
    total = db.session.scalar(listed.with_only_columns(sa.func.count(ModerationDecision.id))) or 0
    page = (
        listed.join(Contribution, Contribution.id == ModerationDecision.contribution_id)
        .options(
            contains_eager(ModerationDecision.contribution),
            *where_said(contains_eager(ModerationDecision.contribution)),
        )
        .order_by(ModerationDecision.created_at.desc(), ModerationDecision.id.desc())
    )
    return list(db.session.scalars(page.offset((number - 1) * size).limit(size))), total


def recent_decisions(collectivity_id: int, limit: int = 5) -> list[ModerationDecision]:
    """Returns the last decisions taken in a collectivity, last first: each can be looked at and undone."""
    latest = (
        with_project(
            sa.select(ModerationDecision).join(
                Contribution, Contribution.id == ModerationDecision.contribution_id
            )
        )
        .where(Project.collectivity_id == collectivity_id)
        .options(contains_eager(ModerationDecision.contribution))
        .order_by(ModerationDecision.created_at.desc(), ModerationDecision.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(latest))


def moderation_figures() -> Figures:
    """Counts the whole register, in four statements."""
    verdicts: dict[Verdict, int] = dict(
        db.session.execute(
            sa.select(ModerationDecision.verdict, sa.func.count()).group_by(ModerationDecision.verdict)
        ).all()
    )
    by_rule: dict[Rule | None, int] = dict(
        db.session.execute(
            sa.select(ModerationDecision.rule, sa.func.count())
            .where(ModerationDecision.verdict == Verdict.HIDDEN)
            .group_by(ModerationDecision.rule)
        ).all()
    )
    reports = sa.select(sa.func.count(Report.id)).scalar_subquery()
    lodged = sa.select(sa.func.count(Appeal.id)).where(Appeal.lodged_at.is_not(None)).scalar_subquery()
    reversed_ = (
        sa.select(sa.func.count(Appeal.id)).where(Appeal.outcome == AppealOutcome.REVERSED).scalar_subquery()
    )
    row = db.session.execute(sa.select(reports, lodged, reversed_)).one()
    return Figures(
        accepted=verdicts.get(Verdict.ACCEPTED, 0),
        hidden=verdicts.get(Verdict.HIDDEN, 0),
        restored=verdicts.get(Verdict.RESTORED, 0),
        reports=row[0],
        appeals=row[1],
        appeals_reversed=row[2],
        by_rule={rule: by_rule.get(rule, 0) for rule in Rule},
        mean_delay=_mean_delay(),
    )


def _mean_delay() -> timedelta | None:
    """Returns the mean time from a text to the first decision about it; None when nothing was decided."""
    first = (
        sa.select(
            ModerationDecision.contribution_id, sa.func.min(ModerationDecision.created_at).label("decided_at")
        )
        .group_by(ModerationDecision.contribution_id)
        .subquery()
    )
    seconds = _seconds(first.c.decided_at) - _seconds(Contribution.created_at)
    mean = db.session.scalar(
        sa.select(sa.func.avg(seconds)).join(first, first.c.contribution_id == Contribution.id)
    )
    return None if mean is None else timedelta(seconds=max(0.0, float(mean)))


def _seconds(moment: sa.ColumnElement[datetime] | InstrumentedAttribute[datetime]) -> sa.ColumnElement[float]:
    """Returns a moment as seconds, on SQLite as on PostgreSQL."""
    if db.engine.dialect.name == "sqlite":
        return sa.cast(sa.func.strftime("%s", moment), sa.Float())
    return sa.cast(sa.extract("epoch", moment), sa.Float())
