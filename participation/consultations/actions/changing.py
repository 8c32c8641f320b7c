"""What every change of an announced period shares: one at a time, and a row that says who, when and why."""

from datetime import datetime

from participation.collectivities.models import Membership
from participation.consultations.holding import hold_alone
from participation.consultations.models import ChangeKind, Consultation, Ground, PeriodChange
from participation.consultations.permissions import require_moderator
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _


def begin_change(consultation: Consultation, member: Membership) -> datetime:
    """Takes the period for what one moderator may change alone, while it is running; returns the moment."""
    require_moderator(member, consultation)
    now = take_period(consultation)
    require_running(consultation, now)
    return now


def take_period(consultation: Consultation) -> datetime:
    """Takes the period alone and returns the present moment.

    The moment is read once the wait is over: whatever was accepted meanwhile was sent before it.
    """
    hold_alone(consultation)
    return clock.now()


def require_running(consultation: Consultation, now: datetime) -> None:
    """Raises unless it is announced and not over yet."""
    if not consultation.is_public:
        raise NotPossibleNow(_("This consultation is not announced yet: change the draft instead."))
    if consultation.cancelled_at is not None:
        raise AlreadyDone(_("This consultation was cancelled."))
    if consultation.is_closed(now):
        raise NotPossibleNow(_("This consultation is closed: its period can no longer change."))


def require_counting(consultation: Consultation) -> None:
    """Raises NotPossibleNow while it is suspended: its closing isn't known before it resumes."""
    if consultation.is_paused:
        raise NotPossibleNow(
            _("This consultation is suspended: resume it first, its closing moves by as much.")
        )


def note_change(
    consultation: Consultation,
    kind: ChangeKind,
    *,
    now: datetime,
    after: datetime | None,
    reason: str,
    language: str,
    member: Membership | None,
    ground: Ground | None = None,
    confirmed_by: Membership | None = None,
) -> PeriodChange:
    """Keeps what happened to the period, for everyone to read; `after` is the closing it leads to."""
    change = PeriodChange(
        consultation_id=consultation.id,
        kind=kind,
        closed_at_before=consultation.closes_at,
        closes_at_after=after,
        ground=ground,
        reason=reason,
        language=language,
        changed_by_id=member.id if member else None,
        confirmed_by_id=confirmed_by.id if confirmed_by else None,
        created_at=now,
    )
    db.session.add(change)
    return change
