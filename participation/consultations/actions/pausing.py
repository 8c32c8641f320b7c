"""Suspending a consultation for a court order or an election, and resuming it: nobody loses time."""

from datetime import datetime

from participation.activity.models import Audience
from participation.activity.recording import resume_clocks, suspend_clocks
from participation.collectivities.models import Membership
from participation.consultations.actions.changing import begin_change, note_change
from participation.consultations.actions.noting import note
from participation.consultations.actions.promising import promise_decision
from participation.consultations.models import ChangeKind, Consultation, Ground
from participation.foundation.database import db
from participation.foundation.dates import local_day
from participation.foundation.errors import AlreadyDone, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions import record_milestone


def pause_consultation(
    consultation: Consultation, *, ground: Ground, reason: str, member: Membership, language: str = "fr"
) -> None:
    """Suspends an open consultation: nothing sent from now on counts, and its clocks stand still.

    What was sent before still counts, also a guest's form confirmed within its 48 hours. Raises AlreadyDone
    the second time.
    """
    now = begin_change(consultation, member)
    if consultation.is_paused:
        raise AlreadyDone(_("This consultation is already suspended."))
    if not consultation.is_open(now):
        raise NotPossibleNow(_("This consultation is not open yet: there is nothing to suspend."))
    note_change(
        consultation,
        ChangeKind.PAUSED,
        now=now,
        after=None,
        ground=ground,
        reason=reason,
        language=language,
        member=member,
    )
    consultation.paused_at = now
    record_milestone(consultation.project, paused_at=now)
    suspend_clocks(consultation.id, now)
    note("consultation.paused", consultation, member, Audience.PUBLIC, ground=ground.value)
    db.session.flush()


def resume_consultation(
    consultation: Consultation, *, reason: str, member: Membership, language: str = "fr"
) -> None:
    """Opens it again: the closing and every clock move later by exactly the time it was suspended.

    Raises AlreadyDone when it isn't suspended.
    """
    now = begin_change(consultation, member)
    if consultation.paused_at is None:
        raise AlreadyDone(_("This consultation is not suspended."))
    closes_at = consultation.closes_at + (now - consultation.paused_at)
    note_change(
        consultation,
        ChangeKind.RESUMED,
        now=now,
        after=closes_at,
        reason=reason,
        language=language,
        member=member,
    )
    end_pause(consultation, now)
    consultation.closes_at = closes_at
    record_milestone(consultation.project, closes_at=closes_at)
    note("consultation.resumed", consultation, member, Audience.PUBLIC)
    db.session.flush()


def end_pause(consultation: Consultation, now: datetime) -> None:
    """Lets the clocks of a suspended consultation run again, whether it goes on or is cancelled.

    The decision is promised for a day: it moves by as many days as the suspension lasted on the calendar.
    Does nothing for a consultation that isn't suspended.
    """
    if consultation.paused_at is None:
        return
    zone = consultation.project.collectivity.timezone
    days = local_day(now, zone) - local_day(consultation.paused_at, zone)
    consultation.paused_at = None
    record_milestone(consultation.project, paused_at=None)
    resume_clocks(consultation.id, now)
    if consultation.answer_due_on is not None:
        consultation.answer_due_on += days
        promise_decision(consultation)
