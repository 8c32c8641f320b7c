"""Days and moments written out as people say them, in the time zone of the collectivity, named."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, get_timezone_location

from participation.foundation.i18n import current_language, gettext

NO_BREAK_SPACE = "\u00a0"


def long_day(day: date) -> str:
    """Returns «vendredi 12 décembre 2026», «mardi 1er décembre 2026»."""
    words = format_date(day, "full", locale=_locale())
    return _first_of_month(words, day)


def short_day(day: date) -> str:
    """Returns «12 décembre 2026»."""
    return _first_of_month(format_date(day, "long", locale=_locale()), day)


def day_and_month(day: date) -> str:
    """Returns «12 décembre»."""
    words = format_skeleton("MMMMd", day, locale=_locale())
    return _first_of_month(words, day)


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
        zone=zone_name(timezone),
    )
    return str(words)


def short_moment(moment: datetime, timezone: str) -> str:
    """Returns «12 décembre 2026, 18 h»."""
    return f"{short_day(local_day(moment, timezone))}, {hour(moment, timezone)}"


def zone_name(timezone: str) -> str:
    """Returns «heure de Paris», after the main city of the zone."""
    city = get_timezone_location(ZoneInfo(timezone), locale=_locale(), return_city=True)
    return str(gettext("%(city)s time", city=city))


def local_day(moment: datetime, timezone: str) -> date:
    """Returns the calendar day of a moment in that zone."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def _locale() -> str:
    # British English: the day stands before the month, as in France.
    return "en_GB" if current_language() == "en" else "fr"


def _first_of_month(words: str, day: date) -> str:
    if current_language() == "fr" and day.day == 1:
        return words.replace("1 ", "1er ", 1) if words.startswith("1 ") else words.replace(" 1 ", " 1er ", 1)
    return words
