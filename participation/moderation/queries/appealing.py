"""Appeals that wait for an answer, and to whom they go."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.permissions import Reviewers, reviewers_of
from participation.collectivities.queries import reviewing_duties_of
from participation.contributions.models import Contribution
from participation.contributions.queries.places import with_project
from participation.foundation.database import db
from participation.moderation.models import Appeal, ModerationDecision
from participation.moderation.permissions import goes_to, reviewers_for
from participation.moderation.queries.deciding import around_appeal
from participation.projects.models import Project


@dataclass(frozen=True)
class Entrusted:
    """What another collectivity entrusts to a member: the appeals that wait for them, most urgent first."""

    collectivity: Collectivity
    appeals: list[Appeal]


def waiting_appeals(collectivity_id: int) -> list[Appeal]:
    """Returns the appeals of a collectivity nobody has answered yet, the longest waiting first."""
    waiting = (
        with_project(
            sa.select(Appeal)
            .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
            .join(Contribution, Contribution.id == ModerationDecision.contribution_id)
        )
        .where(
            Project.collectivity_id == collectivity_id,
            Appeal.lodged_at.is_not(None),
            Appeal.decided_at.is_(None),
        )
        .options(*around_appeal())
        .order_by(Appeal.lodged_at, Appeal.id)
    )
    return list(db.session.scalars(waiting))


def entrusted_to(members: Collection[Membership]) -> list[Entrusted]:
    """Returns what other collectivities entrust to these roles of one person, also where nothing waits."""
    roles = {one.id: one for one in members}
    return [
        Entrusted(duty.collectivity, _those_for(roles[duty.membership_id], duty.collectivity_id))
        for duty in reviewing_duties_of(roles)
    ]


def any_appeal_goes_to_nobody(collectivity_id: int, reviewers: Reviewers) -> bool:
    """Tells whether an author waits and nobody may answer."""
    return any(not reviewers_for(one, reviewers) for one in waiting_appeals(collectivity_id))


def _those_for(member: Membership, collectivity_id: int) -> list[Appeal]:
    reviewers = reviewers_of(collectivity_id)
    return [one for one in waiting_appeals(collectivity_id) if goes_to(member, one, reviewers)]
