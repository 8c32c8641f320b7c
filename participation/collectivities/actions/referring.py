"""Who receives the questions of residents in a collectivity, and within how many working days."""

import sqlalchemy as sa

from participation.collectivities.models import AiReferent, Collectivity, Membership
from participation.collectivities.permissions import ANSWERING
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _

LONGEST_ANSWER_DAYS = 60


def set_answering(collectivity: Collectivity, *, referent: Membership | None, days: int) -> None:
    """Names the referent of every project without one of its own, None for the administrators together.

    The number of working days holds for questions asked from now on; clocks that run keep their date.
    """
    if not 1 <= days <= LONGEST_ANSWER_DAYS:
        raise Invalid(
            _("Enter a number of working days from 1 to %(most)d.", most=LONGEST_ANSWER_DAYS), "days"
        )
    if referent is not None:
        require_able_to_answer(referent, collectivity.id)
    hold(collectivity)
    collectivity.answer_days = days
    db.session.execute(sa.delete(AiReferent).where(AiReferent.collectivity_id == collectivity.id))
    if referent is not None and not add_once(
        AiReferent(collectivity_id=collectivity.id, membership_id=referent.id)
    ):
        raise AlreadyDone(_("A colleague has just named somebody. Read the page again first."))
    db.session.flush()


def require_able_to_answer(membership: Membership, collectivity_id: int) -> None:
    """Raises Invalid for somebody who doesn't answer questions in that collectivity today."""
    is_here = membership.collectivity_id == collectivity_id and membership.ended_at is None
    if not is_here or membership.role not in ANSWERING:
        raise Invalid(_("Choose an agent or an administrator of this collectivity."), "membership_id")
