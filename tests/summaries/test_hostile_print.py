"""What people write is never read as code, in no file; what no font can draw stops nothing."""

import csv
import io
import zipfile

import pytest

from participation.summaries.document import document_of
from participation.summaries.models import Summary
from participation.summaries.printing import workbook
from participation.summaries.printing.making import Maker, written_in
from tests.factories.consultations import a_closed_consultation
from tests.factories.contributions import a_contribution
from tests.factories.printed import a_full_summary, cells_of, made, reader_of, squeezed, text_of
from tests.factories.summaries import a_published_summary

HOSTILE = [
    '#panic("stop")',
    '#read("/etc/passwd")',
    '"; #eval("1+1") $x^2$ *gras* _it_ = Titre',
    "<script>alert(1)</script> {{ 7*7 }} \\input{/etc/passwd}",
    "\u202egnirts\u202c \u2066isolé\u2069",
    "مرحبا بالعالم שלום",
    "😀👩‍👩‍👧‍👦🏳️‍🌈",
    "x" * 2000,
    "中文字符 한국어 ไทย",
    "\uffff\U0010ffff\ue000",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    summary = a_full_summary(words=words, name=words[:60])

    pdf, annex = made(summary), made(summary, "annex")

    assert len(reader_of(pdf).pages) <= 2
    if words.startswith(("#", '"', "<")):
        assert squeezed(words) in squeezed(text_of(annex))
    assert "root:" not in text_of(annex)


@pytest.mark.parametrize("words", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1"])
def test_no_cell_is_a_formula(words: str) -> None:
    summary = a_summary_saying(words)

    sheets = cells_of(made(summary, "workbook"))
    rows = rows_of(summary, "contributions")

    assert any(words.strip() in cell for row in sheets["Contributions"] for cell in row)
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]


def test_the_text_to_edit_holds_hostile_words_as_words() -> None:
    summary = a_full_summary(words="<w:p/> & \x0b]]> #panic()")

    with zipfile.ZipFile(io.BytesIO(made(summary, "text"))) as archive:
        written = archive.read("word/document.xml").decode()

    assert "&lt;w:p/&gt; &amp;" in written
    assert 'w:val="Heading1"' in written and 'w:val="Heading2"' in written


def a_summary_saying(words: str) -> Summary:
    consultation = a_closed_consultation()
    return a_published_summary(consultation, a_contribution(consultation, body=words))


def rows_of(summary: Summary, sheet: str) -> list[list[str]]:
    with written_in("fr"):
        maker = Maker(document_of(summary))
        text = workbook.csv_file(maker.document, maker.orphans, sheet).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))
