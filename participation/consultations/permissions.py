"""When a consultation accepts answers, and what must be true before it may be announced."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from participation.collectivities.models import Membership, Role
from participation.consultations.models import Consultation
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _

SHORTEST_DAYS = 15
# The version of the rules a consultation was opened under; later rules never close an open one.
RULE_SET = "2026-1"
REVIEWERS = (Role.MODERATOR, Role.ADMINISTRATOR)


def earliest_closing(opens_at: datetime, timezone: str) -> datetime:
    """Returns the same local time fifteen calendar days later, whatever the clocks did in between."""
    local = opens_at.astimezone(ZoneInfo(timezone))
    return (local.replace(tzinfo=None) + timedelta(days=SHORTEST_DAYS)).replace(tzinfo=ZoneInfo(timezone))


def accepts_answers(consultation: Consultation, now: datetime) -> bool:
    """Tells whether what is sent at that moment counts."""
    return consultation.is_open(now)


def require_open(consultation: Consultation, now: datetime) -> None:
    """Raises NotPossibleNow, with when, outside the period."""
    if accepts_answers(consultation, now):
        return
    if consultation.is_closed(now):
        raise NotPossibleNow(_("This consultation is closed: answers are no longer taken."))
    raise NotPossibleNow(_("This consultation is not open yet."))


def has_appeal_reviewer(collectivity_id: int, moderator: Membership) -> bool:
    """Tells whether somebody else than this moderator could look again at a moderation decision."""
    others = sa.select(Membership.id).where(
        Membership.collectivity_id == collectivity_id,
        Membership.role.in_(REVIEWERS),
        Membership.ended_at.is_(None),
        Membership.person_id != moderator.person_id,
    )
    return db.session.scalar(others.limit(1)) is not None
