"""Newcomers of one network: too many at once for a library, or with the regularity of a machine."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

# A school of four classes or a busy library stays below; say it as a known network otherwise.
CROWD = 100
CROWD_WITHIN = timedelta(hours=1)
# A class of thirty sends within some minutes; ten within so many seconds are a wave, with whoever follows.
BURST = 10
BURST_WITHIN = timedelta(seconds=20)
# Waiting times of people vary as much as they last (1 for chance alone); those of a script hardly do.
REGULAR = 0.2
REGULAR_ARRIVALS = 10

Arrival = tuple[int, datetime]


def crowd(arrivals: Mapping[int, datetime]) -> set[int]:
    """Returns everybody who arrived in an hour that brought more than a crowd, or in a wave."""
    ordered = sorted(arrivals.items(), key=lambda arrival: (arrival[1], arrival[0]))
    found = _dense(ordered, CROWD, CROWD_WITHIN)
    for wave in _waves(ordered):
        if _dense(wave, BURST, BURST_WITHIN):
            found.update(person for person, _moment in wave)
    return found


def regular(arrivals: Mapping[int, datetime]) -> set[int]:
    """Returns all the newcomers of a network when they came at equal distances."""
    if len(arrivals) < REGULAR_ARRIVALS:
        return set()
    moments = sorted(arrivals.values())
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    mean = statistics.fmean(waits)
    if mean <= 0:
        return set(arrivals)
    return set(arrivals) if statistics.pstdev(waits) / mean < REGULAR else set()


def _waves(ordered: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """Yields those who came one upon the other, with no more than a burst's time between two of them."""
    wave: list[Arrival] = []
    for arrival in ordered:
        if wave and arrival[1] - wave[-1][1] > BURST_WITHIN:
            yield wave
            wave = []
        wave.append(arrival)
    if wave:
        yield wave


def _dense(ordered: Sequence[Arrival], most: int, within: timedelta) -> set[int]:
    found: set[int] = set()
    first = 0
    for last, (_person, moment) in enumerate(ordered):
        while moment - ordered[first][1] > within:
            first += 1
        if last - first + 1 >= most:
            found.update(person for person, _moment in ordered[first : last + 1])
    return found
