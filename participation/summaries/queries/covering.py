"""What a summary covers: contributions that are a source, listed as left out, or still to be dealt with."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from participation.contributions.models import Contribution, Visibility
from participation.foundation.database import db
from participation.summaries.models import Finding, FindingSource, Orphan, Summary, ThemeAssignment


@dataclass(frozen=True)
class Coverage:
    """How many public contributions a summary rests on, leaves out with a reason, and forgets.

    `largest` is what the largest finding rests on: beside the share, it shows when one sentence covers all.
    """

    sources: int
    published: int
    orphans: int
    largest: int = 0

    @property
    def left(self) -> int:
        """Returns how many are neither a source nor listed."""
        return self.published - self.sources - self.orphans

    @property
    def share(self) -> float:
        """Returns the part of the contributions that are a source, from 0 to 1; 0 when there are none."""
        return self.sources / self.published if self.published else 0.0

    @property
    def largest_share(self) -> float:
        """Returns the part on which the largest finding rests, from 0 to 1."""
        return self.largest / self.published if self.published else 0.0


def is_to_be_covered(consultation_id: int) -> sa.ColumnElement[bool]:
    """Tells what a summary must account for: public words of residents, not what staff answered."""
    return sa.and_(
        Contribution.consultation_id == consultation_id,
        Contribution.visibility == Visibility.PUBLISHED,
        Contribution.spoken_as == "",
    )


def coverage(summary: Summary) -> Coverage:
    """Returns the coverage: as frozen once published, else recounted from the rows."""
    frozen = summary.figures.get("coverage") if summary.published_at else None
    if frozen is not None:
        return Coverage(**frozen)
    to_cover = is_to_be_covered(summary.consultation_id)
    row = db.session.execute(
        sa.select(
            sa.func.count(),
            sa.func.count().filter(_is_source(summary)),
            sa.func.count().filter(_is_orphan(summary)),
        ).where(to_cover)
    ).one()
    return Coverage(sources=row[1], published=row[0], orphans=row[2], largest=_largest(summary))


def sources_among(summary: Summary, contribution_ids: Collection[int]) -> set[int]:
    """Returns which of these contributions a finding of the summary rests on."""
    resting = (
        sa.select(FindingSource.contribution_id)
        .join(Finding, Finding.id == FindingSource.finding_id)
        .where(Finding.summary_id == summary.id, FindingSource.contribution_id.in_(contribution_ids))
    )
    return set(db.session.scalars(resting))


def count_left(consultation_id: int, summary: Summary | None) -> int:
    """Returns how many public contributions the summary says nothing of, recounted."""
    left = sa.select(sa.func.count(Contribution.id)).where(
        is_to_be_covered(consultation_id), is_left(summary)
    )
    return db.session.scalar(left) or 0


def count_unsorted(consultation_id: int) -> int:
    """Returns how many public contributions stand under no theme."""
    under_one = sa.exists().where(ThemeAssignment.contribution_id == Contribution.id)
    unsorted = sa.select(sa.func.count(Contribution.id)).where(is_to_be_covered(consultation_id), ~under_one)
    return db.session.scalar(unsorted) or 0


def is_left(summary: Summary | None) -> sa.ColumnElement[bool]:
    """Tells whether the summary says nothing of a contribution: neither a source nor listed."""
    return sa.and_(~_is_source(summary), ~_is_orphan(summary)) if summary else sa.true()


def _is_source(summary: Summary) -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(FindingSource.contribution_id == Contribution.id, FindingSource.finding_id == Finding.id)
        .where(Finding.summary_id == summary.id)
        .correlate(Contribution)
    )


def _is_orphan(summary: Summary) -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(Orphan.contribution_id == Contribution.id, Orphan.summary_id == summary.id)
        .correlate(Contribution)
    )


def _largest(summary: Summary) -> int:
    sizes = (
        sa.select(sa.func.count(FindingSource.id).label("size"))
        .join(Finding, Finding.id == FindingSource.finding_id)
        .join(Contribution, Contribution.id == FindingSource.contribution_id)
        .where(Finding.summary_id == summary.id, is_to_be_covered(summary.consultation_id))
        .group_by(Finding.id)
        .subquery()
    )
    return db.session.scalar(sa.select(sa.func.max(sizes.c.size))) or 0
