"""The queue: what waits for a moderator of one collectivity, most urgent first, with its clock."""

import enum
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from participation.collectivities.models import Membership
from participation.collectivities.permissions import reviewers_of
from participation.contributions.models import Contribution, Visibility
from participation.contributions.queries.places import WHERE_SAID, with_project
from participation.foundation.database import db
from participation.moderation import clocks
from participation.moderation.models import Appeal, Report, Rule
from participation.moderation.permissions import goes_to
from participation.moderation.queries.appealing import waiting_appeals
from participation.projects.models import Project

LONGEST_QUEUE = 50


class Reason(enum.StrEnum):
    """Why something waits."""

    APPEAL = "appeal"
    REPORTED = "reported"
    NEW = "new"


@dataclass(frozen=True)
class Waiting:
    """One text that waits: why, since when, until when; the rules named by its reports."""

    contribution: Contribution
    reason: Reason
    since: datetime
    due_at: datetime
    reports: int = 0
    rules: list[Rule] = field(default_factory=list)
    appeal: Appeal | None = None

    def is_late(self, now: datetime) -> bool:
        """Tells whether the promised time has passed."""
        return now > self.due_at

    def is_urgent(self, now: datetime) -> bool:
        """Tells whether less than an hour is left."""
        return self.due_at - now < timedelta(hours=1)


@dataclass(frozen=True)
class Queue:
    """What waits for one member, most urgent first, fifty at most, and how many by reason.

    `with_others` counts the appeals that go to somebody else.
    """

    items: list[Waiting]
    counts: dict[Reason, int]
    with_others: int = 0

    @property
    def total(self) -> int:
        """Returns how many wait in all."""
        return sum(self.counts.values())


def queue_of(collectivity_id: int, *, member: Membership, reason: str = "") -> Queue:
    """Returns what waits there for a member, of one reason when it is a known one."""
    wanted = [one for one in Reason if not reason or one == reason] or list(Reason)
    waiting = waiting_appeals(collectivity_id)
    reviewers = reviewers_of(collectivity_id)
    appeals = [one for one in waiting if goes_to(member, one, reviewers)]
    finders = {
        Reason.APPEAL: lambda _here: _appealed(appeals),
        Reason.REPORTED: _reported,
        Reason.NEW: _new,
    }
    found = [item for one in wanted for item in finders[one](collectivity_id)]
    found.sort(key=lambda item: (item.due_at, item.contribution.id))
    counts = {Reason.APPEAL: len(appeals), **_count_texts(collectivity_id)}
    return Queue(found[:LONGEST_QUEUE], counts, len(waiting) - len(appeals))


def _count_texts(collectivity_id: int) -> dict[Reason, int]:
    """Returns how many texts were reported or are new, in one statement."""
    counts = {
        Reason.REPORTED: _waiting_reports(collectivity_id).with_only_columns(
            sa.func.count(sa.distinct(Report.contribution_id))
        ),
        Reason.NEW: _pending(collectivity_id).with_only_columns(sa.func.count(Contribution.id)),
    }
    row = db.session.execute(sa.select(*(one.scalar_subquery() for one in counts.values()))).one()
    return dict(zip(counts, row, strict=True))


def contributions_to_accept(collectivity_id: int, refs: Collection[str]) -> list[Contribution]:
    """Returns the texts of one collectivity with these references, in the order they were said."""
    known = [ref for ref in refs if ref.isalnum()][:LONGEST_QUEUE]
    ticked = _of(collectivity_id).where(Contribution.ref.in_(known))
    return list(db.session.scalars(ticked.options(*_context()).order_by(Contribution.id)))


def _appealed(appeals: Collection[Appeal]) -> list[Waiting]:
    return [
        Waiting(one.decision.contribution, Reason.APPEAL, one.lodged_at, one.due_at, appeal=one)
        for one in appeals
        if one.lodged_at is not None and one.due_at is not None
    ]


def _reported(collectivity_id: int) -> list[Waiting]:
    first, many = sa.func.min(Report.created_at), sa.func.count(Report.id)
    grouped = (
        _waiting_reports(collectivity_id)
        .with_only_columns(Report.contribution_id, first.label("since"), many.label("reports"))
        .group_by(Report.contribution_id)
        .order_by(first, Report.contribution_id)
        .limit(LONGEST_QUEUE)
        .subquery()
    )
    rows = db.session.execute(
        _of(collectivity_id)
        .join(grouped, grouped.c.contribution_id == Contribution.id)
        .options(*_context())
        .add_columns(grouped.c.since, grouped.c.reports)
        .order_by(grouped.c.since)
    ).all()
    rules = _rules_named([row[0].id for row in rows])
    return [
        Waiting(
            contribution,
            Reason.REPORTED,
            since,
            since + clocks.REPORT_WITHIN,
            reports=reports,
            rules=rules.get(contribution.id, []),
        )
        for contribution, since, reports in rows
    ]


def _new(collectivity_id: int) -> list[Waiting]:
    oldest = _pending(collectivity_id).options(*_context()).order_by(Contribution.created_at, Contribution.id)
    return [
        Waiting(one, Reason.NEW, one.created_at, one.created_at + clocks.NEW_TEXT_WITHIN)
        for one in db.session.scalars(oldest.limit(LONGEST_QUEUE))
    ]


def _rules_named(contribution_ids: Collection[int]) -> dict[int, list[Rule]]:
    if not contribution_ids:
        return {}
    named = (
        sa.select(Report.contribution_id, Report.rule, sa.func.count())
        .where(Report.contribution_id.in_(contribution_ids), Report.handled_at.is_(None))
        .group_by(Report.contribution_id, Report.rule)
        .order_by(sa.func.count().desc(), Report.rule)
    )
    rules: dict[int, list[Rule]] = {}
    for contribution_id, rule, _count in db.session.execute(named):
        rules.setdefault(contribution_id, []).append(rule)
    return rules


def _of(collectivity_id: int) -> sa.Select[Contribution]:
    return with_project(sa.select(Contribution)).where(Project.collectivity_id == collectivity_id)


def _pending(collectivity_id: int) -> sa.Select[Contribution]:
    return _of(collectivity_id).where(Contribution.visibility == Visibility.PENDING)


def _waiting_reports(collectivity_id: int) -> sa.Select[Contribution]:
    """Public texts with reports nobody has answered; a pending text can't be reported."""
    return (
        _of(collectivity_id)
        .join(Report, Report.contribution_id == Contribution.id)
        .where(Contribution.visibility == Visibility.PUBLISHED, Report.handled_at.is_(None))
    )


def _context() -> tuple[ExecutableOption, ...]:
    return (*WHERE_SAID, joinedload(Contribution.participant))
