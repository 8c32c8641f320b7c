"""What a format is: its attributes, and which piece of which field each one holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from participation.foundation.text import excerpt
from participation.projects.dossier.exports.record import Record
from participation.projects.dossier.exports.telling import told
from participation.projects.dossier.fields import FIELDS

Codes = Mapping[str, str]


@dataclass(frozen=True)
class Piece:
    """What an attribute takes of one field: all of it in sentences, one part, or the values of its list.

    `codes` are the words of the standard for ours; a value that has none is left out.
    """

    field: str
    part: str = ""
    codes: Codes | None = None
    # Only the address of each row: links.
    column: str = ""
    # Part of the answer goes in words here, the rest elsewhere or nowhere.
    is_sentences: bool = False
    # The most characters the standard takes; 0 when it takes any number.
    limit: int = 0

    @property
    def is_whole(self) -> bool:
        """Tells whether it takes all that an answer says."""
        return not (self.part or self.column or self.is_sentences) and self.codes is None

    def values(self, record: Record) -> list[str]:
        """Returns what there is of it in a project."""
        if self.column:
            return [row[self.column] for row in record.rows(self.field) if self.column in row]
        if self.part:
            raw = record.part(self.field, self.part)
            return self._coded(raw.split(",") if self.codes is not None else [raw])
        if self.codes is not None:
            return self._coded(record.codes(self.field))
        words = record.text(self.field) if self.is_sentences else told(record.answer(self.field))
        return [excerpt(words, self.limit - 1) if self.limit else words]

    def _coded(self, values: list[str]) -> list[str]:
        if self.codes is None:
            return values
        return list(dict.fromkeys(self.codes[value] for value in values if value in self.codes))


@dataclass(frozen=True)
class Source:
    """Where an attribute comes from; `made` is for what no joining of pieces gives."""

    pieces: tuple[Piece, ...] = ()
    made: Callable[[Record], str] | None = None
    between: str = "\n\n"
    # Said when there is nothing else.
    otherwise: str = ""

    def value(self, record: Record) -> str:
        """Returns the text of the attribute for a project, empty when nothing is said."""
        if self.made is not None:
            return self.made(record)
        said = [value for piece in self.pieces for value in piece.values(record) if value]
        return self.between.join(said) or self.otherwise


@dataclass(frozen=True)
class Format:
    """One way to publish the register; `sources` only says what the mapping of the fields doesn't."""

    key: str
    standard: str
    name: object
    purpose: object
    readers: object
    attributes: tuple[str, ...]
    required: frozenset[str] = frozenset()
    sources: Mapping[str, Source] = field(default_factory=dict)
    # An attribute that is a scale, or a link: sentences can't fill it.
    left_empty: frozenset[str] = frozenset()
    # Holds everything the dossier says, as data.
    is_whole: bool = False

    @cached_property
    def all_sources(self) -> dict[str, Source]:
        """Returns where each attribute comes from: what the format says, else the mapping of the fields."""
        return {attribute: self._source(attribute) for attribute in self.attributes}

    def values(self, record: Record) -> dict[str, str]:
        """Returns the text of every attribute for a project, in their order."""
        return {attribute: source.value(record) for attribute, source in self.all_sources.items()}

    def _source(self, attribute: str) -> Source:
        if attribute in self.sources:
            return self.sources[attribute]
        if attribute in self.left_empty:
            return Source()
        named = [one.name for one in FIELDS if attribute in one.maps.get(self.standard, ())]
        return Source(tuple(Piece(name) for name in named))
