"""The written tales of the demo town: TOML files, read as they are, and their days turned into moments."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Tale = dict[str, Any]

FOLDER = Path(__file__).parent
OPENS_AT = time(9)
CLOSES_AT = time(18)
FOUNDING_SLUG = "villeneuve-sur-lys"


@dataclass(frozen=True)
class Calendar:
    """Days of the tales as moments: whole days from the day of building, decimal ones from an opening."""

    built_at: datetime
    timezone: str = "Europe/Paris"

    def day(self, number: int) -> date:
        """Returns the day that many days after the town is built, before it when negative."""
        return self.built_at.astimezone(ZoneInfo(self.timezone)).date() + timedelta(days=number)

    def month(self, number: int) -> str:
        """Returns the month that day falls in, as 2027-03."""
        return f"{self.day(number):%Y-%m}"

    def working_day(self, number: int) -> int:
        """Returns that day, or the Friday before: no council sits on a Sunday, whenever the town is built."""
        return number - max(self.day(number).weekday() - 4, 0)

    def at(self, number: int, hour: time) -> datetime:
        """Returns that hour of that day, in the town's own time."""
        return datetime.combine(self.day(number), hour, ZoneInfo(self.timezone))

    def after_opening(self, opens_day: int, days: float) -> datetime:
        """Returns the moment that many days after a consultation opened."""
        return self.at(opens_day, OPENS_AT) + timedelta(days=days)


def town() -> Tale:
    """Returns the collectivities, their staff and a few residents with an account."""
    with (FOLDER / "town.toml").open("rb") as file:
        return tomllib.load(file)


def charter() -> Tale:
    """Returns the AI charter of the founding town, and what its projects say of it."""
    with (FOLDER / "charter.toml").open("rb") as file:
        return tomllib.load(file)


def projects() -> list[Tale]:
    """Returns the projects, the longest known first."""
    tales = []
    for path in sorted((FOLDER / "projects").glob("*.toml")):
        with path.open("rb") as file:
            tales.append(tomllib.load(file))
    return sorted(tales, key=lambda tale: (tale["milestones"]["proposed_day"], tale["slug"]))


def first_sentence(words: str) -> str:
    """Returns what an early version of a dossier already said: the first sentence of the present answer."""
    head, stop, _rest = words.partition(". ")
    return head + "." if stop else words
