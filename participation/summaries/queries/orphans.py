"""Contributions on which no finding rests: listed with a reason, a page at a time, and the last listing."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.contributions.models import Contribution, Visibility
from participation.foundation.database import db
from participation.summaries.models import Orphan, OrphanReason, Summary


@dataclass(frozen=True)
class OrphanCounts:
    """How many are listed by reason, in the order of the reasons, and the numbers of those removed since."""

    by_reason: dict[OrphanReason, int] = field(default_factory=dict)
    removed_ids: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        """Returns how many are listed, whatever the reason."""
        return sum(self.by_reason.values())


@dataclass(frozen=True)
class LastListing:
    """What was listed at once, most recently: it can be taken back at once."""

    at: datetime
    reason: OrphanReason
    count: int


def orphan_counts(summary: Summary) -> OrphanCounts:
    """Returns how many contributions are listed by reason, without reading their texts."""
    listed = (
        sa.select(Orphan.reason, Orphan.contribution_id, Contribution.visibility)
        .join(Contribution, Contribution.id == Orphan.contribution_id)
        .where(Orphan.summary_id == summary.id)
    )
    rows = db.session.execute(listed).all()
    counts = Counter(reason for reason, _number, _visibility in rows)
    return OrphanCounts(
        {reason: counts[reason] for reason in OrphanReason if counts[reason]},
        frozenset(number for _reason, number, visibility in rows if visibility is not Visibility.PUBLISHED),
    )


def orphans_of(
    summary: Summary, *, reason: OrphanReason | None = None, page: int = 1, size: int | None = None
) -> list[Orphan]:
    """Returns contributions left out with why, grouped by reason, in the order they were said."""
    listed = sa.select(Orphan).where(Orphan.summary_id == summary.id)
    if reason is not None:
        listed = listed.where(Orphan.reason == reason)
    ordered = listed.options(joinedload(Orphan.contribution).joinedload(Contribution.participant)).order_by(
        Orphan.reason, Orphan.contribution_id
    )
    if size is not None:
        ordered = ordered.offset((page - 1) * size).limit(size)
    return list(db.session.scalars(ordered))


def reasons_among(summary: Summary, contribution_ids: list[int]) -> dict[int, OrphanReason]:
    """Returns why each of these contributions is left out; those that are not are absent."""
    listed = sa.select(Orphan.contribution_id, Orphan.reason).where(
        Orphan.summary_id == summary.id, Orphan.contribution_id.in_(contribution_ids)
    )
    return dict(db.session.execute(listed).all())


def is_listed(summary: Summary, reason: OrphanReason | None = None) -> sa.ColumnElement[bool]:
    """Tells whether a contribution is left out by this summary, for that reason if one is given."""
    listed = sa.exists().where(Orphan.contribution_id == Contribution.id, Orphan.summary_id == summary.id)
    if reason is not None:
        listed = listed.where(Orphan.reason == reason)
    return listed.correlate(Contribution)


def is_listed_at(summary: Summary, moment: datetime) -> sa.ColumnElement[bool]:
    """Tells whether a contribution was listed at exactly that moment."""
    return (
        sa.exists()
        .where(Orphan.contribution_id == Contribution.id, Orphan.summary_id == summary.id)
        .where(Orphan.created_at == moment)
        .correlate(Contribution)
    )


def last_listing(summary: Summary) -> LastListing | None:
    """Returns what was listed most recently in one act; None when nothing is listed."""
    latest = sa.select(sa.func.max(Orphan.created_at)).where(Orphan.summary_id == summary.id)
    found = (
        sa.select(Orphan.created_at, Orphan.reason, sa.func.count())
        .where(Orphan.summary_id == summary.id, Orphan.created_at == latest.scalar_subquery())
        .group_by(Orphan.created_at, Orphan.reason)
        .limit(1)
    )
    row = db.session.execute(found).first()
    return LastListing(*row) if row else None
