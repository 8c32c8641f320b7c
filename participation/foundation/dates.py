"""Days and moments written out as people say them, in the time zone of the collectivity, named."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, get_timezone_location

from participation.foundation.i18n import current_language, gettext

NO_BREAK_SPACE = "\u00a0"
# Babel reads the rules of the language anew for each date; few days are on many pages.
DAYS_KEPT = 4096


def long_day(day: date) -> str:
    """Returns «vendredi 12 décembre 2026», «mardi 1er décembre 2026»."""
    return _said(day, "full", current_language())


def short_day(day: date) -> str:
    """Returns «12 décembre 2026»."""
    return _said(day, "long", current_language())


def day_and_month(day: date) -> str:
    """Returns «12 décembre»."""
    return _said(day, "MMMMd", current_language())


def month_and_year(day: date) -> str:
    """Returns «décembre 2026»."""
    return _said(day, "yMMMM", current_language())


def hour(moment: datetime, timezone: str) -> str:
    """Returns «18 h» or «18 h 30» in French, «6 p.m.»-free 24-hour time elsewhere."""
    local = moment.astimezone(ZoneInfo(timezone))
    if current_language() == "fr":
        minutes = f"{NO_BREAK_SPACE}{local.minute:02d}" if local.minute else ""
        return f"{local.hour}{NO_BREAK_SPACE}h{minutes}"
    return f"{local.hour}:{local.minute:02d}"


def long_moment(moment: datetime, timezone: str) -> str:
    """Returns «vendredi 12 décembre 2026 à 18 h (heure de Paris)»."""
    words = gettext(
        "%(day)s at %(hour)s (%(zone)s)",
        day=long_day(local_day(moment, timezone)),
        hour=hour(moment, timezone),
        zone=_zone_words(moment, timezone),
    )
    return str(words)


def short_moment(moment: datetime, timezone: str) -> str:
    """Returns «12 décembre 2026, 18 h»."""
    return f"{short_day(local_day(moment, timezone))}, {hour(moment, timezone)}"


def zone_name(timezone: str) -> str:
    """Returns «heure de Paris», after the main city of the zone."""
    return gettext("%(city)s time", city=_city(timezone, current_language()))


def _zone_words(moment: datetime, timezone: str) -> str:
    """Returns the name of the zone; in the hour that comes twice in autumn, also which of the two it is."""
    local = moment.astimezone(ZoneInfo(timezone))
    if not comes_twice(local.replace(tzinfo=None), timezone):
        return zone_name(timezone)
    city = _city(timezone, current_language())
    if local.fold:
        return gettext("%(city)s time, the second time this hour comes that night", city=city)
    return gettext("%(city)s time, the first time this hour comes that night", city=city)


def comes_twice(local: datetime, timezone: str) -> bool:
    """Tells whether a naive local time comes twice, when the clocks go back."""
    first, second = _readings(local, timezone)
    return first < second


def never_comes(local: datetime, timezone: str) -> bool:
    """Tells whether a naive local time is jumped over, when the clocks go forward."""
    first, second = _readings(local, timezone)
    return first > second


def moment_of(local: datetime, timezone: str) -> datetime:
    """Returns in UTC the moment a naive local time means in that zone; the first one where it comes twice."""
    return _readings(local, timezone)[0]


def _readings(local: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Returns what a naive local time means before and after a change of the clocks, mostly the same."""
    zone = ZoneInfo(timezone)
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first, second


def local_day(moment: datetime, timezone: str) -> date:
    """Returns the calendar day of a moment in that zone."""
    return moment.astimezone(ZoneInfo(timezone)).date()


@lru_cache(maxsize=DAYS_KEPT)
def _said(day: date, length: str, language: str) -> str:
    """Returns a day at a length of Babel, or by its skeleton."""
    locale = _locale(language)
    if length in ("MMMMd", "yMMMM"):
        return _written(format_skeleton(length, day, locale=locale), day, language)
    return _written(format_date(day, length, locale=locale), day, language)


@lru_cache(maxsize=256)
def _city(timezone: str, language: str) -> str:
    return get_timezone_location(ZoneInfo(timezone), locale=_locale(language), return_city=True)


def _locale(language: str) -> str:
    # British English: the day stands before the month, as in France.
    return "en_GB" if language == "en" else "fr"


def _written(words: str, day: date, language: str) -> str:
    """Returns the day held to its month by a no-break space, the first of the month as «1er»."""
    number = "1er" if day.day == 1 and language == "fr" else str(day.day)
    return re.sub(rf"(^| ){day.day} ", rf"\g<1>{number}{NO_BREAK_SPACE}", words, count=1)
