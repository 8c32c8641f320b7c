"""All public projects in the order of the list; for each value of a facet, who bears it, as bits of a number.

Bit n of a number stands for the n-th project. So «or» joins values, «and» joins facets, and counting what
remains costs the same for fifty projects as for five thousand. Pure: knows no database.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from participation.projects.dossier.facets import FACETS, UNSAID

STAGE, COLLECTIVITY, OPEN = "stage", "collectivity", "open"
Choices = Mapping[str, Collection[str]]
# How many projects there are, and the sum of their marks.
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Listed:
    """What the list must know of a project; `values` holds those of its stage, its body and its facets."""

    id: int
    text: str
    values: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Index:
    """The projects that are public from `since` on, until one of their dates passes."""

    ids: Sequence[int]
    texts: Sequence[str]
    bits: Mapping[str, Mapping[str, int]]
    since: datetime
    until: datetime
    stamp: Stamp

    def is_good(self, stamp: Stamp, now: datetime) -> bool:
        """Tells whether nothing changed since it was made, and no date has passed."""
        return self.stamp == stamp and self.since <= now < self.until

    def kept(self, choices: Choices, found: int, *, but: str = "") -> int:
        """Returns who the choices keep among those found, one facet left aside: any value of each facet."""
        for facet, values in choices.items():
            if values and facet != but:
                found &= self.bearing(facet, values)
        return found

    def bearing(self, facet: str, values: Collection[str]) -> int:
        """Returns the projects that bear one of these values at least."""
        return reduce(or_, (self.bits[facet].get(value, 0) for value in values), 0)

    def having(self, words: str) -> int:
        """Returns the projects whose title and summary hold every one of these words."""
        wanted = folded(words).split()
        if not wanted:
            return (1 << len(self.ids)) - 1
        held = (all(word in text for word in wanted) for text in self.texts)
        return as_bits((place for place, holds in enumerate(held) if holds), len(self.ids))

    def counts(self, facet: str, choices: Choices, found: int) -> dict[str, int]:
        """Returns how many projects each value would show, among what the other facets keep."""
        others = self.kept(choices, found, but=facet)
        return {value: (others & bits).bit_count() for value, bits in self.bits[facet].items()}

    def values_at(self, place: int, facet: str) -> list[str]:
        """Returns the values of a facet that the project at this place bears."""
        return [value for value, bits in self.bits[facet].items() if bits >> place & 1]


def index_of(listed: Sequence[Listed], since: datetime, until: datetime, stamp: Stamp) -> Index:
    """Returns the index of these projects, given in the order of the list."""
    places: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in _facet_names()}
    for place, project in enumerate(listed):
        for facet, values in project.values.items():
            for value in values:
                places[facet][value].append(place)
    bits = {
        facet: {value: as_bits(where, len(listed)) for value, where in values.items()}
        for facet, values in places.items()
    }
    everything = (1 << len(listed)) - 1
    for one in FACETS:
        said = reduce(or_, bits[one.name].values(), 0)
        if everything & ~said:
            bits[one.name][UNSAID] = everything & ~said
    texts = [folded(project.text) for project in listed]
    return Index([project.id for project in listed], texts, bits, since, until, stamp)


def as_bits(places: Iterable[int], length: int) -> int:
    """Returns the number whose bits at these places are set."""
    bits = bytearray(length // 8 + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def places_in(bits: int, first: int, size: int) -> list[int]:
    """Returns the places of so many set bits, after the first ones, lowest first."""
    written = bin(bits)[:1:-1]
    found: list[int] = []
    place = written.find("1")
    while place >= 0 and len(found) < first + size:
        found.append(place)
        place = written.find("1", place + 1)
    return found[first:]


def folded(text: str) -> str:
    """Returns a text without capitals and accents, in which words are looked for."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _facet_names() -> list[str]:
    return [STAGE, COLLECTIVITY, OPEN, *(facet.name for facet in FACETS)]
