"""Which items of two sequences stay, in bounded time: what the comparison of two texts stands on.

What is the same at both ends is set aside. In between, items that stand once on each side and in the same
order are fixed points (patience difference), and so on between them. Where none is left, the shortest way
from one to the other is looked for (Myers 1986) as long as it takes few steps; else everything is replaced.
Each round costs as much as the sequences are long, and there are `ROUNDS` of them at most: two texts that
have nothing in common, or that repeat one word ten thousand times, take no longer than others.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ROUNDS = 12
MOST_STEPS = 80


@dataclass(frozen=True)
class Run:
    """Items that stay: `length` of them, from these places on."""

    before: int
    after: int
    length: int


def kept_runs(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    """Returns the runs of items that stay, in their order, neighbours joined."""
    runs: list[Run] = []
    for run in _runs(before, after, ROUNDS):
        last = runs[-1] if runs else None
        if last and last.before + last.length == run.before and last.after + last.length == run.after:
            runs[-1] = Run(last.before, last.after, last.length + run.length)
        else:
            runs.append(run)
    return runs


def _runs(before: Sequence[str], after: Sequence[str], rounds: int) -> Iterator[Run]:
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    if head:
        yield Run(0, 0, head)
    inner = before[head : len(before) - tail], after[head : len(after) - tail]
    if inner[0] and inner[1]:
        for run in _inner_runs(*inner, rounds):
            yield Run(head + run.before, head + run.after, run.length)
    if tail:
        yield Run(len(before) - tail, len(after) - tail, tail)


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """Returns how many items both begin with."""
    same = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        same += 1
    return same


def _inner_runs(before: Sequence[str], after: Sequence[str], rounds: int) -> Iterator[Run]:
    fixed = _fixed_points(before, after) if rounds else []
    if not fixed:
        yield from _shortest_way(before, after)
        return
    reached = (0, 0)
    for old, new in [*fixed, (len(before), len(after))]:
        for run in _runs(before[reached[0] : old], after[reached[1] : new], rounds - 1):
            yield Run(reached[0] + run.before, reached[1] + run.after, run.length)
        if old < len(before):
            yield Run(old, new, 1)
        reached = old + 1, new + 1


def _fixed_points(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Returns the places of items that stand once on each side: the longest series in the same order."""
    once_before = {item for item, times in Counter(before).items() if times == 1}
    once_after = {item for item, times in Counter(after).items() if times == 1}
    shared = once_before & once_after
    place_after = {item: place for place, item in enumerate(after) if item in shared}
    return _longest_rising([(old, place_after[item]) for old, item in enumerate(before) if item in shared])


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns the longest series of pairs whose second place rises; the first ones rise already."""
    lowest: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (_old, new) in enumerate(pairs):
        length = bisect_left(lowest, new)
        previous.append(ends[length - 1] if length else -1)
        if length == len(lowest):
            lowest.append(new)
            ends.append(number)
        else:
            lowest[length], ends[length] = new, number
    series = []
    number = ends[-1] if ends else -1
    while number >= 0:
        series.append(pairs[number])
        number = previous[number]
    return series[::-1]


def _shortest_way(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    """Returns what stays on the shortest way, nothing when it takes more than `MOST_STEPS` steps.

    `furthest[k]` is how far one gets in `before` on the diagonal k = place before − place after.
    """
    furthest = {1: 0}
    trail = []
    for steps in range(min(len(before) + len(after), MOST_STEPS) + 1):
        trail.append(dict(furthest))
        for diagonal in range(-steps, steps + 1, 2):
            old = _step(furthest, diagonal, len(before), len(after))
            if old is None:
                furthest.pop(diagonal, None)
                continue
            while old < len(before) and old - diagonal < len(after) and before[old] == after[old - diagonal]:
                old += 1
            furthest[diagonal] = old
            if old == len(before) and old - diagonal == len(after):
                return _walked(trail, len(before), len(after))
    return []


def _step(furthest: dict[int, int], diagonal: int, longest_before: int, longest_after: int) -> int | None:
    """Returns how far one step leads on a diagonal, None when it leads out of both sequences."""
    down, right = furthest.get(diagonal + 1), furthest.get(diagonal - 1)
    reached = []
    if down is not None and down - diagonal <= longest_after:
        reached.append(down)
    if right is not None and right + 1 <= longest_before:
        reached.append(right + 1)
    return max(reached) if reached else None


def _walked(trail: list[dict[int, int]], old: int, new: int) -> list[Run]:
    """Returns the runs of a way, walked back from its end."""
    runs: list[Run] = []
    ends = old, new
    for furthest in reversed(trail):
        diagonal = old - new
        begun = _step(furthest, diagonal, *ends) or 0
        if old > begun:
            runs.append(Run(begun, begun - diagonal, old - begun))
        came_down = furthest.get(diagonal + 1) == begun and begun - diagonal <= ends[1]
        old, new = (begun, begun - diagonal - 1) if came_down else (begun - 1, begun - diagonal)
    return runs[::-1]
