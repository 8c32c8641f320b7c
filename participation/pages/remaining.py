"""How long a period still lasts, as the one figure a reader needs."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from participation.foundation.dates import local_day


class Unit(enum.StrEnum):
    """What the figure counts."""

    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"


@dataclass(frozen=True)
class Remaining:
    """A figure and its unit: days on the calendar, then hours on the last day, then minutes."""

    figure: int
    unit: Unit


def remaining(now: datetime, end: datetime, timezone: str) -> Remaining:
    """Returns how long it is until `end`, as people there count days; zero minutes once it is over."""
    left = max(end - now, timedelta())
    days = (local_day(end, timezone) - local_day(now, timezone)).days
    if days >= 1:
        return Remaining(days, Unit.DAYS)
    if left >= timedelta(hours=1):
        return Remaining(left // timedelta(hours=1), Unit.HOURS)
    return Remaining(left // timedelta(minutes=1), Unit.MINUTES)
