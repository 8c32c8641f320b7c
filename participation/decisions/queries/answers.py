"""The answers given to themes, and what is found under each."""

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from participation.contributions.models import Contribution, Visibility
from participation.decisions.models import AnswerVerdict, Decision, DecisionVersion, ThemeAnswer
from participation.decisions.queries.versions import is_version_of, latest_published
from participation.foundation.database import db
from participation.summaries.models import Finding, FindingSource, Theme


def themes_to_answer(decision: Decision) -> list[Theme]:
    """Returns the themes that have a finding in the summary of a decision, in their order."""
    if decision.summary_id is None:
        return []
    found = sa.select(Finding.theme_id).where(Finding.summary_id == decision.summary_id)
    themes = sa.select(Theme).where(Theme.id.in_(found))
    return list(db.session.scalars(themes.order_by(Theme.position, Theme.id)))


def findings_under(decision: Decision, theme: Theme) -> list[tuple[Finding, list[Contribution]]]:
    """Returns the findings of a theme in the summary of a decision, each with its published sources."""
    found = sa.select(Finding).where(Finding.summary_id == decision.summary_id, Finding.theme_id == theme.id)
    findings = list(db.session.scalars(found.order_by(Finding.position, Finding.id)))
    sources: dict[int, list[Contribution]] = {finding.id: [] for finding in findings}
    linked = (
        sa.select(FindingSource.finding_id, Contribution)
        .join(Contribution, Contribution.id == FindingSource.contribution_id)
        .where(FindingSource.finding_id.in_(sources), Contribution.visibility == Visibility.PUBLISHED)
        .options(joinedload(Contribution.participant))
    )
    for finding_id, contribution in db.session.execute(linked.order_by(FindingSource.id)):
        sources[finding_id].append(contribution)
    return [(finding, sources[finding.id]) for finding in findings]


def answers_of(version: DecisionVersion) -> list[ThemeAnswer]:
    """Returns the answers of one version with their themes, in the order of the themes."""
    given = (
        sa.select(ThemeAnswer)
        .join(ThemeAnswer.theme)
        .where(ThemeAnswer.version_id == version.id)
        .options(contains_eager(ThemeAnswer.theme))
    )
    return list(db.session.scalars(given.order_by(Theme.position, Theme.id)))


def answers_for(theme_ids: list[int]) -> dict[int, ThemeAnswer]:
    """Returns the answer in force of each of these themes that has one, with its version and decision."""
    if not theme_ids:
        return {}
    latest = latest_published().subquery()
    given = (
        sa.select(ThemeAnswer)
        .join(ThemeAnswer.version)
        .join(DecisionVersion.decision)
        .join(latest, is_version_of(latest))
        .where(ThemeAnswer.theme_id.in_(theme_ids))
        .options(
            contains_eager(ThemeAnswer.version).contains_eager(DecisionVersion.decision),
            joinedload(ThemeAnswer.theme),
        )
        .order_by(DecisionVersion.held_on, ThemeAnswer.id)
    )
    return {answer.theme_id: answer for answer in db.session.scalars(given)}


def verdict_counts(version_ids: list[int]) -> dict[int, Counter[AnswerVerdict]]:
    """Returns how many themes were adopted, adapted, refused or deferred, by version."""
    counts: dict[int, Counter[AnswerVerdict]] = {identifier: Counter() for identifier in version_ids}
    grouped = (
        sa.select(ThemeAnswer.version_id, ThemeAnswer.verdict, sa.func.count())
        .where(ThemeAnswer.version_id.in_(version_ids))
        .group_by(ThemeAnswer.version_id, ThemeAnswer.verdict)
    )
    for version_id, verdict, count in db.session.execute(grouped):
        counts[version_id][verdict] = count
    return counts
