"""What the event log holds of a person: that they, or somebody in their role, did something."""

import sqlalchemy as sa

from participation.accounts.erasure import ErasureChoice, Traces, facts
from participation.accounts.models import Person
from participation.activity.models import Event
from participation.collectivities.models import Membership
from participation.foundation.database import db

HANDLES = ("event.actor_participant_id",)

# Participants lie above this package: named by their table only, as the foreign key does.
_participant = sa.table("participant", sa.column("id"), sa.column("person_id"))


def traces_of(person: Person) -> Traces:
    """Returns the events a person caused, as a participant or under a role, oldest first."""
    own = sa.select(_participant.c.id).where(_participant.c.person_id == person.id)
    roles = sa.select(Membership.id).where(Membership.person_id == person.id)
    caused = sa.select(Event).where(
        sa.or_(Event.actor_participant_id.in_(own), Event.actor_membership_id.in_(roles))
    )
    events = db.session.scalars(caused.order_by(Event.created_at, Event.id))
    return {"events": [facts(one, "action", "subject", "created_at", "details") for one in events]}


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Leaves the log as it is: it holds no text and no name, and a participant who has no person any more."""
