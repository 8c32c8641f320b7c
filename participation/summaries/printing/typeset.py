"""Typesetting: a sheet becomes a tagged PDF (PDF/UA-1), on two pages at most or on as many as it takes."""

import json
import logging
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

log = logging.getLogger(__name__)

TEMPLATE = Path(__file__).with_name("summary.typ")
STANDARD: Literal["ua-1"] = "ua-1"
# The largest type with which the summary stands on two pages, sections whole if that can be.
SIZES = (
    *((size, "1") for size in ("11", "10.5", "10", "9.5", "9")),
    *((size, "0") for size in ("9", "8.5", "8")),
)
PAGES = 2
ANNEX_SIZE = "9.5"
# What no font of this machine can draw is named by the typesetter, sign by sign.
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
STAND_IN = "□"
TRIES = 6


@dataclass(frozen=True)
class TooLong(Exception):
    """The two pages do not hold what was given; it is never to happen (sections/limits.py)."""

    pages: int


def two_pages(values: dict[str, Any], moment: datetime) -> bytes:
    """Returns the two pages, in the largest type that fits."""
    pages = 0
    for size, keep in SIZES:
        printed, pages = _printed(values, moment, size=size, keep=keep, hung="1")
        if pages <= PAGES:
            return printed
    raise TooLong(pages)


def annex(values: dict[str, Any], moment: datetime) -> bytes:
    """Returns the annex, as long as it is."""
    return _printed(values, moment, size=ANNEX_SIZE, keep="0", hung="0")[0]


def _printed(values: dict[str, Any], moment: datetime, **settings: str) -> tuple[bytes, int]:
    """Returns the PDF and its pages; nothing but the number when they are too many."""
    # Only the worker prints.
    import typst

    document = json.dumps(values, ensure_ascii=False)
    for _try in range(TRIES):
        inputs = {"document": document, **settings}
        compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), sys_inputs=inputs)
        pages = int(json.loads(compiler.query("<pages>", field="value", one=True)))
        if pages > PAGES and settings["hung"] == "1":
            return b"", pages
        try:
            printed = compiler.compile(
                format="pdf", pdf_standards=[STANDARD], timestamp=int(moment.timestamp())
            )
        except typst.TypstError as error:
            document = without_undrawn(document, str(error.diagnostic))
            continue
        assert isinstance(printed, bytes)
        return printed, pages
    raise ValueError("signs that no font draws could not be replaced")


def without_undrawn(document: str, told: str) -> str:
    """Returns the document with a square for each sign the typesetter told of; joiners simply go.

    Raises ValueError when it told of none: something else is wrong.
    """
    undrawn = {
        sign
        for run in _UNDRAWN.findall(told)
        for sign in _ESCAPED.sub(lambda code: chr(int(code[1], 16)), run)
    }
    if not undrawn:
        raise ValueError(told)
    table = {ord(one): "" if unicodedata.category(one) in ("Cf", "Mn") else STAND_IN for one in undrawn}
    return document.translate(table)
