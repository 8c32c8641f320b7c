"""Giving a staff role and ending it."""

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.collectivities.models import AppealReviewer, Collectivity, Membership, Role
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.text import clean


def appoint(person: Person, collectivity: Collectivity, role: Role, *, function: str) -> Membership:
    """Gives a role, again if it had ended; given twice it counts once, under the last function."""
    held = sa.select(Membership).filter_by(person_id=person.id, collectivity_id=collectivity.id, role=role)
    membership = db.session.scalar(held)
    if membership is None:
        membership = Membership(person=person, collectivity=collectivity, role=role)
        if not add_once(membership):
            membership = db.session.scalars(held).one()
    membership.function = clean(function)
    membership.ended_at = None
    db.session.flush()
    return membership


def end_membership(membership: Membership) -> None:
    """Ends a role from now on; what was done under it keeps its author. The last administrator stays.

    Appeals of other collectivities that were entrusted to it no longer are.
    """
    # Two administrators ending one another at the same second would leave nobody.
    hold(membership.collectivity)
    hold(membership)
    if membership.ended_at is not None:
        raise AlreadyDone(_("This role has already ended."))
    if membership.role is Role.ADMINISTRATOR and _administrators(membership.collectivity_id) < 2:
        raise NotPossibleNow(_("This is the last administrator: name another one first."))
    membership.ended_at = clock.now()
    db.session.execute(sa.delete(AppealReviewer).where(AppealReviewer.membership_id == membership.id))
    db.session.flush()


def _administrators(collectivity_id: int) -> int:
    active = sa.select(sa.func.count()).where(
        Membership.collectivity_id == collectivity_id,
        Membership.role == Role.ADMINISTRATOR,
        Membership.ended_at.is_(None),
    )
    return db.session.scalar(active) or 0
