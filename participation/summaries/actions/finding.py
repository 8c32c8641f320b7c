"""Findings and what they rest on; contributions on which nothing rests, with the reason."""

from collections.abc import Sequence

import sqlalchemy as sa

from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.contributions.models import Contribution
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.summaries.actions.holding import hold_unfrozen
from participation.summaries.actions.sorting import assign_theme_to_several
from participation.summaries.models import (
    Finding,
    FindingKind,
    FindingSource,
    Orphan,
    OrphanReason,
    Summary,
    Theme,
)
from participation.summaries.permissions import require_writer
from participation.summaries.queries import sources_among


def add_finding(
    summary: Summary,
    theme: Theme,
    *,
    kind: FindingKind,
    text: str,
    sources: Sequence[Contribution],
    member: Membership | None = None,
    language: str = "fr",
) -> Finding:
    """Adds a sentence under a theme; its sources are sorted under that theme and are orphans no longer."""
    require_writer(member, summary.consultation)
    hold_unfrozen(summary.consultation)
    if theme.consultation_id != summary.consultation_id:
        raise Invalid(_("This theme belongs to another consultation."), "theme")
    _require_sentence(text)
    _require_new(summary, theme, text, sources)
    last = sa.select(sa.func.max(Finding.position)).where(Finding.summary_id == summary.id)
    finding = Finding(
        summary_id=summary.id,
        theme=theme,
        theme_id=theme.id,
        kind=kind,
        text=text.strip(),
        language=language,
        position=(db.session.scalar(last) or 0) + 1,
    )
    db.session.add(finding)
    db.session.flush()
    _rest_on(finding, summary, sources, member)
    record(
        "finding.added", f"finding:{finding.id}", member=member, project_id=summary.consultation.project_id
    )
    return finding


def change_finding(
    finding: Finding,
    summary: Summary,
    *,
    kind: FindingKind,
    text: str,
    sources: Sequence[Contribution],
    member: Membership,
    language: str = "fr",
) -> Finding:
    """Rewrites a sentence and replaces what it rests on; one that stays as it was keeps its language."""
    require_writer(member, summary.consultation)
    hold_unfrozen(summary.consultation)
    _require_sentence(text)
    hold(finding)
    finding.kind = kind
    if text.strip() != finding.text:
        finding.text, finding.language = text.strip(), language
    db.session.execute(sa.delete(FindingSource).where(FindingSource.finding_id == finding.id))
    _rest_on(finding, summary, sources, member)
    record(
        "finding.changed", f"finding:{finding.id}", member=member, project_id=summary.consultation.project_id
    )
    return finding


def remove_finding(finding: Finding, summary: Summary, *, member: Membership) -> None:
    """Removes a sentence of a draft; its sources are to be covered again."""
    require_writer(member, summary.consultation)
    hold_unfrozen(summary.consultation)
    db.session.execute(sa.delete(FindingSource).where(FindingSource.finding_id == finding.id))
    gone = db.session.execute(sa.delete(Finding).where(Finding.id == finding.id))
    if gone.rowcount == 0:  # type: ignore[attr-defined]
        raise AlreadyDone(_("A colleague has just removed this finding."))
    record(
        "finding.removed", f"finding:{finding.id}", member=member, project_id=summary.consultation.project_id
    )
    db.session.flush()


def mark_orphan(
    summary: Summary, contribution: Contribution, *, reason: OrphanReason, member: Membership | None = None
) -> Orphan:
    """Lists a contribution as one on which no finding rests, with why; once more replaces the reason."""
    if mark_orphans(summary, [contribution], reason=reason, member=member) == 0:
        raise Invalid(_("A finding rests on this contribution: it is not left out."))
    found = sa.select(Orphan).filter_by(summary_id=summary.id, contribution_id=contribution.id)
    return db.session.execute(found).scalar_one()


def mark_orphans(
    summary: Summary,
    contributions: Sequence[Contribution],
    *,
    reason: OrphanReason,
    member: Membership | None = None,
) -> int:
    """Lists several with the same reason, leaving out those on which a finding rests; returns how many.

    They share one moment, by which they can be taken back together.
    """
    require_writer(member, summary.consultation)
    hold_unfrozen(summary.consultation)
    _require_same_consultation(summary, contributions)
    ids = {one.id for one in contributions}
    ids -= sources_among(summary, ids)
    db.session.execute(
        sa.delete(Orphan).where(Orphan.summary_id == summary.id, Orphan.contribution_id.in_(ids))
    )
    now = clock.now()
    db.session.add_all(
        [
            Orphan(summary_id=summary.id, contribution_id=number, reason=reason, created_at=now)
            for number in sorted(ids)
        ]
    )
    project_id = summary.consultation.project_id
    record("orphans.marked", f"summary:{summary.id}", member=member, project_id=project_id, count=len(ids))
    db.session.flush()
    return len(ids)


def remove_orphans(summary: Summary, contributions: Sequence[Contribution], *, member: Membership) -> int:
    """Takes contributions off the list: they are to be covered again; returns how many were on it."""
    require_writer(member, summary.consultation)
    hold_unfrozen(summary.consultation)
    listed = sa.delete(Orphan).where(
        Orphan.summary_id == summary.id, Orphan.contribution_id.in_([one.id for one in contributions])
    )
    count = int(db.session.execute(listed).rowcount)  # type: ignore[attr-defined]
    project_id = summary.consultation.project_id
    record("orphans.taken_back", f"summary:{summary.id}", member=member, project_id=project_id, count=count)
    db.session.flush()
    return count


def _rest_on(
    finding: Finding, summary: Summary, sources: Sequence[Contribution], member: Membership | None
) -> None:
    if not sources:
        raise Invalid(_("Tick at least one contribution on which this sentence rests."), "sources")
    _require_same_consultation(summary, sources)
    if not all(one.is_published for one in sources):
        raise Invalid(_("A finding rests on public contributions only."), "sources")
    ids = list(dict.fromkeys(one.id for one in sources))
    assign_theme_to_several(sources, finding.theme, member=member)
    db.session.add_all([FindingSource(finding_id=finding.id, contribution_id=number) for number in ids])
    db.session.execute(
        sa.delete(Orphan).where(Orphan.summary_id == summary.id, Orphan.contribution_id.in_(ids))
    )
    db.session.flush()


def _require_same_consultation(summary: Summary, contributions: Sequence[Contribution]) -> None:
    if any(one.consultation_id != summary.consultation_id for one in contributions):
        raise Invalid(_("Some of these contributions belong to another consultation."), "sources")


def _require_new(summary: Summary, theme: Theme, text: str, sources: Sequence[Contribution]) -> None:
    """Tells whoever pressed twice, or a colleague who wrote the same, that this sentence is there."""
    same = (
        sa.select(Finding.id, FindingSource.contribution_id)
        .join(FindingSource, FindingSource.finding_id == Finding.id)
        .where(Finding.summary_id == summary.id, Finding.theme_id == theme.id, Finding.text == text.strip())
    )
    written: dict[int, set[int]] = {}
    for finding_id, contribution_id in db.session.execute(same):
        written.setdefault(finding_id, set()).add(contribution_id)
    if {one.id for one in sources} in written.values():
        raise AlreadyDone(_("This finding is already written, on the same contributions."), "text")


def _require_sentence(text: str) -> None:
    if len(text.strip()) < 10:
        raise Invalid(_("Write the finding as one sentence."), "text")
