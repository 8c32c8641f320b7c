"""All public projects in the order of the list; for each value of a facet, who bears it, as bits of a number.

Bit n of a number stands for the n-th project. So «or» joins values, «and» joins facets, and counting what
remains costs the same for fifty projects as for five thousand. Pure: knows no database.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from participation.projects.dossier.facets import BY_NAME, UNSAID

_ACCENTS = re.compile("[\u0300-\u036f]+")
STAGE, COLLECTIVITY, OPEN = "stage", "collectivity", "open"
Choices = Mapping[str, Collection[str]]
# By facet and value, the numbers of the projects that bear it.
Bearers = Mapping[str, Mapping[str, Iterable[int]]]
# How many projects there are, and the sum of their marks.
Stamp = tuple[int, int]


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
        held: Sequence[int] = range(len(self.ids))
        for word in wanted:
            held = [place for place in held if word in self.texts[place]]
        return as_bits(held, len(self.ids))

    def counts(self, facet: str, choices: Choices, found: int) -> dict[str, int]:
        """Returns how many projects each value would show, among what the other facets keep."""
        others = self.kept(choices, found, but=facet)
        return {value: (others & bits).bit_count() for value, bits in self.bits[facet].items()}

    def values_at(self, place: int, facet: str) -> list[str]:
        """Returns the values of a facet that the project at this place bears."""
        return [value for value, bits in self.bits[facet].items() if bits >> place & 1]


def index_of(
    ids: Sequence[int], texts: Iterable[str], bearers: Bearers, since: datetime, until: datetime, stamp: Stamp
) -> Index:
    """Returns the index of these projects, given in the order of the list; other bearers are left out."""
    place_of = {number: place for place, number in enumerate(ids)}
    bits = {
        facet: {
            value: as_bits((place_of[number] for number in numbers if number in place_of), len(ids))
            for value, numbers in bearers.get(facet, {}).items()
        }
        for facet in (STAGE, COLLECTIVITY, OPEN, *BY_NAME)
    }
    for facet in BY_NAME:
        unsaid = (1 << len(ids)) - 1 & ~reduce(or_, bits[facet].values(), 0)
        if unsaid:
            bits[facet][UNSAID] = unsaid
    return Index(ids, [folded(text) for text in texts], bits, since, until, stamp)


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
    return _ACCENTS.sub("", unicodedata.normalize("NFD", text.casefold().replace("’", "'")))
