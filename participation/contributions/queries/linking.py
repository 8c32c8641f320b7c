"""Where a person took part under several identities, and which of their positions counts."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.contributions.models import Position
from participation.foundation.database import db


@dataclass(frozen=True)
class LinkedIdentity:
    """An identity that counts no more by itself, and since when the one position stands; None without."""

    participant: Participant
    counts_since: datetime | None


def linked_identities_of(person: Person, since: datetime | None = None) -> list[LinkedIdentity]:
    """Returns the linked identities of a person, first linked first; `since` leaves out earlier ones."""
    linked = (
        sa.select(Participant, Position.changed_at)
        .outerjoin(Position, Position.participant_id == Participant.same_as_id)
        .where(Participant.person_id == person.id, Participant.same_as_id.is_not(None))
        .options(joinedload(Participant.consultation), joinedload(Participant.outside_project))
        .order_by(Participant.linked_at, Participant.id)
    )
    if since is not None:
        linked = linked.where(Participant.linked_at >= since)
    return [LinkedIdentity(*row) for row in db.session.execute(linked)]


def position_counting_for(participant: Participant) -> datetime | None:
    """Returns since when the position of somebody stands who took two under two identities; else None."""
    both = sa.select(Participant.id).where(
        Participant.same_as_id == participant.counted_id, Participant.both_chose
    )
    counting = sa.select(Position.changed_at).where(
        Position.participant_id == participant.counted_id, both.exists()
    )
    return db.session.scalar(counting)
