"""Cells of a CSV file: how they are written, so that a spreadsheet executes none, and read back.

A cell that a spreadsheet would take for a formula gets an apostrophe before it; `restored` takes it away.
Both together change nothing: a cell that already looked so gets one more.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

# What begins a formula in one spreadsheet or another, full-width signs included.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# A number is no formula, and stays one.
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")
BYTE_ORDER_MARK = "\ufeff"
# Those that end a line or a word: a no-break space before «:» is part of the writing.
_BREAKING = re.compile(r"[ \t\r\n\f\v]+")


def neutralised(cell: str) -> str:
    """Returns a cell that no spreadsheet executes."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell


def restored(cell: str) -> str:
    """Returns a cell as it was before `neutralised`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_text(
    headers: Sequence[str], rows: Iterable[Mapping[str, str]], *, for_spreadsheets: bool = False
) -> str:
    """Returns a file: commas, everything quoted, lines ended by CRLF.

    `for_spreadsheets` puts the mark at its head by which French spreadsheets know that accents are UTF-8.
    """
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([neutralised(row[header]) for header in headers] for row in rows)
    return (BYTE_ORDER_MARK if for_spreadsheets else "") + written.getvalue()


def one_line(words: str) -> str:
    """Returns words on one line; a no-break space stays one."""
    return _BREAKING.sub(" ", words).strip()


def day_cell(day: date | None) -> str:
    """Returns «31/12/2026», empty without a day."""
    return day.strftime("%d/%m/%Y") if day else ""


def month_cell(month: str) -> str:
    """Returns «12/2026» for «2026-12», empty without a month."""
    year, _dash, number = month.partition("-")
    return f"{number}/{year}" if number else ""
