"""What an author may still change, and the words that stood before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from participation.consultations.models import Participant
from participation.contributions.models import ConditionSupport, Contribution, ContributionVersion, UsefulVote
from participation.foundation.database import db


@dataclass(frozen=True)
class Wording:
    """One wording of a text, from when to when it stood; `until` is None for the present one."""

    number: int
    body: str
    since: datetime
    until: datetime | None = None


def has_reactions(contribution: Contribution) -> bool:
    """Tells whether somebody else wrote under a text, public or not yet, or voted for it."""
    counted = sa.func.coalesce(Participant.same_as_id, Participant.id)
    above = aliased(Contribution)
    beneath = sa.select(above.id).where(above.parent_id == contribution.id)
    answered = (
        sa.select(Contribution.id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(
            sa.or_(
                Contribution.parent_id == contribution.id,
                Contribution.parent_id.in_(beneath),
                Contribution.reply_to_id == contribution.id,
            ),
            counted != contribution.participant.counted_id,
        )
    )
    voted = [
        sa.select(table.id).where(table.contribution_id == contribution.id)
        for table in (UsefulVote, ConditionSupport)
    ]
    found = sa.select(sa.or_(*(sa.exists(one) for one in (answered, *voted))))
    return bool(db.session.scalar(found))


def wordings_of(contribution: Contribution) -> list[Wording]:
    """Returns the wordings everybody could read, the present one first."""
    former = _versions_of(contribution)
    present = Wording(len(former) + 1, contribution.body, contribution.edited_at or contribution.created_at)
    return [
        present,
        *(Wording(one.number, one.body, one.written_at, one.created_at) for one in reversed(former)),
    ]


def _versions_of(contribution: Contribution) -> Sequence[ContributionVersion]:
    kept = sa.select(ContributionVersion).filter_by(contribution_id=contribution.id)
    return db.session.scalars(kept.order_by(ContributionVersion.number)).all()
