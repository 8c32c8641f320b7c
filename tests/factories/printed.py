"""A summary with something under every title, and what is read of its files."""

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader

from participation.consultations.models import Consultation
from participation.contributions.models import Choice, Contribution, Stance
from participation.foundation.database import db
from participation.summaries.actions import draft_summary, mark_orphan, publish_summary
from participation.summaries.document import document_of
from participation.summaries.models import OrphanReason, Summary
from participation.summaries.printing.making import Maker, written_in
from tests.factories.consultations import a_closed_consultation, a_participant
from tests.factories.contributions import a_condition, a_contribution, a_position
from tests.factories.summaries import a_finding, a_moderator_for, a_theme

VOID = {"br", "hr", "img", "input", "link", "meta", "rect", "line", "circle", "path"}
NOT_PRINTED = {"beyond", "whole", "screen-only"}
NOT_SAID = {"svg", "script", "style"}


def a_full_summary(
    consultation: Consultation | None = None,
    *,
    themes: int = 2,
    findings: int = 2,
    conditions: int = 3,
    words: str = "",
    name: str = "",
) -> Summary:
    """Returns a published summary with so many findings under each theme; `words` are added to each text."""
    consultation = consultation or a_closed_consultation()
    for choice, count in ((Choice.FAVOURABLE, 7), (Choice.CONDITIONS, 3), (Choice.OPPOSED, 2)):
        for _person in range(count):
            a_position(consultation, choice)
    for number in range(6):
        voter = a_participant(consultation, channel="paper", assurance="declared")
        a_position(consultation, Choice.FAVOURABLE if number else Choice.OPPOSED, participant=voter)
    summary = draft_summary(
        consultation, introduction=f"On a demandé à chacun. {words}", method=f"Rangé à la main. {words}"
    )
    for number in range(themes):
        theme = a_theme(consultation)
        theme.name = f"Sujet {number + 1} {name or words}"[:200].strip()
        for place in range(findings):
            sources = [_said(consultation, stance, words, name) for stance in (Stance.FOR, Stance.AGAINST)]
            text = f"Constat {number + 1}.{place + 1} : dire d’emblée que c’est une machine. {words}"
            a_finding(summary, *sources, theme=theme, text=text)
    supported = [
        a_condition(
            consultation, body=f"Condition {number + 1} : un humain répond. {words}", support_count=number
        )
        for number in range(conditions)
    ]
    if supported:
        a_finding(summary, *supported, theme=theme, text="Un humain doit répondre quand on le demande.")
    left = a_contribution(consultation, body=f"Et la piscine ? {words}")
    mark_orphan(summary, left, reason=OrphanReason.OFF_TOPIC)
    return publish_summary(summary, member=a_moderator_for(consultation))


def _said(consultation: Consultation, stance: Stance, words: str, name: str) -> Contribution:
    participant = a_participant(consultation, display_name=name or "Passante")
    body = f"Je veux savoir à qui je parle. {words}"
    return a_contribution(consultation, participant=participant, body=body, stance=stance)


def made(summary: Summary, what: str = "pages", language: str = "fr") -> bytes:
    """Returns one file of a summary, made now."""
    db.session.flush()
    with written_in(language):
        content: bytes = getattr(Maker(document_of(summary)), what)()
    return content


def reader_of(pdf: bytes) -> PdfReader:
    """Returns a PDF opened by a reader that is not the one that made it."""
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Returns what a PDF says, page after page."""
    return "\n".join(page.extract_text() for page in reader_of(pdf).pages)


def squeezed(words: str) -> str:
    """Returns words without any space nor place to break: lines end elsewhere on paper."""
    return re.sub(r"[\s\u200b\u00ad]+", "", words)


def structure_of(pdf: bytes) -> Iterator[tuple[str, Any]]:
    """Yields the elements of the structure tree in their order: name and dictionary."""
    waiting = [reader_of(pdf).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop(0).get_object()
        if isinstance(one, list):
            waiting = list(one) + waiting
        elif hasattr(one, "get"):
            if "/S" in one:
                yield one["/S"], one
            if "/K" in one:
                waiting = [one["/K"], *waiting]


class PrintedText(HTMLParser):
    """Reads what a page prints inside its main element: nothing that only the screen shows."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._around: list[tuple[str, bool]] = []

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Holds nothing."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = set((dict(attributes).get("class") or "").split())
        around = bool(self._around) and self._around[-1][1]
        self._around.append((tag, around or tag in NOT_SAID or bool(classes & NOT_PRINTED)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while self._around and self._around.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = any(tag == "main" for tag, _silent in self._around)
        if inside and not self._around[-1][1]:
            self.parts.append(data)


def printed_text(page: str) -> str:
    """Returns what a page says when it is printed."""
    parser = PrintedText()
    parser.feed(page)
    return " ".join(parser.parts)


def cells_of(workbook: bytes) -> dict[str, list[list[str]]]:
    """Returns the cells of each sheet as text, read from the XML itself; a formula is refused."""
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    sheets = {}
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        for place, sheet in enumerate(book.findall(".//x:sheet", space), start=1):
            tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{place}.xml"))
            assert tree.find(".//x:f", space) is None, "a formula"
            rows = [
                ["".join(cell.itertext()) for cell in row.findall("x:c", space)]
                for row in tree.findall(".//x:row", space)
            ]
            sheets[sheet.attrib["name"]] = rows
    return sheets
