"""Counting the people who took part: by channel and assurance, by where they live, under several identities.

Groups of fewer than five are merged, so that nobody can be recognised by what they are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from participation.consultations.models import Assurance, Channel, Participant, PerimeterSide
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    Position,
    UsefulVote,
    Visibility,
)
from participation.contributions.queries.tallies import SMALLEST_LEVEL
from participation.foundation.database import db

Level = tuple[Channel, Assurance]
Label = TypeVar("Label")


@dataclass(frozen=True)
class Group:
    """How many people of one channel and level; both are None for small groups together."""

    channel: Channel | None
    assurance: Assurance | None
    people: int


@dataclass(frozen=True)
class People:
    """Who took part in one consultation; each person once, whatever they did and under how many names."""

    groups: list[Group] = field(default_factory=list)
    # By what they declared; None for small groups together. Empty when nobody was asked.
    sides: list[tuple[PerimeterSide | None, int]] = field(default_factory=list)
    # Identities that were found to be of somebody who counts already, and positions set aside for it.
    linked: int = 0
    set_aside: int = 0

    @property
    def total(self) -> int:
        """Returns how many people took part."""
        return sum(group.people for group in self.groups)


def people_in(consultation_id: int, *, asks_postcodes: bool) -> People:
    """Returns who took a position, supported, found useful or said something public, in two statements."""
    levels: Counter[Level] = Counter()
    sides: Counter[PerimeterSide] = Counter()
    rows = db.session.execute(_counted(), {"consultation_id": consultation_id})
    for channel, assurance, side, people in rows:
        levels[channel, assurance] += people
        sides[side] += people
    linked, set_aside = db.session.execute(_linked(), {"consultation_id": consultation_id}).one()
    return People(
        [_group(level, people) for level, people in without_small(levels)],
        without_small(sides) if asks_postcodes else [],
        linked,
        set_aside,
    )


def people_by_level(consultation_id: int) -> dict[Level, int]:
    """Returns the same by channel and assurance, small groups too: for figures that are kept, not shown."""
    levels: Counter[Level] = Counter()
    rows = db.session.execute(_counted(), {"consultation_id": consultation_id})
    for channel, assurance, _side, people in rows:
        levels[channel, assurance] += people
    return dict(levels)


def without_small(counts: Mapping[Label, int]) -> list[tuple[Label | None, int]]:
    """Merges groups of fewer than five, and the next larger with them while their sum is still small."""
    largest_first = sorted(counts.items(), key=lambda item: -item[1])
    kept: list[tuple[Label | None, int]] = [one for one in largest_first if one[1] >= SMALLEST_LEVEL]
    merged = sum(count for _label, count in largest_first if count < SMALLEST_LEVEL)
    while 0 < merged < SMALLEST_LEVEL and kept:
        merged += kept.pop()[1]
    return [*kept, (None, merged)] if merged else kept


def _group(level: Level | None, people: int) -> Group:
    return Group(level[0], level[1], people) if level else Group(None, None, people)


@cache
def _counted() -> sa.Select[Channel, Assurance, PerimeterSide, int]:
    """Texts keep the identity under which they were written; it counts for the one it was linked to."""
    writer = aliased(Participant)
    spoke = sa.exists().where(
        Contribution.participant_id == writer.id,
        sa.or_(writer.id == Participant.id, writer.same_as_id == Participant.id),
        Contribution.visibility == Visibility.PUBLISHED,
        Contribution.spoken_as == "",
    )
    acts = (Position, ConditionSupport, UsefulVote)
    chose = [sa.exists().where(act.participant_id == Participant.id) for act in acts]
    group = Participant.channel, Participant.assurance, Participant.perimeter_side
    return (
        sa.select(*group, sa.func.count())
        .where(
            Participant.consultation_id == sa.bindparam("consultation_id"),
            Participant.same_as_id.is_(None),
            Participant.is_identified,
            sa.or_(spoke, *chose),
        )
        .group_by(*group)
        .order_by(*group)
    )


@cache
def _linked() -> sa.Select[int, int]:
    return sa.select(
        sa.func.count(Participant.id), sa.func.count(sa.case((Participant.both_chose, 1)))
    ).where(
        Participant.consultation_id == sa.bindparam("consultation_id"), Participant.same_as_id.is_not(None)
    )
