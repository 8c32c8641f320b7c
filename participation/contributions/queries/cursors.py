"""Where a page of a discussion begins: the key of the last comment read, written in the address.

What is said, voted or taken back meanwhile moves no key: nothing is shown twice, nothing is passed over.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from participation.contributions.ranking import WHOLE
from participation.foundation import clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = "(0|[1-9][0-9]{0,8})"
_MOMENT = "(0|[1-9][0-9]{0,15})"
_TURN = re.compile(rf"([0-2])(?:\.{_MOMENT}_{_NUMBER})(?:\.{_MOMENT}_{_NUMBER})(?:\.{_MOMENT}_{_NUMBER})")
_SAID = re.compile(rf"{_MOMENT}_{_NUMBER}")
_STANDING = re.compile(rf"{_MOMENT}\.{_NUMBER}_{_NUMBER}")
# A vote is written and visible to all well within that time: what stood so long ago changes no more.
SETTLED_AFTER = timedelta(seconds=10)
# Former standings are kept for longer.
READ_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Said:
    """One comment among those in the order they were said: its moment, then its number."""

    at: datetime
    number: int

    def __str__(self) -> str:
        return f"{_microseconds(self.at)}_{self.number}"


# Before the first comment and after the last one.
BEFORE_ALL = Said(_EPOCH, 0)
AFTER_ALL = Said(datetime(9999, 12, 31, tzinfo=UTC), 0)


@dataclass(frozen=True)
class Turn:
    """The lane that spoke last, and the last comment read in each lane; None where it hasn't begun."""

    lane: int
    last: tuple[Said | None, ...]

    def __str__(self) -> str:
        return ".".join([str(self.lane), *("0_0" if one is None else str(one) for one in self.last)])

    def after(self, lane: int, said: Said) -> "Turn":
        """Returns the place after one more comment, of that lane."""
        return Turn(lane, (*self.last[:lane], said, *self.last[lane + 1 :]))


@dataclass(frozen=True)
class Standing:
    """The last comment read by its rank, as it stood at a moment: that of the first page."""

    as_of: datetime
    rank: int = WHOLE
    number: int = 0

    def __str__(self) -> str:
        return f"{_microseconds(self.as_of)}.{self.rank}_{self.number}"

    def after(self, rank: int, number: int) -> "Standing":
        """Returns the place after one more comment, at the same moment."""
        return replace(self, rank=rank, number=number)


def read_turn(words: str) -> Turn | None:
    """Returns the place in the turns an address names, None for anything we did not write."""
    found = _TURN.fullmatch(words)
    if found is None:
        return None
    keys = found.groups()[1:]
    pairs = zip(keys[::2], keys[1::2], strict=True)
    return Turn(int(found[1]), tuple(_said(*pair) if pair != ("0", "0") else None for pair in pairs))


def read_said(words: str) -> Said | None:
    """Returns the comment an address names by its moment, None for anything we did not write."""
    found = _SAID.fullmatch(words)
    return _said(found[1], found[2]) if found else None


def read_standing(words: str) -> Standing | None:
    """Returns the place by rank an address names; None when it is older than a day, or not ours."""
    found = _STANDING.fullmatch(words)
    if found is None:
        return None
    as_of, now = _moment(found[1]), clock.now()
    if not now - READ_WITHIN <= as_of <= now:
        return None
    return Standing(as_of, int(found[2]), int(found[3]))


def first_standing() -> Standing:
    """Returns where the first page begins: as things stood a moment ago, once they were settled."""
    return Standing(clock.now() - SETTLED_AFTER)


def _said(moment: str, number: str) -> Said:
    return Said(_moment(moment), int(number))


def _moment(microseconds: str) -> datetime:
    return _EPOCH + timedelta(microseconds=int(microseconds))


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
