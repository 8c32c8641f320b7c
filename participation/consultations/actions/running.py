"""What may still change once a consultation is announced: a later closing, or the end."""

from datetime import datetime

from participation.activity.models import Audience
from participation.activity.recording import let_off
from participation.collectivities.models import Membership
from participation.consultations.actions.changing import (
    begin_change,
    note_change,
    require_counting,
)
from participation.consultations.actions.noting import note
from participation.consultations.actions.pausing import end_pause
from participation.consultations.actions.promising import DECISION
from participation.consultations.models import ChangeKind, Consultation
from participation.foundation.database import db
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions import record_milestone


def extend_consultation(
    consultation: Consultation, *, closes_at: datetime, reason: str, member: Membership, language: str = "fr"
) -> None:
    """Moves the closing to a later moment, with its public reason; raises NotPossibleNow while suspended."""
    now = begin_change(consultation, member)
    require_counting(consultation)
    if closes_at <= consultation.closes_at:
        raise Invalid(_("A consultation can only be made longer: choose a later closing."), "closes_at")
    note_change(
        consultation,
        ChangeKind.EXTENDED,
        now=now,
        after=closes_at,
        reason=reason,
        language=language,
        member=member,
    )
    consultation.closes_at = closes_at
    record_milestone(consultation.project, closes_at=closes_at)
    note("consultation.extended", consultation, member, Audience.PUBLIC)
    db.session.flush()


def cancel_consultation(
    consultation: Consultation, *, reason: str, member: Membership, language: str = "fr"
) -> None:
    """Stops it for good, with its public reason, also before its opening or while suspended.

    What was already said stays and is still answered; cancelled before its opening, it owes nothing.
    """
    now = begin_change(consultation, member)
    note_change(
        consultation,
        ChangeKind.CANCELLED,
        now=now,
        after=None,
        reason=reason,
        language=language,
        member=member,
    )
    end_pause(consultation, now)
    consultation.cancelled_at = now
    if consultation.opens_at < now:
        record_milestone(consultation.project, closes_at=now)
    else:
        record_milestone(consultation.project, opens_at=None, closes_at=None)
        let_off(DECISION, f"consultation:{consultation.id}")
    note("consultation.cancelled", consultation, member, Audience.PUBLIC)
    db.session.flush()
