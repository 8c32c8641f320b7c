"""What may still change once a consultation is announced: a later closing, or the end."""

from datetime import datetime

from participation.activity.models import Audience
from participation.collectivities.models import Membership
from participation.consultations.actions.noting import note
from participation.consultations.models import (
    Consultation,
    PeriodChange,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions import record_milestone


def extend_consultation(
    consultation: Consultation, *, closes_at: datetime, reason: str, member: Membership
) -> None:
    """Moves the closing to a later moment, with its public reason."""
    _require_running(consultation)
    if closes_at <= consultation.closes_at:
        raise Invalid(_("A consultation can only be made longer: choose a later closing."), "closes_at")
    _note_change(consultation, closes_at, reason, member)
    consultation.closes_at = closes_at
    record_milestone(consultation.project, closes_at=closes_at)
    note("consultation.extended", consultation, member, Audience.PUBLIC)
    db.session.flush()


def cancel_consultation(consultation: Consultation, *, reason: str, member: Membership) -> None:
    """Stops it for good, with its public reason; what was already said stays and is still answered."""
    _require_running(consultation)
    now = clock.now()
    _note_change(consultation, None, reason, member)
    consultation.cancelled_at = now
    if consultation.opens_at < now:
        record_milestone(consultation.project, closes_at=now)
    else:
        record_milestone(consultation.project, opens_at=None, closes_at=None)
    note("consultation.cancelled", consultation, member, Audience.PUBLIC)
    db.session.flush()


def _require_running(consultation: Consultation) -> None:
    if not consultation.is_public:
        raise NotPossibleNow(_("This consultation is not announced yet: change the draft instead."))
    if consultation.cancelled_at is not None:
        raise AlreadyDone(_("This consultation was cancelled."))
    if consultation.is_closed(clock.now()):
        raise NotPossibleNow(_("This consultation is closed: its period can no longer change."))


def _note_change(consultation: Consultation, after: datetime | None, reason: str, member: Membership) -> None:
    db.session.add(
        PeriodChange(
            consultation_id=consultation.id,
            closed_at_before=consultation.closes_at,
            closes_at_after=after,
            reason=reason,
            changed_by_id=member.id,
        )
    )
