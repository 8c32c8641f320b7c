"""The data as a workbook and as CSV: the same rows, and no cell that a spreadsheet would execute."""

import io
from collections.abc import Sequence
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.projects.dossier.exports.cells import csv_text
from participation.summaries.document import SummaryDocument
from participation.summaries.models import Orphan
from participation.summaries.printing.plain import INVISIBLE
from participation.summaries.printing.tables import Cell, Grid, grids_of

# Text stays text: nothing that looks like a formula, an address or a number becomes one.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_CELL = 32_767
WIDTHS = {"constats": (8, 28, 20, 60, 10, 14, 50), "contributions": (14, 18, 18, 12, 28, 80, 50)}


def workbook(document: SummaryDocument, orphans: Sequence[Orphan]) -> bytes:
    """Returns an XLSX file of five sheets, with its title and its first row held in sight."""
    # Only the worker makes workbooks.
    import xlsxwriter

    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        book.set_properties(
            {
                "title": f"{_('Summary for the decision')} – {document.consultation.title}",
                "author": document.project.collectivity.display_name,
                "created": document.summary.published_at.replace(tzinfo=None),  # type: ignore[union-attr]
            }
        )
        bold = book.add_format({"bold": True, "text_wrap": True})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for grid in grids_of(document, orphans):
            _fill(book.add_worksheet(grid.title[:31]), grid, bold, plain)
    return written.getvalue()


def csv_file(document: SummaryDocument, orphans: Sequence[Orphan], name: str) -> bytes:
    """Returns one of the sheets as CSV, for spreadsheets in French as well."""
    grid = next(one for one in grids_of(document, orphans) if one.name == name)
    rows = (dict(zip(grid.headers, (_clean(str(cell)) for cell in row), strict=True)) for row in grid.rows())
    return csv_text(grid.headers, rows, for_spreadsheets=True).encode()


def _fill(sheet: Any, grid: Grid, bold: Any, plain: Any) -> None:
    widths = WIDTHS.get(grid.name, ())
    for column in range(len(grid.headers)):
        sheet.set_column(column, column, widths[column] if widths else 28)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, grid.headers, bold)
    for place, row in enumerate(grid.rows(), start=1):
        for column, cell in enumerate(row):
            _write(sheet, place, column, cell, plain)


def _write(sheet: Any, row: int, column: int, cell: Cell, shape: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, shape)
    else:
        sheet.write_string(row, column, _clean(cell)[:LONGEST_CELL], shape)


def _clean(text: str) -> str:
    return INVISIBLE.sub("", text)
