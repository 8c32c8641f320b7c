"""Who, in another collectivity, answers the appeals that nobody here may answer."""

import sqlalchemy as sa

from participation.collectivities.models import AppealReviewer, Collectivity, Membership, Role
from participation.collectivities.queries import appeal_reviewer_of
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail


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
    if not add_once(reviewer):
        raise AlreadyDone(_("A colleague has just named somebody. Read the page again first."))
    queue_mail("appeal_reviewer_named", reviewer=reviewer.id)
    return reviewer


def release_appeal_reviewer(reviewer: AppealReviewer) -> None:
    """Ends what was entrusted, whether the collectivity takes it back or the person declines it."""
    # By number: taken back and declined at the same second, it ends once.
    db.session.execute(sa.delete(AppealReviewer).where(AppealReviewer.id == reviewer.id))
