"""What became of one contribution, read from the summary and the decision that stand above it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from participation.contributions.models import Contribution
from participation.decisions.models import ThemeAnswer
from participation.decisions.queries import answers_for
from participation.foundation.database import db
from participation.summaries.models import Finding, FindingSource, Orphan, OrphanReason, Summary, Theme
from participation.summaries.queries import published_summary, themes_of_contribution


@dataclass(frozen=True)
class Path:
    """From the words said to the answer given; empty where nothing was published yet."""

    summary: Summary | None = None
    themes: Sequence[Theme] = ()
    findings: Sequence[Finding] = ()
    orphan_reason: OrphanReason | None = None
    answers: Sequence[ThemeAnswer] = field(default=())


def path_to_decision(contribution: Contribution) -> Path:
    """Returns themes, sentences of the published summary and answers of the decision in force."""
    if not contribution.is_published or contribution.spoken_as:
        return Path()
    summary = published_summary(contribution.consultation)
    if summary is None:
        return Path()
    findings, orphan_reason = _place_in(summary, contribution)
    themes = themes_of_contribution(contribution)
    answers = answers_for(list({*(one.id for one in themes), *(one.theme_id for one in findings)}))
    return Path(
        summary=summary,
        themes=themes,
        findings=findings,
        orphan_reason=None if findings else orphan_reason,
        answers=list(answers.values()),
    )


def _place_in(summary: Summary, contribution: Contribution) -> tuple[list[Finding], OrphanReason | None]:
    """Returns the sentences that rest on a contribution and why it was left out, in one statement."""
    is_listed = sa.and_(Orphan.contribution_id == Contribution.id, Orphan.summary_id == summary.id)
    is_of_summary = sa.and_(Finding.id == FindingSource.finding_id, Finding.summary_id == summary.id)
    placed = (
        sa.select(Finding, Orphan.reason)
        .select_from(Contribution)
        .outerjoin(FindingSource, FindingSource.contribution_id == Contribution.id)
        .outerjoin(Finding, is_of_summary)
        .outerjoin(Orphan, is_listed)
        .where(Contribution.id == contribution.id)
        .order_by(Finding.position, Finding.id)
    )
    rows = db.session.execute(placed).all()
    return [finding for finding, _reason in rows if finding is not None], rows[0][1]
