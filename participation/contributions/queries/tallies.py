"""Counting positions: over a whole consultation, and by channel and level of assurance."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from participation.consultations.models import Assurance, Channel, Participant
from participation.contributions.models import Choice, Position
from participation.foundation.database import db

# A level that holds fewer people could point at somebody.
SMALLEST_LEVEL = 5


@dataclass(frozen=True)
class Tally:
    """How many participants hold each position, in the order they are always shown."""

    favourable: int = 0
    conditions: int = 0
    opposed: int = 0
    information: int = 0

    @property
    def total(self) -> int:
        """Returns how many took a position."""
        return self.favourable + self.conditions + self.opposed + self.information

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.favourable + other.favourable,
            self.conditions + other.conditions,
            self.opposed + other.opposed,
            self.information + other.information,
        )


@dataclass(frozen=True)
class LevelTally:
    """The positions of one channel at one level of assurance; both are None for merged small levels."""

    channel: Channel | None
    assurance: Assurance | None
    tally: Tally


def position_tally(consultation_id: int) -> Tally:
    """Returns the positions of one consultation, counted from the rows."""
    return position_tallies([consultation_id])[consultation_id]


def position_tallies(consultation_ids: Collection[int]) -> dict[int, Tally]:
    """Returns the positions of several consultations in one statement; zeros where nobody answered."""
    counted = (
        sa.select(Position.consultation_id, Position.choice, sa.func.count())
        .where(Position.consultation_id.in_(consultation_ids))
        .group_by(Position.consultation_id, Position.choice)
    )
    tallies = dict.fromkeys(consultation_ids, Tally())
    for consultation_id, choice, count in db.session.execute(counted):
        tallies[consultation_id] += _one(choice, count)
    return tallies


def tallies_by_level(consultation_id: int) -> list[LevelTally]:
    """Returns the positions by channel and assurance, largest first; levels of fewer than five are merged."""
    counted = db.session.execute(_by_level(), {"consultation_id": consultation_id})
    tallies: dict[tuple[Channel, Assurance], Tally] = {}
    for channel, assurance, choice, count in counted:
        tallies[channel, assurance] = tallies.get((channel, assurance), Tally()) + _one(choice, count)
    levels = [LevelTally(channel, assurance, tally) for (channel, assurance), tally in tallies.items()]
    return without_small(sorted(levels, key=lambda level: -level.tally.total))


@cache
def _by_level() -> sa.Select[Channel, Assurance, Choice, int]:
    level = Participant.channel, Participant.assurance
    return (
        sa.select(*level, Position.choice, sa.func.count())
        .join(Participant, Participant.id == Position.participant_id)
        .where(Position.consultation_id == sa.bindparam("consultation_id"))
        .group_by(*level, Position.choice)
        .order_by(*level)
    )


def without_small(levels: list[LevelTally]) -> list[LevelTally]:
    """Merges small levels, and the next larger one with them while the sum could still point at somebody."""
    kept = [level for level in levels if level.tally.total >= SMALLEST_LEVEL]
    merged = sum((level.tally for level in levels if level.tally.total < SMALLEST_LEVEL), Tally())
    while 0 < merged.total < SMALLEST_LEVEL and kept:
        merged += kept.pop().tally
    return [*kept, LevelTally(None, None, merged)] if merged.total else kept


def _one(choice: Choice, count: int) -> Tally:
    return Tally(**{choice.value: count})
