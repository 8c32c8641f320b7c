"""Reading a CSV file of unknown dialect: comma or semicolon, flat or nested headers."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from participation.foundation import text
from participation.foundation.errors import Invalid
from participation.foundation.i18n import gettext as _

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (";", ",", "\t")
LANGUAGES = ("fr", "en")
LONGEST_FIELD = 1_000_000


@dataclass(frozen=True)
class Row:
    """One row: where it begins, its values by plain column name, whether none was missing."""

    file: str
    line: int
    values: dict[str, str]
    is_whole: bool = True

    def get(self, *names: str) -> str:
        """Returns the first of these columns that exists, cleaned; empty when none does."""
        for name in names:
            for candidate in (name, *(f"{name}_{language}" for language in LANGUAGES)):
                if candidate in self.values:
                    return text.clean(self.values[candidate])
        return ""


def read_table(path: Path, *, required: Sequence[Sequence[str]]) -> list[Row]:
    """Returns all rows of a file; each of `required` is a column under one of its possible names.

    Raises Invalid when the file as a whole can't be trusted: not UTF-8, a quotation mark that never closes,
    a column that is missing.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(_("%(file)s is not written in UTF-8.", file=path.name)) from error
    csv.field_size_limit(LONGEST_FIELD)
    delimiter = _delimiter_of(content)
    lines = csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        numbered = list(_numbered(lines))
    except csv.Error as error:
        raise Invalid(
            _(
                "%(file)s can’t be read beyond line %(line)s: %(why)s.",
                file=path.name,
                line=lines.line_num,
                why=error,
            )
        ) from error
    if not numbered:
        raise Invalid(_("%(file)s is empty.", file=path.name))
    header = [_plain_name(name) for name in numbered[0][1]]
    _require_columns(path.name, header, required)
    return [
        Row(path.name, line, dict(zip(header, values, strict=False)), len(values) == len(header))
        for line, values in numbered[1:]
        if any(value.strip() for value in values)
    ]


def _delimiter_of(content: str) -> str:
    header = content.partition("\n")[0]
    return max(DELIMITERS, key=header.count)


def _numbered(lines: "Reader") -> Iterator[tuple[int, list[str]]]:
    """Gives each row with the line on which it begins; quoted texts hold line breaks."""
    begins = 1
    for values in lines:
        yield begins, values
        begins = lines.line_num + 1


def _plain_name(name: str) -> str:
    """Returns `author_id` for the nested header `author/id`, `title_fr` for `title/fr`."""
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _require_columns(file: str, header: list[str], required: Sequence[Sequence[str]]) -> None:
    for names in required:
        known = Row(file, 1, dict.fromkeys(header, "x"))
        if not known.get(*names):
            raise Invalid(_("%(file)s has no column “%(column)s”.", file=file, column=names[0]))
