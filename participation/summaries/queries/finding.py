"""Findings with what they rest on; texts are read again by reference: a hidden one is gone here too."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.activity.models import Event
from participation.contributions.models import Contribution
from participation.foundation.database import db
from participation.summaries.models import Finding, FindingSource, Summary, Theme

REMOVALS = ("contribution.hidden", "contribution.withdrawn", "contribution.erased")


@dataclass(frozen=True)
class ShownFinding:
    """A sentence and the contributions it rests on, in the order they were said."""

    finding: Finding
    sources: list[Contribution] = field(default_factory=list)

    @property
    def quotation(self) -> Contribution | None:
        """Returns the source that most people found useful; None when every text was removed."""
        public = [one for one in self.sources if one.is_published]
        return max(public, key=lambda one: (one.useful_count, one.support_count, -one.id), default=None)


def findings_of(summary: Summary) -> list[ShownFinding]:
    """Returns the findings by theme, then in their order, in two statements."""
    ordered = (
        sa.select(Finding)
        .join(Theme, Theme.id == Finding.theme_id)
        .where(Finding.summary_id == summary.id)
        .options(joinedload(Finding.theme))
        .order_by(Theme.position, Theme.id, Finding.position, Finding.id)
    )
    shown = [ShownFinding(finding) for finding in db.session.scalars(ordered)]
    known = {one.finding.id: one for one in shown}
    linked = (
        sa.select(FindingSource.finding_id, Contribution)
        .join(Contribution, Contribution.id == FindingSource.contribution_id)
        .join(Finding, Finding.id == FindingSource.finding_id)
        .where(Finding.summary_id == summary.id)
        .options(joinedload(Contribution.participant))
        .order_by(Contribution.created_at, Contribution.id)
    )
    for finding_id, contribution in db.session.execute(linked):
        known[finding_id].sources.append(contribution)
    return shown


def findings_resting_on(theme: Theme) -> set[int]:
    """Returns the contributions that are a source of a finding of this theme."""
    resting = (
        sa.select(FindingSource.contribution_id)
        .join(Finding, Finding.id == FindingSource.finding_id)
        .where(Finding.theme_id == theme.id)
    )
    return set(db.session.scalars(resting))


def quotable(refs: Collection[str]) -> dict[str, Contribution]:
    """Returns contributions by reference, whatever became of them; no statement without any reference."""
    found = (
        sa.select(Contribution)
        .where(Contribution.ref.in_(refs))
        .options(joinedload(Contribution.participant))
    )
    return {one.ref: one for one in db.session.scalars(found)} if refs else {}


def removed_on(contributions: Iterable[Contribution], also: Collection[int] = ()) -> dict[int, datetime]:
    """Returns when each text that is no longer public was removed; no statement when all are public.

    `also` are numbers of texts known to be removed, without the texts.
    """
    gone = {one.id for one in contributions if not one.is_published} | set(also)
    if not gone:
        return {}
    subjects = {f"contribution:{number}": number for number in gone}
    events = (
        sa.select(Event.subject, sa.func.max(Event.created_at))
        .where(Event.subject.in_(subjects), Event.action.in_(REMOVALS))
        .group_by(Event.subject)
    )
    return {subjects[subject]: moment for subject, moment in db.session.execute(events)}
