"""Who holds which role in a collectivity, and who may look again at what its moderation decided."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.collectivities.models import AppealReviewer, Collectivity, Membership, Role
from participation.foundation.database import db

MODERATING = (Role.MODERATOR, Role.ADMINISTRATOR)
# Who answers the questions of residents, and so who may be an AI referent.
ANSWERING = (Role.AGENT, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Reviewers:
    """Who may look again at a decision, in the order in which an appeal goes to them (decision 14)."""

    moderators: list[Membership]
    administrators: list[Membership]
    # The moderator of another collectivity, when one was named.
    named: list[Membership]

    def besides(self, person_ids: Collection[int | None]) -> list[Membership]:
        """Returns to whom an appeal goes that these persons may not answer; empty when nobody is left."""
        for turn in (self.moderators, self.administrators, self.named):
            able = [one for one in turn if one.person_id not in person_ids]
            if able:
                return able
        return []

    @property
    def are_enough(self) -> bool:
        """Tells whether somebody is left, whoever of the moderation here decided first."""
        deciding = {one.person_id for one in (*self.moderators, *self.administrators)}
        return all(self.besides({person_id}) for person_id in deciding) and bool(self.besides(()))


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


def reviewers_of(collectivity_id: int) -> Reviewers:
    """Returns who may look again at the decisions of a collectivity today, in one statement."""
    named = sa.select(AppealReviewer.membership_id).where(AppealReviewer.collectivity_id == collectivity_id)
    is_here = Membership.collectivity_id == collectivity_id
    able = (
        sa.select(Membership)
        .where(
            Membership.ended_at.is_(None),
            sa.or_(sa.and_(is_here, Membership.role.in_(MODERATING)), Membership.id.in_(named)),
        )
        .options(joinedload(Membership.collectivity), joinedload(Membership.person))
        .order_by(Membership.id)
    )
    found = list(db.session.scalars(able))
    here = [one for one in found if one.collectivity_id == collectivity_id]
    return Reviewers(
        moderators=[one for one in here if one.role is Role.MODERATOR],
        administrators=[one for one in here if one.role is Role.ADMINISTRATOR],
        named=[one for one in found if one.collectivity_id != collectivity_id],
    )
