"""Reading a cell: a date in any of its shapes, a value of a closed list, several of them, a plain text."""

import re
from collections.abc import Mapping
from datetime import date

from participation.foundation.i18n import LANGUAGES, speaking
from participation.importing.registers.guessing import normalised
from participation.importing.registers.synonyms import SYNONYMS
from participation.projects.dossier.field import Field, Kind, Part, PartKind

MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
          "novembre", "decembre")  # fmt: skip
# What people put between the values of a list; a hyphen only between spaces, or it cuts words.
_BETWEEN = re.compile(r"\s*[;,|/\n·]\s*|\s+[-–•]\s+|^[-–•]\s*")
_EARLIEST, _LATEST = 1950, 2150


def read_day(cell: str) -> date | None:
    """Returns the day of `12/03/2027`, `2027-03-12` or `2027-03-12T08:00:00Z`; None when it is no day."""
    french = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cell)
    iso = re.match(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])", cell)
    if french:
        return _day(french[3], french[2], french[1])
    return _day(iso[1], iso[2], iso[3]) if iso else None


def read_month(cell: str) -> str:
    """Returns `2027-03` from `03/2027`, `2027-03`, `mars 2027` or a whole day; empty when it is no month."""
    day = read_day(cell)
    if day is not None:
        return f"{day.year:04d}-{day.month:02d}"
    numbers = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{4})", cell)
    if numbers:
        return _month(numbers[2], int(numbers[1]))
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})", cell)
    if iso:
        return _month(iso[1], int(iso[2]))
    words = normalised(cell).split()
    if len(words) == 2 and words[0] in MONTHS and words[1].isdigit():
        return _month(words[1], MONTHS.index(words[0]) + 1)
    return ""


def read_choice(place: str, choices: Mapping[str, object], cell: str) -> str:
    """Returns the value of a closed list that a cell says, in any of its words; empty when none fits."""
    return _words.of(place, choices).get(normalised(cell), "")


def read_choices(place: str, choices: Mapping[str, object], cell: str) -> tuple[str, list[str]]:
    """Returns the values of a list joined by commas, and what fits none of them."""
    whole = read_choice(place, choices, cell)
    if whole:
        return whole, []
    pieces = [piece for piece in _BETWEEN.split(cell) if piece]
    if len(pieces) < 2 and "-" in cell:
        # Some registers separate by a bare hyphen: only when every piece is known, or it cut a word.
        hyphenated = [piece.strip() for piece in cell.split("-") if piece.strip()]
        if all(read_choice(place, choices, piece) for piece in hyphenated):
            pieces = hyphenated
    found = [(piece, read_choice(place, choices, piece)) for piece in pieces]
    known = dict.fromkeys(value for _piece, value in found if value)
    return ",".join(known), [piece for piece, value in found if not value]


def read_part(place: str, part: Part, cell: str) -> tuple[str, list[str]]:
    """Returns the value of a part as it is stored, and what could not be read."""
    if part.kind is PartKind.CHOICE:
        value = read_choice(place, part.choices, cell)
    elif part.kind is PartKind.CHOICES:
        return read_choices(place, part.choices, cell)
    elif part.kind is PartKind.DAY:
        day = read_day(cell)
        value = day.isoformat() if day else ""
    elif part.kind is PartKind.MONTH:
        value = read_month(cell)
    elif part.kind is PartKind.NUMBER:
        value = cell.replace(",", ".").replace(" ", "").replace("\u00a0", "")
    else:
        value = " ".join(cell.split()) if part.kind is not PartKind.TEXT else cell
    return value, [] if value else [cell]


def read_values(one: Field, cell: str) -> tuple[str, list[str], str]:
    """Returns the choice of a field with a closed list, what fits none of its values, and its sentences.

    Our exports put the choice on the first line and the sentences under it.
    """
    first, _line, rest = cell.partition("\n")
    value, unread = _read(one, cell)
    if unread and rest:
        alone, unread_alone = _read(one, first)
        if alone and not unread_alone:
            return alone, [], rest.strip()
    return value, unread, ""


def _read(one: Field, cell: str) -> tuple[str, list[str]]:
    if one.kind is Kind.CHOICES:
        return read_choices(one.name, one.choices, cell)
    value = read_choice(one.name, one.choices, cell)
    return value, [] if value else [cell]


class _Words:
    """The words of each closed list, made once: the same list is read for every row of a register."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, str]] = {}

    def of(self, place: str, choices: Mapping[str, object]) -> dict[str, str]:
        """Returns the values of a list by everything they may be called, in both languages."""
        if place not in self._kept:
            known = dict(SYNONYMS.get(place, {}))
            for language in LANGUAGES:
                with speaking(language):
                    known.update({normalised(str(words)): value for value, words in choices.items()})
            known.update({normalised(value): value for value in choices})
            self._kept[place] = known
        return self._kept[place]


_words = _Words()


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None


def _month(year: str, month: int) -> str:
    return f"{int(year):04d}-{month:02d}" if 1 <= month <= 12 and _EARLIEST <= int(year) <= _LATEST else ""
