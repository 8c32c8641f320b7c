"""What waits on the desk of a collectivity's staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.permissions import reviewers_of
from participation.consultations.models import ClosingProposal, Consultation
from participation.consultations.queries import closings_to_confirm
from participation.contributions.models import Contribution, Visibility
from participation.contributions.queries.places import with_project
from participation.decisions.queries import summaries_to_decide
from participation.foundation.database import db
from participation.moderation.models import Appeal, ModerationDecision, Report
from participation.moderation.queries import Entrusted, any_appeal_goes_to_nobody, entrusted_to
from participation.notifications.paper.queries import waiting_letters
from participation.pages.deadlines import Owed, open_deadlines
from participation.projects.models import Project, SectionHandover
from participation.projects.queries import open_handovers_to
from participation.summaries.models import Summary


@dataclass(frozen=True)
class Queue:
    """How many texts wait for a moderator, since when the oldest does, and how many reports and appeals."""

    pending: int
    oldest_at: datetime | None
    reports: int
    appeals: int

    @property
    def total(self) -> int:
        """Returns how many things wait."""
        return self.pending + self.reports + self.appeals


@dataclass(frozen=True)
class Desk:
    """Everything that waits, with its clock."""

    queue: Queue
    running: list[Consultation]
    drafts: list[Consultation]
    to_summarise: list[Consultation]
    to_decide: list[Summary]
    # What a second person must confirm.
    closings: list[ClosingProposal]
    deadlines: list[Owed]
    # Somebody hidden here could appeal, or has, and nobody may answer.
    lacks_reviewer: bool
    # The appeals of other collectivities.
    entrusted: list[Entrusted]
    # The sections of dossiers that colleagues handed over.
    sections: list[SectionHandover]
    # To people who left a postal address.
    letters: int


def desk_of(collectivity: Collectivity, now: datetime, members: Collection[Membership]) -> Desk:
    """Returns what waits in a collectivity for the holder of these roles, most urgent first in each list."""
    unfinished = _unfinished(collectivity.id)
    running = [one for one in unfinished if one.is_public and not one.is_closed(now)]
    return Desk(
        queue=_queue(collectivity.id),
        running=running,
        drafts=[one for one in unfinished if not one.is_public],
        to_summarise=[one for one in unfinished if one.is_public and one.is_closed(now)],
        to_decide=summaries_to_decide(collectivity.id),
        closings=closings_to_confirm(collectivity.id, now),
        deadlines=open_deadlines(now, collectivity.id),
        lacks_reviewer=_lacks_reviewer(collectivity.id, bool(running)),
        entrusted=entrusted_to(members),
        sections=open_handovers_to([one.id for one in members]),
        letters=waiting_letters(collectivity.id),
    )


def _lacks_reviewer(collectivity_id: int, is_running: bool) -> bool:
    reviewers = reviewers_of(collectivity_id)
    may_be_needed = is_running and not reviewers.are_enough
    return may_be_needed or any_appeal_goes_to_nobody(collectivity_id, reviewers)


def _unfinished(collectivity_id: int) -> list[Consultation]:
    """Returns the consultations without published summary, cancelled ones left out."""
    summarised = sa.select(Summary.id).where(
        Summary.consultation_id == Consultation.id, Summary.published_at.is_not(None)
    )
    unfinished = (
        sa.select(Consultation)
        .join(Project, Project.id == Consultation.project_id)
        .where(
            Project.collectivity_id == collectivity_id,
            Consultation.cancelled_at.is_(None),
            ~summarised.exists(),
        )
        .order_by(Consultation.closes_at, Consultation.id)
    )
    return list(db.session.scalars(unfinished))


def _queue(collectivity_id: int) -> Queue:
    said_here = with_project(sa.select(Contribution.id)).where(Project.collectivity_id == collectivity_id)
    pending = sa.select(sa.func.count(), sa.func.min(Contribution.created_at)).where(
        Contribution.visibility == Visibility.PENDING, Contribution.id.in_(said_here)
    )
    reports = sa.select(sa.func.count()).where(
        Report.handled_at.is_(None), Report.contribution_id.in_(said_here)
    )
    appeals = (
        sa.select(sa.func.count())
        .select_from(Appeal)
        .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
        .where(
            Appeal.lodged_at.is_not(None),
            Appeal.decided_at.is_(None),
            ModerationDecision.contribution_id.in_(said_here),
        )
    )
    texts, oldest_at = db.session.execute(pending).one()
    return Queue(
        pending=texts,
        oldest_at=oldest_at,
        reports=db.session.scalar(reports) or 0,
        appeals=db.session.scalar(appeals) or 0,
    )
