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
    findings = _findings(summary, contribution)
    themes = themes_of_contribution(contribution)
    answers = answers_for(list({*(one.id for one in themes), *(one.theme_id for one in findings)}))
    return Path(
        summary=summary,
        themes=themes,
        findings=findings,
        orphan_reason=None if findings else _orphan_reason(summary, contribution),
        answers=list(answers.values()),
    )


def _findings(summary: Summary, contribution: Contribution) -> list[Finding]:
    resting = (
        sa.select(Finding)
        .join(FindingSource, FindingSource.finding_id == Finding.id)
        .where(Finding.summary_id == summary.id, FindingSource.contribution_id == contribution.id)
        .order_by(Finding.position, Finding.id)
    )
    return list(db.session.scalars(resting))


def _orphan_reason(summary: Summary, contribution: Contribution) -> OrphanReason | None:
    listed = sa.select(Orphan.reason).filter_by(summary_id=summary.id, contribution_id=contribution.id)
    return db.session.scalar(listed)
