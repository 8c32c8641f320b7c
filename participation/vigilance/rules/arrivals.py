"""Newcomers of one network: too many at once for a library, or with the regularity of a machine."""

import statistics
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

# A school of four classes or a busy library stays below; say it as a known network otherwise.
CROWD = 100
CROWD_WITHIN = timedelta(hours=1)
# Nobody presses at the same second as nine others, not even when a teacher says «now».
BURST = 10
BURST_WITHIN = timedelta(seconds=5)
# Waiting times of people vary as much as they last (1 for chance alone); those of a script hardly do.
REGULAR = 0.2
REGULAR_ARRIVALS = 10


def crowd(arrivals: Mapping[int, datetime]) -> set[int]:
    """Returns everybody who arrived in an hour that brought more than a crowd, or in a burst."""
    ordered = sorted(arrivals.items(), key=lambda arrival: (arrival[1], arrival[0]))
    return _dense(ordered, CROWD, CROWD_WITHIN) | _dense(ordered, BURST, BURST_WITHIN)


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


def _dense(ordered: Sequence[tuple[int, datetime]], most: int, within: timedelta) -> set[int]:
    found: set[int] = set()
    first = 0
    for last, (_person, moment) in enumerate(ordered):
        while moment - ordered[first][1] > within:
            first += 1
        if last - first + 1 >= most:
            found.update(person for person, _moment in ordered[first : last + 1])
    return found
