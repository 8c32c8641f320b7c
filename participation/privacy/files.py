"""Everything held on one person as files: JSON for programs, tables for spreadsheets, a page to read."""

import enum
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from participation.accounts.erasure import Facts, Traces
from participation.projects.dossier.exports.cells import csv_text

# The same bytes for the same data: an archive says nothing of when it was asked for.
MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Table:
    """One kind of thing held: what it is called, its columns, its rows in words."""

    words: object
    columns: list[str]
    rows: list[dict[str, str]]


def as_json(held: Traces) -> bytes:
    """Returns the file that programs read."""
    return (json.dumps(held, ensure_ascii=False, indent=2, default=_plain) + "\n").encode()


def as_archive(held: Traces, page: str, name: str) -> bytes:
    """Returns an archive of the same: JSON, a page, and one table for each kind that holds something."""
    content = {f"{name}.json": as_json(held), f"{name}.html": page.encode()}
    for kind, rows in held.items():
        if rows:
            table = _table(kind, rows)
            content[f"csv/{kind}.csv"] = csv_text(table.columns, table.rows, for_spreadsheets=True).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, body in content.items():
            archive.writestr(zipfile.ZipInfo(path, MOMENT), body, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def tables_of(held: Traces, words: Mapping[str, object]) -> list[Table]:
    """Returns what is held kind by kind, in the order of the words; kinds without anything left out."""
    return [_table(called, held[kind]) for kind, called in words.items() if held.get(kind)]


def _table(words: object, rows: list[Facts]) -> Table:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return Table(words, columns, [{column: _cell(row.get(column)) for column in columns} for row in rows])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return _plain(value) if isinstance(value, (datetime, date, enum.Enum)) else str(value)


def _plain(value: object) -> str:
    """Writes what JSON has no word for: moments in ISO 8601, kinds by their value."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return str(value.value)
    raise TypeError(f"{type(value).__name__} is no plain value")
