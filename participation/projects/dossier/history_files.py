"""The history of a dossier as files: one line a version in JSON, one row a change in CSV.

Both are documented in docs/history-files.md; what they say of a version never depends on the database.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from participation.projects.dossier.changes import changes_between
from participation.projects.models import DossierVersion, Project

FORMAT = "participation/dossier-history"
FORMAT_VERSION = 1
COLUMNS = (
    "number",
    "published_at",
    "author_function",
    "reason",
    "field",
    "label",
    "before",
    "after",
)
# With it, spreadsheets read the file as UTF-8.
BYTE_ORDER_MARK = "\ufeff"
JSON_TAIL = "\n]}\n"
# What a spreadsheet would compute; the last four are the same signs in full width.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def json_head(project: Project) -> str:
    """Returns the beginning of the file, up to the list of versions."""
    about = {
        "collectivity": project.collectivity.display_name,
        "language": project.language,
        "ref": project.ref,
        "siret": project.collectivity.siret,
        "slug": project.slug,
        "title": project.title,
    }
    head = {"format": FORMAT, "format_version": FORMAT_VERSION, "project": about}
    return _canonical(head)[:-1] + ',"versions":['


def json_version(version: DossierVersion, *, author: str, causes: list[str], removed_causes: int) -> str:
    """Returns one version as one line; a text that nobody may read any more is only counted."""
    return _canonical(
        {
            "author_function": author,
            "causes": causes,
            "causes_removed_since": removed_causes,
            "language": version.language,
            "number": version.number,
            "published_at": _moment(version.published_at),
            "reason": version.reason,
            "snapshot": version.snapshot,
        }
    )


def csv_head() -> str:
    """Returns the byte order mark and the names of the columns."""
    return BYTE_ORDER_MARK + _rows([COLUMNS])


def csv_version(version: DossierVersion, before: Mapping[str, Any], *, author: str) -> str:
    """Returns one row for each answer, point or precedent that says something else than before."""
    facts = version.number, _moment(version.published_at), author, version.reason
    changes = changes_between(before, version.snapshot)
    return _rows((*facts, one.key, str(one.label), one.before, one.after) for one in changes)


def harmless(words: object) -> str:
    """Returns the words of a cell, after an apostrophe where a spreadsheet would take them for a formula."""
    text = str(words)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_SIGNS) else text


def _canonical(values: Mapping[str, Any]) -> str:
    """Returns JSON that is the same for the same values: keys in order, no spaces, letters as they are."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _rows(rows: Iterable[Iterable[object]]) -> str:
    written = StringIO(newline="")
    csv.writer(written).writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue()
