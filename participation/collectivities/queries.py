"""Reading collectivities, who holds which role in one, who reviews its appeals, the invitations that wait."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from participation.accounts.models import Person
from participation.collectivities.models import (
    AiReferent,
    AppealReviewer,
    Collectivity,
    Invitation,
    Membership,
    Role,
)
from participation.collectivities.permissions import ANSWERING, MODERATING
from participation.foundation.database import db
from participation.foundation.references import hash_of


def collectivity_by_slug(slug: str) -> Collectivity | None:
    """Returns a collectivity, None when there is none at this address."""
    return db.session.scalar(sa.select(Collectivity).filter_by(slug=slug))


def all_collectivities() -> list[Collectivity]:
    """Returns every public body of the installation, by name."""
    return list(db.session.scalars(sa.select(Collectivity).order_by(Collectivity.name, Collectivity.id)))


def memberships_everywhere(person: Person) -> list[Membership]:
    """Returns the roles a person holds today in any collectivity, with it."""
    held = (
        sa.select(Membership)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.collectivity))
        .order_by(Membership.collectivity_id, Membership.id)
    )
    return list(db.session.scalars(held))


def staff_of(collectivity: Collectivity) -> list[Membership]:
    """Returns the roles held today in a collectivity, with the persons, by name."""
    held = (
        sa.select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.collectivity_id == collectivity.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.person))
        .order_by(Person.display_name, Membership.person_id, Membership.id)
    )
    return list(db.session.scalars(held))


def membership_in(collectivity: Collectivity, membership_id: int) -> Membership | None:
    """Returns one role of a collectivity, ended ones included."""
    return db.session.scalar(
        sa.select(Membership).filter_by(id=membership_id, collectivity_id=collectivity.id)
    )


def appeal_reviewer_of(collectivity: Collectivity) -> AppealReviewer | None:
    """Returns who was named to answer the appeals nobody else here can, with their role elsewhere."""
    named = (
        sa.select(AppealReviewer)
        .where(AppealReviewer.collectivity_id == collectivity.id)
        .options(joinedload(AppealReviewer.membership).joinedload(Membership.collectivity))
    )
    return db.session.scalar(named)


def ai_referent_of(collectivity: Collectivity) -> AiReferent | None:
    """Returns the AI referent of the projects that name nobody of their own, ended roles included."""
    return db.session.scalar(sa.select(AiReferent).filter_by(collectivity_id=collectivity.id))


def answering_members(collectivity: Collectivity) -> list[Membership]:
    """Returns who may answer the questions of residents, with the persons, by name."""
    return [one for one in staff_of(collectivity) if one.role in ANSWERING]


def moderators_elsewhere(collectivity: Collectivity) -> list[Membership]:
    """Returns who may be named, by collectivity and function: moderators elsewhere who don't here."""
    moderating_here = sa.select(Membership.person_id).where(
        Membership.collectivity_id == collectivity.id,
        Membership.role.in_(MODERATING),
        Membership.ended_at.is_(None),
    )
    found = (
        sa.select(Membership)
        .join(Membership.collectivity)
        .where(
            Membership.collectivity_id != collectivity.id,
            Membership.role == Role.MODERATOR,
            Membership.ended_at.is_(None),
            Membership.person_id.not_in(moderating_here),
        )
        .options(contains_eager(Membership.collectivity))
        .order_by(Collectivity.display_name, Membership.function, Membership.id)
    )
    return list(db.session.scalars(found))


def reviewing_duties_of(membership_ids: Collection[int]) -> list[AppealReviewer]:
    """Returns for which collectivities these roles answer appeals, by name."""
    duties = (
        sa.select(AppealReviewer)
        .join(AppealReviewer.collectivity)
        .where(AppealReviewer.membership_id.in_(membership_ids))
        .options(contains_eager(AppealReviewer.collectivity))
        .order_by(Collectivity.display_name, AppealReviewer.id)
    )
    return list(db.session.scalars(duties))


def open_invitations_of(collectivity: Collectivity, now: datetime) -> list[Invitation]:
    """Returns the invitations nobody accepted yet, latest first."""
    waiting = (
        sa.select(Invitation)
        .where(
            Invitation.collectivity_id == collectivity.id,
            Invitation.accepted_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )
    return list(db.session.scalars(waiting))


def invitation_in(collectivity: Collectivity, invitation_id: int) -> Invitation | None:
    """Returns one invitation of a collectivity."""
    return db.session.scalar(
        sa.select(Invitation).filter_by(id=invitation_id, collectivity_id=collectivity.id)
    )


def usable_invitation(token: str, now: datetime) -> Invitation | None:
    """Returns the invitation of a mail that can still be accepted, with its collectivity."""
    found = (
        sa.select(Invitation)
        .where(
            Invitation.token_hash == hash_of(token),
            Invitation.accepted_at.is_(None),
            Invitation.expires_at > now,
        )
        .options(joinedload(Invitation.collectivity))
    )
    return db.session.scalar(found)
