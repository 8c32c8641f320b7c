"""Working days: weekends and French public holidays left out, computed for any year.

Holidays of Code du travail, art. L. 3133-1, and the abolition of slavery overseas (art. L. 3422-2),
known by the time zone. Good Friday and 26 December in Alsace and Moselle, and the holidays that French
Polynesia, New Caledonia and Wallis-et-Futuna set themselves, are counted as working days: no zone tells them.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# Month and day, every year.
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Days after Easter Sunday: Easter Monday, Ascension, Whit Monday.
_AFTER_EASTER = (1, 39, 50)
_ABOLITION = {
    "Indian/Mayotte": (4, 27),
    "America/Martinique": (5, 22),
    "America/Guadeloupe": (5, 27),
    "America/Marigot": (5, 28),
    "America/Cayenne": (6, 10),
    "America/St_Barthelemy": (10, 9),
    "Indian/Reunion": (12, 20),
}
SATURDAY = 5


def after(moment: datetime, days: int, timezone: str) -> datetime:
    """Returns the same local time so many working days later; the day of `moment` itself counts for none."""
    local = moment.astimezone(ZoneInfo(timezone))
    day = local.date()
    for _ in range(days):
        day = _next(day, timezone)
    return datetime.combine(day, local.time(), ZoneInfo(timezone))


def is_working_day(day: date, timezone: str) -> bool:
    """Tells whether offices work on that day: from Monday to Friday, but for public holidays."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year, timezone)


@lru_cache(maxsize=256)
def public_holidays(year: int, timezone: str) -> frozenset[date]:
    """Returns the public holidays of a year where that zone is kept."""
    return frozenset(_holidays(year, timezone))


def easter(year: int) -> date:
    """Returns Easter Sunday (Meeus, Jones and Butcher: valid for every year of the Gregorian calendar)."""
    golden, century, rest = year % 19, year // 100, year % 100
    corrected = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - corrected + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _holidays(year: int, timezone: str) -> Iterator[date]:
    for month, day in _FIXED:
        yield date(year, month, day)
    for days in _AFTER_EASTER:
        yield easter(year) + timedelta(days)
    if timezone in _ABOLITION:
        yield date(year, *_ABOLITION[timezone])


def _next(day: date, timezone: str) -> date:
    day += timedelta(days=1)
    while not is_working_day(day, timezone):
        day += timedelta(days=1)
    return day
