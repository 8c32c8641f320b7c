"""The summary and its annex as a text to edit (DOCX): real styles of headings, lists, tables and links."""

import io
from typing import Any

from participation.foundation.i18n import current_language
from participation.summaries.document import SummaryDocument
from participation.summaries.printing.plain import INVISIBLE, MARKER, address
from participation.summaries.sections.blocks import (
    Block,
    Figures,
    Items,
    Line,
    Paragraph,
    PositionBar,
    Quotation,
    Ranked,
    Sentence,
    Sheet,
    Subtitle,
    Table,
    Where,
    Words,
    Written,
)
from participation.summaries.sections.spoken import choices_table

LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def text(sheet: Sheet, annex: Sheet, document: SummaryDocument) -> bytes:
    """Returns both, one after the other, nothing shortened; bars are tables."""
    # Only the worker writes them.
    import docx

    made: Any = docx.Document()
    made.core_properties.title = f"{sheet.title} – {document.consultation.title}"
    made.core_properties.author = document.project.collectivity.display_name
    made.core_properties.language = current_language()
    writer = Writer(made, document)
    writer.sheet(sheet)
    made.add_page_break()
    writer.sheet(annex)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


class Writer:
    """Writes blocks into a document of python-docx, whose pieces have no types of their own."""

    def __init__(self, made: Any, document: SummaryDocument) -> None:
        self.made = made
        self.document = document

    def sheet(self, sheet: Sheet) -> None:
        """Writes a title of the first level, what it is about, then each section under its heading."""
        self.paragraph((Words(sheet.above),))
        self.made.add_heading(clean(sheet.title), level=1)
        self.paragraph((sheet.subject,), "Subtitle")
        for fact in sheet.facts:
            self.paragraph(fact)
        for block in sheet.opening:
            self.block(block)
        for section in sheet.sections:
            if section.where is not Where.PAPER:
                self.made.add_heading(clean(section.title.text), level=2)
                for block in section.blocks:
                    if block.where is not Where.PAPER:
                        self.block(block)

    def block(self, block: Block) -> None:
        """Writes one block."""
        match block:
            case Paragraph():
                self.paragraph(block.line)
            case Subtitle():
                self.made.add_heading(clean(block.words.text), level=3)
            case Written():
                for words in filter(str.strip, block.words.text.splitlines()):
                    self.paragraph((Words(MARKER.sub("– ", words), block.words.language),))
            case Figures():
                for figure in block.figures:
                    self.paragraph((Words(figure.value, is_strong=True), Words(f" {figure.unit}")))
            case PositionBar():
                self.table(choices_table(self.document))
            case Table():
                self.table(block)
            case Ranked():
                for one in block.items:
                    line = (*one.line, Words(f" ({one.value}) "), one.source)
                    self.paragraph(line, "List Number")
            case Sentence():
                self.paragraph((Words(block.words.text, block.words.language, is_strong=True),))
                self.paragraph((Words(f"{block.says} · "), block.sources))
            case Quotation():
                self.paragraph((block.words,), "Quote")
                self.paragraph(block.source)
            case Items():
                for item in block.items:
                    end = (Words(f" ({item.end})"),) if item.end else ()
                    self.paragraph((*item.line, *end), "List Bullet")

    def table(self, block: Table) -> None:
        """Writes a table whose first row is repeated on each page."""
        self.paragraph((Words(block.caption),), "Caption")
        table = self.made.add_table(rows=1, cols=len(block.columns), style="Light Grid Accent 1")
        for cell, title in zip(table.rows[0].cells, block.columns, strict=True):
            cell.text = clean(title)
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", {"w:val": "true"}))
        for row in block.rows:
            for cell, words in zip(table.add_row().cells, row.cells, strict=True):
                self.fill(cell.paragraphs[0], (words,))

    def paragraph(self, line: Line, style: str | None = None) -> None:
        """Writes a paragraph; nothing for a line without words."""
        if line:
            self.fill(self.made.add_paragraph(style=style), line)

    def fill(self, paragraph: Any, line: Line) -> None:
        """Writes words one after the other, each in its language, as a link where they lead somewhere."""
        for words in line:
            run = paragraph.add_run(clean(words.text))
            run.bold = words.is_strong or None
            language = words.language or current_language()
            run._r.get_or_add_rPr().append(_element("w:lang", {"w:val": language}))
            if words.link:
                run.font.underline = True
                part = paragraph.part.relate_to(address(words.link), LINKED, is_external=True)
                link = _element("w:hyperlink", {"r:id": part})
                link.append(run._r)
                paragraph._p.append(link)


def clean(words: str) -> str:
    """Returns words that XML can hold."""
    return INVISIBLE.sub("", words)


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
