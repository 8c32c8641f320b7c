"""What became of one contribution, read from the dossier, the summary and the decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import defer

from participation.contributions.models import Contribution, DossierChange
from participation.decisions.models import ThemeAnswer
from participation.decisions.queries import answers_for
from participation.foundation.database import db
from participation.projects.models import DossierVersion
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
    changes: Sequence[DossierVersion] = ()

    @property
    def early_changes(self) -> list[DossierVersion]:
        """Returns the versions of the dossier published because of it before the summary."""
        return [version for version in self.changes if not self._is_late(version)]

    @property
    def late_changes(self) -> list[DossierVersion]:
        """Returns those published because of it once the summary was."""
        return [version for version in self.changes if self._is_late(version)]

    def _is_late(self, version: DossierVersion) -> bool:
        summed_up_at = self.summary.published_at if self.summary else None
        return summed_up_at is not None and version.published_at > summed_up_at


def path_to_decision(contribution: Contribution) -> Path:
    """Returns what it changed, themes, sentences of the published summary, answers in force."""
    if not contribution.is_published or contribution.spoken_as:
        return Path()
    consultation = contribution.consultation
    summary = published_summary(consultation) if consultation else None
    findings, orphan_reason, changes = _uses_of(contribution, summary)
    if summary is None:
        return Path(changes=changes)
    themes = themes_of_contribution(contribution)
    answers = answers_for(list({*(one.id for one in themes), *(one.theme_id for one in findings)}))
    return Path(
        summary=summary,
        themes=themes,
        findings=findings,
        orphan_reason=None if findings else orphan_reason,
        answers=list(answers.values()),
        changes=changes,
    )


def _uses_of(
    contribution: Contribution, summary: Summary | None
) -> tuple[list[Finding], OrphanReason | None, list[DossierVersion]]:
    """Returns the sentences that rest on a text, why it was left out, the versions it led to, at once."""
    summary_id = summary.id if summary else None
    is_listed = sa.and_(Orphan.contribution_id == Contribution.id, Orphan.summary_id == summary_id)
    is_of_summary = sa.and_(Finding.id == FindingSource.finding_id, Finding.summary_id == summary_id)
    used = (
        sa.select(Finding, Orphan.reason, DossierVersion)
        .select_from(Contribution)
        .outerjoin(FindingSource, FindingSource.contribution_id == Contribution.id)
        .outerjoin(Finding, is_of_summary)
        .outerjoin(Orphan, is_listed)
        .outerjoin(DossierChange, DossierChange.contribution_id == Contribution.id)
        .outerjoin(DossierVersion, DossierVersion.id == DossierChange.version_id)
        .where(Contribution.id == contribution.id)
        .options(defer(DossierVersion.snapshot))
        .order_by(Finding.position, Finding.id, DossierVersion.number)
    )
    rows = db.session.execute(used).all()
    findings = dict.fromkeys(finding for finding, _reason, _version in rows if finding is not None)
    versions = dict.fromkeys(version for _finding, _reason, version in rows if version is not None)
    return list(findings), rows[0][1], list(versions)
