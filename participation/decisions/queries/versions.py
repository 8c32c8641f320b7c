"""Decisions and their versions: those in force, drafts, what each holds."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from participation.decisions.models import Decision, DecisionVersion
from participation.foundation.database import db
from participation.projects.models import Project
from participation.summaries.models import Summary


def latest_published() -> sa.Select[int, int]:
    """Returns the number of the published version in force, by decision."""
    return (
        sa.select(DecisionVersion.decision_id, sa.func.max(DecisionVersion.number).label("number"))
        .where(DecisionVersion.published_at.is_not(None))
        .group_by(DecisionVersion.decision_id)
    )


def published_decisions(*, number: int = 1, size: int = 20) -> tuple[list[DecisionVersion], int]:
    """Returns a page of the versions in force, last decided first, and how many there are."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(latest_published().subquery())) or 0
    page = _in_force().order_by(DecisionVersion.held_on.desc(), DecisionVersion.id.desc())
    return list(db.session.scalars(page.offset((number - 1) * size).limit(size))), total


def decision_by_ref(ref: str) -> Decision | None:
    """Returns a decision with its project and summary, published or not; None when there is none."""
    found = sa.select(Decision).where(Decision.ref == ref).options(*_around_decision())
    return db.session.scalar(found)


def published_versions(decision: Decision) -> list[DecisionVersion]:
    """Returns the published versions of a decision, the one in force first."""
    told = sa.select(DecisionVersion).where(
        DecisionVersion.decision_id == decision.id, DecisionVersion.published_at.is_not(None)
    )
    return list(db.session.scalars(told.order_by(DecisionVersion.number.desc())))


def working_version(decision: Decision) -> DecisionVersion | None:
    """Returns the last version written, draft or published."""
    last = sa.select(DecisionVersion).filter_by(decision_id=decision.id)
    return db.session.scalars(last.order_by(DecisionVersion.number.desc()).limit(1)).first()


def decisions_of_collectivity(collectivity_id: int) -> list[DecisionVersion]:
    """Returns the last version of each decision of a collectivity, drafts first, then the newest."""
    last = (
        sa.select(DecisionVersion.decision_id, sa.func.max(DecisionVersion.number).label("number"))
        .group_by(DecisionVersion.decision_id)
        .subquery()
    )
    found = (
        sa.select(DecisionVersion)
        .join(DecisionVersion.decision)
        .join(Decision.project)
        .join(last, is_version_of(last))
        .where(Project.collectivity_id == collectivity_id)
        .options(contains_eager(DecisionVersion.decision).contains_eager(Decision.project))
    )
    is_published = DecisionVersion.published_at.is_not(None)
    drafts_first = found.order_by(is_published, DecisionVersion.held_on.desc(), DecisionVersion.id)
    return list(db.session.scalars(drafts_first))


def decision_of_consultation(consultation_id: int) -> Decision | None:
    """Returns the decision that answers a summary of this consultation, even as a draft; None without."""
    found = sa.select(Decision).join(Decision.summary).where(Summary.consultation_id == consultation_id)
    return db.session.scalars(found.order_by(Decision.id).limit(1)).first()


def _in_force() -> sa.Select[DecisionVersion]:
    latest = latest_published().subquery()
    return (
        sa.select(DecisionVersion)
        .join(DecisionVersion.decision)
        .join(latest, is_version_of(latest))
        .options(
            contains_eager(DecisionVersion.decision)
            .joinedload(Decision.project)
            .joinedload(Project.collectivity)
        )
    )


def is_version_of(latest: sa.Subquery) -> sa.ColumnElement[bool]:
    return sa.and_(
        DecisionVersion.decision_id == latest.c.decision_id, DecisionVersion.number == latest.c.number
    )


def _around_decision() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Decision.project).joinedload(Project.collectivity),
        joinedload(Decision.summary).joinedload(Summary.consultation),
    )
