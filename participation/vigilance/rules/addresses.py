"""E-mail addresses made by the row: sub-addresses and dots of one box, numbers that follow one another."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

# A person may hold two addresses, a couple four: more of one box is worth a look.
SAME_BOX = 3
# Numbers that follow one another, each at most this far from the one before.
RUN = 4
LARGEST_STEP = 2
_NUMBERED = re.compile(r"^(?P<stem>.*?)(?P<number>[0-9]{1,9})(?P<end>[^0-9]*)$")


def alike(addresses: Mapping[int, str]) -> list[set[int]]:
    """Returns groups of persons (by number) whose addresses look made by one hand, smallest number first."""
    groups = [*_same_boxes(addresses), *_runs(addresses)]
    return sorted(groups, key=min)


def box_of(address: str) -> str:
    """Returns the box an address leads to where sub-addresses and dots make no difference."""
    name, _at, domain = address.partition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{domain}"


def _same_boxes(addresses: Mapping[int, str]) -> Iterable[set[int]]:
    boxes: dict[str, set[int]] = defaultdict(set)
    for person, address in addresses.items():
        boxes[box_of(address)].add(person)
    return [found for found in boxes.values() if len(found) >= SAME_BOX]


def _runs(addresses: Mapping[int, str]) -> Iterable[set[int]]:
    """Returns those of one stem whose numbers follow: `jean1`, `jean2`, … but not `jean62`, `jean75`."""
    stems: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for person, address in addresses.items():
        name, _at, domain = address.partition("@")
        found = _NUMBERED.match(name)
        if found is not None:
            stems[found["stem"], f"{found['end']}@{domain}"].append((int(found["number"]), person))
    return [run for numbered in stems.values() for run in _following(sorted(numbered))]


def _following(numbered: list[tuple[int, int]]) -> Iterable[set[int]]:
    run: list[tuple[int, int]] = []
    for one in numbered:
        if run and one[0] - run[-1][0] > LARGEST_STEP:
            yield from _long_enough(run)
            run = []
        run.append(one)
    yield from _long_enough(run)


def _long_enough(run: list[tuple[int, int]]) -> Iterable[set[int]]:
    if len(run) >= RUN:
        yield {person for _number, person in run}
