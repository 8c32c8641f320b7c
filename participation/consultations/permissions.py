"""When a consultation accepts answers, and what must be true before it may be announced."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from participation.collectivities.models import Membership
from participation.collectivities.permissions import reviewers_of
from participation.consultations.models import Consultation
from participation.foundation.errors import NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _

SHORTEST_DAYS = 15
# The version of the rules a consultation was opened under; later rules never close an open one.
RULE_SET = "2026-1"


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
    return bool(reviewers_of(collectivity_id).besides({moderator.person_id}))
