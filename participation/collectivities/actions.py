"""Creating a collectivity, its settings, its staff and their roles, and who reviews its appeals."""

from datetime import timedelta
from zoneinfo import available_timezones

import sqlalchemy as sa

from participation.accounts.actions import normalised, open_account, person_with_email
from participation.accounts.models import Person
from participation.collectivities.contrast import LEAST, is_colour, weakest_contrast
from participation.collectivities.models import AppealReviewer, Collectivity, Invitation, Membership, Role
from participation.collectivities.queries import appeal_reviewer_of
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.foundation.references import hash_of
from participation.foundation.text import clean, slugify

INVITATION_LASTS = timedelta(days=14)
Setting = str | int | None


def create_collectivity(*, slug: str, name: str, display_name: str, **settings: Setting) -> Collectivity:
    """Creates a public body; its slug, part of addresses, is for ever. Raises AlreadyDone if taken."""
    if slug != slugify(slug):
        raise Invalid(_("Write the address with small letters, digits and hyphens only."), "slug")
    collectivity = Collectivity(slug=slug)
    try:
        with db.session.begin_nested():
            _apply(collectivity, name=name, display_name=display_name, **settings)
            db.session.add(collectivity)
            db.session.flush()
    except sa.exc.IntegrityError:
        raise AlreadyDone(_("Another collectivity already has this address."), "slug") from None
    return collectivity


def change_settings(collectivity: Collectivity, **settings: Setting) -> None:
    """Changes what a collectivity says of itself; raises Invalid for an accent that some could not read."""
    _apply(collectivity, **settings)
    db.session.flush()


def _apply(collectivity: Collectivity, **settings: Setting) -> None:
    accent = settings.get("accent")
    if accent is not None:
        settings["accent"] = _readable(str(accent))
    if settings.get("timezone", "Europe/Paris") not in available_timezones():
        raise Invalid(_("Choose one of the time zones offered."), "timezone")
    for column, value in settings.items():
        setattr(collectivity, column, clean(value) if isinstance(value, str) else value)


def _readable(accent: str) -> str:
    if not is_colour(accent):
        raise Invalid(_("Write the colour as # followed by six digits or letters from A to F."), "accent")
    if weakest_contrast(accent) < LEAST:
        raise Invalid(
            _("This colour is too pale: some could not read it. Choose a darker one, such as #6A1B4D."),
            "accent",
        )
    return accent.upper()


def appoint(person: Person, collectivity: Collectivity, role: Role, *, function: str) -> Membership:
    """Gives a role, again if it had ended; given twice it counts once, under the last function."""
    held = sa.select(Membership).filter_by(person_id=person.id, collectivity_id=collectivity.id, role=role)
    membership = db.session.scalar(held)
    if membership is None:
        try:
            with db.session.begin_nested():
                membership = Membership(person=person, collectivity=collectivity, role=role)
                db.session.add(membership)
                db.session.flush()
        except sa.exc.IntegrityError:
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


def name_appeal_reviewer(collectivity: Collectivity, membership: Membership) -> AppealReviewer:
    """Entrusts the appeals nobody else here can answer to a moderator elsewhere, and tells them by mail.

    Takes the place of whoever was named before; the same one named again is not told twice.
    """
    if (
        membership.collectivity_id == collectivity.id
        or membership.role is not Role.MODERATOR
        or membership.ended_at is not None
    ):
        raise Invalid(_("Choose a moderator of another collectivity."), "membership_id")
    hold(collectivity)
    before = appeal_reviewer_of(collectivity)
    if before is not None and before.membership_id == membership.id:
        return before
    if before is not None:
        release_appeal_reviewer(before)
    reviewer = AppealReviewer(collectivity=collectivity, membership=membership)
    try:
        with db.session.begin_nested():
            db.session.add(reviewer)
    except sa.exc.IntegrityError:
        raise AlreadyDone(_("A colleague has just named somebody. Read the page again first.")) from None
    queue_mail("appeal_reviewer_named", reviewer=reviewer.id)
    return reviewer


def release_appeal_reviewer(reviewer: AppealReviewer) -> None:
    """Ends what was entrusted, whether the collectivity takes it back or the person declines it."""
    # By number: taken back and declined at the same second, it ends once.
    db.session.execute(sa.delete(AppealReviewer).where(AppealReviewer.id == reviewer.id))
