"""A register's file as a table, whatever wrote it: its encoding, its separator, its ragged rows."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from participation.foundation import text
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.exports.cells import restored

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 200_000
MOST_COLUMNS = 300


@dataclass(frozen=True)
class TableRow:
    """One row: the line on which it begins, its cells by column, cells beyond the header."""

    line: int
    cells: dict[str, str]
    surplus: int = 0


@dataclass(frozen=True)
class Table:
    """A file as columns and rows."""

    columns: list[str]
    rows: list[TableRow]

    def sample(self, column: str, count: int = 3) -> list[str]:
        """Returns a few different values of a column, for whoever says what it holds."""
        values = dict.fromkeys(row.cells.get(column, "") for row in self.rows[:200])
        return [value for value in values if value][:count]


def read_file(content: bytes) -> Table:
    """Returns the table a file holds: CSV of any usual dialect, or a JSON list of flat objects.

    Raises Invalid when there is no header, no row, or a quotation mark that never closes.
    """
    words = decoded(content)
    table = _of_json(words) if words.lstrip()[:1] in ("[", "{") else _of_csv(words)
    if not table.columns:
        raise Invalid(_("This file is empty."), "file")
    if len(table.columns) > MOST_COLUMNS:
        raise Invalid(_("This file has more than %(count)s columns.", count=MOST_COLUMNS), "file")
    if not table.rows:
        raise Invalid(_("This file has a header and no row."), "file")
    return table


def decoded(content: bytes) -> str:
    """Returns the text of a file: UTF-8 with or without its mark, UTF-16 with it, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_csv(words: str) -> Table:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(words, newline=""), delimiter=_delimiter_of(words), strict=True)
    try:
        numbered = [(line, cells) for line, cells in _numbered(reader) if any(one.strip() for one in cells)]
    except csv.Error as error:
        raise Invalid(
            _("The file can’t be read beyond line %(line)s: a quotation mark may be missing.",
              line=reader.line_num),
            "file",
        ) from error  # fmt: skip
    if not numbered:
        return Table([], [])
    columns = _distinct([" ".join(text.clean(name).split()) for name in numbered[0][1]])
    rows = [_row(line, columns, cells) for line, cells in numbered[1:]]
    return Table([name for name in columns if name], rows)


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1  # type: ignore[attr-defined]


def _row(line: int, columns: list[str], cells: list[str]) -> TableRow:
    kept = {name: text.clean(restored(cell)) for name, cell in zip(columns, cells, strict=False) if name}
    return TableRow(line, kept, sum(bool(cell.strip()) for cell in cells[len(columns) :]))


def _delimiter_of(words: str) -> str:
    """Returns the separator that the header holds most often, outside quotation marks."""
    header, quoted = [], False
    for character in words[:20_000]:
        if character == '"':
            quoted = not quoted
        elif character == "\n" and not quoted:
            break
        elif not quoted:
            header.append(character)
    return max(DELIMITERS, key="".join(header).count)


def _of_json(words: str) -> Table:
    try:
        return _flattened(json.loads(words))
    except (ValueError, RecursionError) as error:
        raise Invalid(_("This file begins as JSON and can’t be read as such."), "file") from error


def _flattened(data: Any) -> Table:
    found = data if isinstance(data, list) else next(
        (value for value in data.values() if isinstance(value, list)), [data]
    )  # fmt: skip
    objects = [one for one in found if isinstance(one, dict)]
    columns = list(dict.fromkeys(_flat(key) for one in objects for key in one))
    rows = [
        TableRow(number, {_flat(key): _flat(value) for key, value in one.items()})
        for number, one in enumerate(objects, start=1)
    ]
    return Table(columns, rows)


def _flat(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_flat(one) for one in value)
    if isinstance(value, dict):
        return "\n".join(f"{_flat(key)} : {_flat(one)}" for key, one in value.items())
    return text.clean(str(value))


def _distinct(names: list[str]) -> list[str]:
    """Returns the names of columns, the second of two equal ones told apart by its place."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return told
