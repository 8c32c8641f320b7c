"""What collectivities hold of a person: the roles they had, and invitations sent to their address."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.erasure import ErasureChoice, Traces, facts
from participation.accounts.models import Person
from participation.collectivities.models import Invitation, Membership
from participation.foundation.database import db

# A role that ended keeps its function, which is the collectivity's; its person is emptied by `accounts`.
HANDLES = (
    "membership.person_id",
    "invitation.email",
    "invitation.function",
    "invitation.token_hash",
)


def traces_of(person: Person) -> Traces:
    """Returns the roles held, ended ones too, and the invitations received."""
    held = (
        sa.select(Membership)
        .where(Membership.person_id == person.id)
        .options(joinedload(Membership.collectivity))
        .order_by(Membership.id)
    )
    received = (
        sa.select(Invitation)
        .where(Invitation.email == person.email)
        .options(joinedload(Invitation.collectivity))
        .order_by(Invitation.id)
    )
    return {
        "memberships": [
            {
                "collectivity": one.collectivity.name,
                **facts(one, "role", "function", "created_at", "ended_at"),
            }
            for one in db.session.scalars(held)
        ],
        "invitations": [
            {
                "collectivity": one.collectivity.name,
                **facts(one, "email", "role", "function", "created_at", "expires_at", "accepted_at"),
            }
            for one in db.session.scalars(received)
        ],
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Deletes the invitations sent to the address, accepted or not: what was accepted is a role by now."""
    db.session.execute(sa.delete(Invitation).where(Invitation.email == person.email))
