"""What an archive holds: its texts, the people its source tells apart, totals that came without people."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from participation.consultations.models import Participant
from participation.contributions.models import PROPOSAL, Contribution, ReportedTotal, Visibility
from participation.foundation.database import db


@dataclass(frozen=True)
class Holdings:
    """Counts of public texts; `people` are those the source tells apart, `reported` is outside our counts."""

    comments: int
    proposals: int
    people: int
    without_author: int
    reported: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Returns how many public texts there are."""
        return self.comments + self.proposals


def holdings_of(consultation_id: int) -> Holdings:
    """Returns what the archive of a consultation holds, recounted in two statements."""
    is_proposal = sa.func.coalesce(Contribution.source_key, "").startswith(PROPOSAL)
    total, proposals, people, without_author = db.session.execute(
        sa.select(
            sa.func.count(Contribution.id),
            sa.func.count(Contribution.id).filter(is_proposal),
            sa.func.count(sa.distinct(Participant.id)).filter(Participant.is_identified),
            sa.func.count(Contribution.id).filter(~Participant.is_identified),
        )
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(*_public(consultation_id))
    ).one()
    return Holdings(total - proposals, proposals, people, without_author, reported_by_source(consultation_id))


def reported_by_source(consultation_id: int) -> dict[str, int]:
    """Returns the sums, by label, of the totals that came without people with the public texts."""
    summed = (
        sa.select(ReportedTotal.label, sa.func.sum(ReportedTotal.total))
        .join(Contribution, Contribution.id == ReportedTotal.contribution_id)
        .where(*_public(consultation_id))
        .group_by(ReportedTotal.label)
    )
    return {label: int(total) for label, total in db.session.execute(summed)}


def _public(consultation_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Contribution.consultation_id == consultation_id,
        Contribution.visibility == Visibility.PUBLISHED,
        Contribution.spoken_as == "",
    )
