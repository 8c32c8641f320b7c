"""Offering a staff role by mail, taking the offer back, accepting it."""

from datetime import timedelta

import sqlalchemy as sa

from participation.accounts.actions import normalised, open_account, person_with_email
from participation.collectivities.actions.appointing import appoint
from participation.collectivities.models import Collectivity, Invitation, Membership, Role
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.foundation.references import hash_of
from participation.foundation.text import clean

INVITATION_LASTS = timedelta(days=14)


def invite(
    collectivity: Collectivity, *, email: str, role: Role, function: str, member: Membership | None
) -> Invitation:
    """Offers a role to the reader of an address, by mail, for fourteen days.

    Raises AlreadyDone while the same offer waits for its answer: sent twice, it counts once.
    """
    hold(collectivity)
    if _is_offered(collectivity, normalised(email), role):
        raise AlreadyDone(
            _(
                "This role is already offered to this address. "
                "To send another mail, withdraw that offer first."
            ),
            "email",
        )
    invitation = Invitation(
        collectivity=collectivity,
        email=normalised(email),
        role=role,
        function=clean(function),
        invited_by_id=member.id if member else None,
        expires_at=clock.now() + INVITATION_LASTS,
    )
    db.session.add(invitation)
    db.session.flush()
    queue_mail("staff_invitation", invitation=invitation.id)
    return invitation


def _is_offered(collectivity: Collectivity, email: str, role: Role) -> bool:
    waiting = sa.select(Invitation.id).where(
        Invitation.collectivity_id == collectivity.id,
        Invitation.email == email,
        Invitation.role == role,
        Invitation.accepted_at.is_(None),
        Invitation.expires_at > clock.now(),
    )
    return db.session.scalar(waiting.limit(1)) is not None


def accept_invitation(token: str, *, display_name: str, language: str = "fr") -> Membership:
    """Turns an invitation into a role, once; raises NotPossibleNow when accepted, withdrawn or too old."""
    offered = sa.select(Invitation).filter_by(token_hash=hash_of(token))
    held = offered.with_for_update(key_share=True, of=Invitation).execution_options(populate_existing=True)
    invitation = db.session.scalar(held)
    # The time is read once the row is held: accepted or withdrawn while we waited, it is over.
    now = clock.now()
    if invitation is None or invitation.accepted_at is not None or invitation.expires_at <= now:
        raise NotPossibleNow(_("This invitation was already accepted, or is too old. Ask for another one."))
    invitation.accepted_at = now
    person = person_with_email(invitation.email, language=language)
    open_account(person, display_name or person.display_name)
    return appoint(person, invitation.collectivity, invitation.role, function=invitation.function)


def withdraw_invitation(invitation: Invitation) -> None:
    """Takes back an offer that nobody accepted yet."""
    # Held: an invitation accepted at the same second is not said to be withdrawn.
    hold(invitation)
    if invitation.accepted_at is not None:
        raise NotPossibleNow(_("This invitation was already accepted: end the role instead."))
    if invitation.expires_at <= clock.now():
        raise AlreadyDone(_("This invitation no longer waits for an answer."))
    invitation.expires_at = clock.now()
    db.session.flush()
