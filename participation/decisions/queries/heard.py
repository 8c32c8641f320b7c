"""What was said under each theme."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.contributions.models import ConditionSupport, Contribution, Visibility
from participation.foundation.database import db
from participation.summaries.models import Finding, FindingSource, Summary, Theme, ThemeAssignment


@dataclass(frozen=True)
class Heard:
    """What was said under a theme: how many contributions, how many supporters, one of them quoted."""

    contributions: int = 0
    supporters: int = 0
    quotation: Contribution | None = None


def heard_by_theme(summary: Summary) -> dict[int, Heard]:
    """Returns what residents said under each theme; the most supported source of a finding is quoted.

    A contribution is under a theme when a finding of that theme rests on it or when it was sorted there.
    Hidden ones and the replies of the services are left out.
    """
    linked = theme_links(summary).subquery()
    # What was left out of the summary would be odd to quote: it only stands in when nothing else does.
    is_source = (
        sa.exists()
        .where(Finding.id == FindingSource.finding_id, Finding.summary_id == summary.id)
        .where(Finding.theme_id == linked.c.theme_id, FindingSource.contribution_id == Contribution.id)
        .correlate(linked, Contribution)
    )
    support = Contribution.support_count + Contribution.useful_count
    order = sa.case((is_source, 0), else_=1), support.desc(), Contribution.id
    ranked = (
        sa.select(
            linked.c.theme_id,
            linked.c.contribution_id,
            sa.func.count().over(partition_by=linked.c.theme_id).label("contributions"),
            sa.func.row_number().over(partition_by=linked.c.theme_id, order_by=order).label("place"),
        )
        .join(Contribution, Contribution.id == linked.c.contribution_id)
        .where(Contribution.visibility == Visibility.PUBLISHED, Contribution.spoken_as == "")
    ).subquery()
    first = (
        sa.select(ranked.c.theme_id, ranked.c.contributions, Contribution)
        .join(Contribution, Contribution.id == ranked.c.contribution_id)
        .where(ranked.c.place == 1)
        .options(joinedload(Contribution.participant))
    )
    supporters = _supporters_by_theme(linked)
    return {
        theme_id: Heard(contributions, supporters.get(theme_id, 0), quotation)
        for theme_id, contributions, quotation in db.session.execute(first)
    }


def theme_links(summary: Summary) -> sa.CompoundSelect[tuple[int, int]]:
    """Returns each (theme, contribution) once: sources of findings, and what was sorted under the theme."""
    by_finding = (
        sa.select(Finding.theme_id, FindingSource.contribution_id)
        .join(FindingSource, FindingSource.finding_id == Finding.id)
        .where(Finding.summary_id == summary.id)
    )
    by_hand = (
        sa.select(ThemeAssignment.theme_id, ThemeAssignment.contribution_id)
        .join(Theme, Theme.id == ThemeAssignment.theme_id)
        .where(Theme.consultation_id == summary.consultation_id)
    )
    return sa.union(by_finding, by_hand)


def _supporters_by_theme(linked: sa.Subquery) -> dict[int, int]:
    counted = (
        sa.select(linked.c.theme_id, sa.func.count(sa.distinct(ConditionSupport.participant_id)))
        .join(ConditionSupport, ConditionSupport.contribution_id == linked.c.contribution_id)
        .join(Contribution, Contribution.id == linked.c.contribution_id)
        .where(Contribution.visibility == Visibility.PUBLISHED)
        .group_by(linked.c.theme_id)
    )
    return dict(db.session.execute(counted).all())
