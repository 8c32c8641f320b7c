"""The blocks a summary is made of; no markup: each rendering draws them its own way, with the same words."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from participation.contributions.queries import Tally
from participation.foundation.text import excerpt

Values = Mapping[str, str | int]


class Where(enum.StrEnum):
    """Where something is shown: the two pages hold what fits, the screen and the annex hold the rest."""

    EVERYWHERE = "everywhere"
    SCREEN = "screen"
    PAPER = "paper"


@dataclass(frozen=True)
class Link:
    """A page of ours, by endpoint; each rendering writes its address."""

    endpoint: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """Some words of a line. `language` is that of who wrote them, empty for ours.

    `short` is what the two printed pages say instead, empty where all of it fits.
    """

    text: str
    language: str = ""
    link: Link | None = None
    is_strong: bool = False
    short: str = ""


Line = tuple[Words, ...]


def line(*parts: str | Words) -> Line:
    """Returns a line of words, given as they are or as plain text of ours."""
    return tuple(part if isinstance(part, Words) else Words(part) for part in parts)


def cut(text: str, longest: int, *, language: str = "", link: Link | None = None) -> Words:
    """Returns words that the two pages shorten above a number of characters."""
    short = excerpt(text, longest)
    return Words(text, language, link, short=short if len(text) > longest else "")


@dataclass(frozen=True)
class Paragraph:
    """A sentence or several."""

    kind: ClassVar[str] = "paragraph"
    line: Line
    is_quiet: bool = False
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Subtitle:
    """A title inside a section, with the name by which a link reaches it."""

    kind: ClassVar[str] = "subtitle"
    words: Words
    anchor: str = ""
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Written:
    """A text of several paragraphs, in light Markdown."""

    kind: ClassVar[str] = "written"
    words: Words
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Figure:
    """A big figure and what it counts."""

    value: str
    unit: str


@dataclass(frozen=True)
class Figures:
    """Big figures side by side."""

    kind: ClassVar[str] = "figures"
    figures: tuple[Figure, ...]
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class PositionBar:
    """Positions as a bar with their words, shares and counts; `alternative` says the same in a sentence."""

    kind: ClassVar[str] = "position_bar"
    tally: Tally
    alternative: str
    total: str
    note: str
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Row:
    """A line of a table: the first cell names it; `tally` is drawn as a bar in the last column."""

    cells: tuple[Words, ...]
    tally: Tally | None = None
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Table:
    """Figures in rows; the first column holds words, the others numbers unless `of_words`."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    bars: str = ""
    of_words: bool = False
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class RankedItem:
    """One thing among others, most supported first; `share` of the longest bar, from 0 to 1."""

    line: Line
    value: str
    share: float
    source: Words
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Ranked:
    """Things by number, each with its bar."""

    kind: ClassVar[str] = "ranked"
    items: tuple[RankedItem, ...]
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Sentence:
    """A finding: its sentence, what it says, the contributions it rests on."""

    kind: ClassVar[str] = "sentence"
    words: Words
    says: str
    sources: Words
    number: int = 0
    anchor: str = ""
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Quotation:
    """Words of a contribution, and who said them where; without words it says why there are none."""

    kind: ClassVar[str] = "quotation"
    words: Words
    source: Line
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Item:
    """One line of a list, and what stands at its end."""

    line: Line
    end: str = ""
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Items:
    """A list."""

    kind: ClassVar[str] = "items"
    items: tuple[Item, ...]
    where: Where = Where.EVERYWHERE


Block = Paragraph | Subtitle | Written | Figures | PositionBar | Table | Ranked | Sentence | Quotation | Items


@dataclass(frozen=True)
class Section:
    """A title and what stands under it; `key` is its name in addresses."""

    key: str
    title: Words
    blocks: tuple[Block, ...]
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True)
class Sheet:
    """A whole document: what stands above its title, its title, what it is about, then its sections."""

    above: str
    title: str
    subject: Words
    facts: tuple[Line, ...]
    sections: tuple[Section, ...]
    opening: tuple[Block, ...] = ()


def where_fits(place: int, most: int) -> Where:
    """Returns where the item at a place, counted from 0, is shown when so many fit on paper."""
    return Where.EVERYWHERE if place < most else Where.SCREEN


def blocks(*given: Block | None) -> tuple[Block, ...]:
    """Returns the blocks that are there."""
    return tuple(one for one in given if one is not None)


def joined(parts: Iterable[Line], between: str = " · ") -> Line:
    """Returns lines as one, with something between them."""
    whole: list[Words] = []
    for part in parts:
        whole += [Words(between), *part] if whole else part
    return tuple(whole)
