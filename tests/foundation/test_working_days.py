"""Working days: weekends and public holidays of any year, the same local time over changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from participation.foundation import working_days

PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1954, date(1954, 4, 18)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        # The latest and the earliest that can be.
        (2038, date(2038, 4, 25)),
        (2285, date(2285, 3, 22)),
    ],
)
def test_easter_is_computed_for_any_year(year: int, sunday: date) -> None:
    assert working_days.easter(year) == sunday


def test_a_year_has_eleven_public_holidays_in_mainland_france() -> None:
    assert sorted(working_days.public_holidays(2026, PARIS)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


def test_overseas_the_abolition_of_slavery_is_a_holiday_of_its_own_day() -> None:
    day = date(2026, 12, 21)

    assert working_days.is_working_day(day, "Indian/Reunion")
    assert not working_days.is_working_day(date(2027, 12, 20), "Indian/Reunion")
    assert working_days.is_working_day(date(2027, 12, 20), PARIS)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        # A plain fortnight.
        (datetime(2026, 9, 7, 8, tzinfo=UTC), datetime(2026, 9, 21, 8, tzinfo=UTC)),
        # Asked on a Saturday: Monday is the first day.
        (datetime(2026, 9, 5, 8, tzinfo=UTC), datetime(2026, 9, 18, 8, tzinfo=UTC)),
        # Over 1 May, 8 May and Ascension, which fall on working days.
        (datetime(2026, 4, 30, 8, tzinfo=UTC), datetime(2026, 5, 19, 8, tzinfo=UTC)),
        # Over the end of the year: Christmas and New Year's Day.
        (datetime(2026, 12, 21, 9, tzinfo=UTC), datetime(2027, 1, 6, 9, tzinfo=UTC)),
        # Clocks go back on 25 October: ten in the morning stays ten in the morning.
        (datetime(2026, 10, 20, 8, tzinfo=UTC), datetime(2026, 11, 3, 9, tzinfo=UTC)),
        # And forward on 29 March.
        (datetime(2026, 3, 23, 9, tzinfo=UTC), datetime(2026, 4, 7, 8, tzinfo=UTC)),
    ],
)
def test_ten_working_days_end_at_the_same_local_time(asked: datetime, due: datetime) -> None:
    assert working_days.after(asked, 10, PARIS) == due


def test_the_day_is_that_of_the_collectivity() -> None:
    # Friday evening in Paris is Saturday morning in Nouméa: Monday is the first day there.
    asked = datetime(2026, 9, 4, 18, tzinfo=UTC)

    assert working_days.after(asked, 1, PARIS).date() == date(2026, 9, 7)
    assert working_days.after(asked, 1, "Pacific/Noumea").date() == date(2026, 9, 7)
    assert (
        working_days.after(asked, 2, "Pacific/Noumea").hour
        == asked.astimezone(ZoneInfo("Pacific/Noumea")).hour
    )


def test_what_is_owed_never_falls_on_a_day_off() -> None:
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)

    for number in range(800):
        due = working_days.after(moment + timedelta(days=number), 10, PARIS)
        assert working_days.is_working_day(due.date(), PARIS)
