"""Noting that a period is over: from then on nothing opens it again, not even a clock that goes back."""

from datetime import datetime

from participation.consultations.actions.noting import note
from participation.consultations.holding import hold_alone
from participation.consultations.models import Consultation
from participation.consultations.queries import passed_closings
from participation.foundation import clock, jobs
from participation.foundation.database import db


@jobs.every_minute
def note_closings() -> None:
    """Notes each closing that has passed since the last minute; once more changes nothing."""
    now = clock.now()
    for consultation in passed_closings(now):
        hold_alone(consultation)
        # Made longer or suspended while we waited, it isn't over.
        note_if_over(consultation, now)
    db.session.flush()


def note_if_over(consultation: Consultation, now: datetime) -> None:
    """Keeps the closing of a period that has passed; the caller holds it alone."""
    if consultation.over_at is not None or consultation.cancelled_at is not None:
        return
    if consultation.is_public and consultation.is_closed(now):
        consultation.over_at = consultation.closes_at
        note("consultation.over", consultation, None)
