"""A sheet as plain values, for the typesetter: addresses written out, drawings made, words made harmless."""

import re
from dataclasses import dataclass
from typing import Any

from flask import url_for

from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.summaries.printing import drawings
from participation.summaries.sections.blocks import (
    Block,
    Figures,
    Items,
    Line,
    Link,
    Paragraph,
    PositionBar,
    Quotation,
    Ranked,
    Section,
    Sentence,
    Sheet,
    Subtitle,
    Table,
    Where,
    Words,
    Written,
)
from participation.summaries.sections.wording import CHOICES, choice_words
from participation.web.templating import number, share

# Signs that change the direction of what follows them, and what cannot be drawn at all.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff0-\uffff\ud800-\udfff]"
)
_UNBROKEN = re.compile(r"\S{24}(?=\S)")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
BREAK_HERE = "\u200b"
MARKER = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")

Values = dict[str, Any]


@dataclass(frozen=True)
class Press:
    """What is printed: the two pages, where words are shortened, or everything."""

    is_short: bool

    def sheet(self, sheet: Sheet) -> Values:
        """Returns a document; `language` is that of the people who read it."""
        return {
            "language": current_language(),
            "above": clean(sheet.above),
            "title": clean(sheet.title),
            "subject": self.words(sheet.subject),
            "facts": [self.line(one) for one in sheet.facts],
            "opening": self.blocks(sheet.opening),
            "sections": [self.section(one) for one in sheet.sections if self.shows(one.where)],
        }

    def section(self, section: Section) -> Values:
        """Returns a section with what is shown of it."""
        return {"title": self.words(section.title), "blocks": self.blocks(section.blocks)}

    def blocks(self, given: tuple[Block, ...]) -> list[Values]:
        """Returns the blocks that are shown."""
        return [{"kind": one.kind, **self.block(one)} for one in given if self.shows(one.where)]

    def block(self, block: Block) -> Values:
        """Returns what one block says."""
        match block:
            case Paragraph():
                return {"line": self.line(block.line), "quiet": block.is_quiet}
            case Subtitle():
                return {"words": self.words(block.words)}
            case Written():
                return {"lines": self.written(block.words)}
            case Figures():
                return {"figures": [{"value": one.value, "unit": one.unit} for one in block.figures]}
            case PositionBar():
                return self.position_bar(block)
            case Table():
                return self.table(block)
            case Ranked():
                return {"items": [self.ranked(one) for one in block.items if self.shows(one.where)]}
            case Sentence():
                return {
                    "words": self.words(block.words),
                    "says": block.says,
                    "sources": self.words(block.sources),
                    "number": block.number,
                }
            case Quotation():
                return {"words": self.words(block.words), "source": self.line(block.source)}
            case Items():
                return {
                    "items": [
                        {"line": self.line(one.line), "end": one.end}
                        for one in block.items
                        if self.shows(one.where)
                    ]
                }

    def position_bar(self, block: PositionBar) -> Values:
        """Returns the drawing, the sentence that says the same, and the words beside it."""
        tally = block.tally
        parts = [
            {
                "mark": drawings.mark(choice),
                "words": choice_words(choice),
                "share": share(getattr(tally, choice), tally.total),
                "count": number(getattr(tally, choice)),
            }
            for choice in CHOICES
        ]
        drawing = drawings.positions(tally, 38)
        return {
            "drawing": drawing,
            "alternative": block.alternative,
            "total": block.total,
            "note": block.note,
            "parts": parts,
        }

    def table(self, block: Table) -> Values:
        """Returns the rows that are shown, each with its bar where there are bars."""
        rows = [
            {
                "cells": [self.words(cell) for cell in row.cells],
                "drawing": drawings.positions(row.tally, 76, 2.5) if row.tally else "",
            }
            for row in block.rows
            if self.shows(row.where)
        ]
        return {"caption": block.caption, "columns": list(block.columns), "bars": block.bars, "rows": rows}

    def ranked(self, one: Any) -> Values:
        """Returns one thing with its bar."""
        return {
            "line": self.line(one.line),
            "value": one.value,
            "drawing": drawings.bar(one.share),
            "source": self.words(one.source),
        }

    def line(self, line: Line) -> list[Values]:
        """Returns the words of a line."""
        return [self.words(one) for one in line]

    def words(self, words: Words) -> Values:
        """Returns words as they are printed, with their language and the address they lead to."""
        text = words.short if self.is_short and words.short else words.text
        return {
            "text": clean(text),
            "lang": words.language if _LANGUAGE.fullmatch(words.language) else "",
            "url": address(words.link) if words.link else "",
            "strong": words.is_strong,
        }

    def written(self, words: Words) -> list[Values]:
        """Returns a text paragraph by paragraph, the marks of its lists replaced by dashes."""
        text = words.short if self.is_short and words.short else words.text
        lines = [one for one in text.splitlines() if one.strip()]
        return [self.words(Words(MARKER.sub("– ", one), words.language)) for one in lines]

    def shows(self, where: Where) -> bool:
        """Tells whether something is printed here."""
        return where is not (Where.SCREEN if self.is_short else Where.PAPER)


def address(link: Link) -> str:
    """Returns the whole address of one of our pages."""
    values: dict[str, Any] = dict(link.values)
    return url_for(link.endpoint, _external=True, **values)


def clean(text: str) -> str:
    """Returns text without invisible commands; what has no space can be broken anywhere."""
    return _UNBROKEN.sub(lambda run: run[0] + BREAK_HERE, INVISIBLE.sub("", text))


def footer(slug: str) -> Values:
    """Returns where everything printed can be checked, with its QR code."""
    whole = address(Link("summaries.show", {"slug": slug}))
    return {
        "check": _("Each figure and each underlined sentence leads to its contributions:"),
        "address": whole,
        "code": drawings.code(whole),
        "code_alternative": _("QR code of the address of this summary: %(address)s", address=whole),
        "files": _(
            "At this address: these pages, their annex, the data (XLSX, CSV) and a text to edit (DOCX)."
        ),
        "page": _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
    }
