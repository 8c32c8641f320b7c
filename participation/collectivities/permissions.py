"""Who holds which role in a collectivity."""

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation.database import db


def memberships_of(person: Person, collectivity: Collectivity) -> list[Membership]:
    """Returns the roles a person holds there today, in the order they were given."""
    held = (
        sa.select(Membership)
        .where(
            Membership.person_id == person.id,
            Membership.collectivity_id == collectivity.id,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.id)
    )
    return list(db.session.scalars(held))


def membership_as(person: Person, collectivity: Collectivity, *roles: Role) -> Membership | None:
    """Returns the first membership that gives one of these roles; None when the person holds none of them."""
    held = memberships_of(person, collectivity)
    return next((membership for role in roles for membership in held if membership.role is role), None)
