"""From when a form counts that was received on a day: in time or not, whenever it is typed in."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from participation.consultations.models import ChangeKind, Consultation, PeriodChange
from participation.foundation.dates import local_day
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _

FIELD = "received_on"


def moment_received(
    consultation: Consultation, day: date, now: datetime, changes: list[PeriodChange]
) -> datetime:
    """Returns the first moment of that day inside the open period; the form counts as of then.

    The first one, so that what its author chose online on the same day, themself, stays the last word.
    Raises Invalid for a day to come, before the opening, after the closing, or wholly in a suspension.
    """
    zone = ZoneInfo(consultation.project.collectivity.timezone)
    if day > now.astimezone(zone).date():
        raise Invalid(_("This day is still to come."), FIELD)
    first, after = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    if after <= consultation.opens_at:
        raise Invalid(_("The consultation was not open yet on that day."), FIELD)
    moment = max(first, consultation.opens_at)
    for paused_at, resumed_at in suspensions(changes):
        if paused_at <= moment < resumed_at:
            moment = resumed_at
    if consultation.paused_at is not None and moment >= consultation.paused_at:
        raise Invalid(
            _("The consultation was suspended on that day: nothing counts before it resumes."), FIELD
        )
    if moment >= consultation.closes_at:
        raise Invalid(_("The consultation was already closed: only what was received in time counts."), FIELD)
    if moment >= after:
        raise Invalid(_("The consultation was suspended on that day: what came then does not count."), FIELD)
    return moment


def suspensions(changes: list[PeriodChange]) -> list[tuple[datetime, datetime]]:
    """Returns the suspensions that are over, oldest first."""
    over, paused_at = [], None
    for change in changes:
        if change.kind is ChangeKind.PAUSED:
            paused_at = change.created_at
        elif change.kind is ChangeKind.RESUMED and paused_at is not None:
            over.append((paused_at, change.created_at))
            paused_at = None
    return over


def last_day(consultation: Consultation, now: datetime) -> date:
    """Returns the latest day on which a form can have been received in time."""
    end = min(now, consultation.paused_at or consultation.closes_at)
    return local_day(end, consultation.project.collectivity.timezone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
