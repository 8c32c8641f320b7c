"""The two pages: always two, tagged, and the same words as the page on the screen."""

import re

import pytest
from flask.testing import FlaskClient

from participation.foundation.database import db
from participation.summaries.document import document_of
from participation.summaries.printing.making import written_in
from participation.summaries.sections.blocks import Sentence, Where
from participation.summaries.sections.sheets import summary_sheet
from tests.factories.consultations import a_closed_consultation
from tests.factories.printed import (
    a_full_summary,
    made,
    printed_text,
    reader_of,
    squeezed,
    structure_of,
    text_of,
)

LONG = (
    "Une phrase qui n’en finit pas, avec des mots de toutes les longueurs, anticonstitutionnellement. " * 12
)
NAMES = "Association des habitantes et habitants du quartier des Écluses et du Pont-Neuf, section des aînés"
# What a PDF adds: where it can be checked, and the numbers of its pages.
FOOT = """
Chaque chiffre et chaque phrase soulignée mènent à leurs contributions. À cette adresse : ces pages, leur
annexe, les données (XLSX, CSV) et un texte modifiable (DOCX). Page sur. en
Each figure and each underlined sentence leads to its contributions. At this address: these pages, their
annex, the data (XLSX, CSV) and a text to edit (DOCX). Page of. participation example consultations voix
synthese
"""


@pytest.mark.parametrize(
    "size",
    [
        {"themes": 1, "findings": 1, "conditions": 0},
        {"themes": 2, "findings": 20, "conditions": 20},
        {"themes": 40, "findings": 1, "conditions": 6, "words": LONG, "name": NAMES},
        {"themes": 5, "findings": 8, "conditions": 20, "words": LONG, "name": "W" * 120},
    ],
)
def test_it_is_two_pages_at_most_whatever_its_size(size: dict[str, int]) -> None:
    consultation = a_closed_consultation(
        title=f"Que penser de tout ceci ? {size.get('words', '')}"[:300],
        decided_by=f"Le conseil municipal {size.get('words', '')}"[:300],
    )
    pdf = made(a_full_summary(consultation, **size))

    assert len(reader_of(pdf).pages) <= 2


def test_what_is_left_for_the_annex_is_said_and_stands_there() -> None:
    summary = a_full_summary(themes=4, findings=10)

    pages, annex = text_of(made(summary)), squeezed(text_of(made(summary, "annex")))
    with written_in("fr"):
        sheet = summary_sheet(document_of(summary))
    findings = [
        block for section in sheet.sections for block in section.blocks if isinstance(block, Sentence)
    ]
    printed = [one for one in findings if one.where is Where.EVERYWHERE]

    assert 0 < len(printed) < len(findings) == 41
    assert squeezed(f"{41 - len(printed)} autres constats figurent dans l’annexe") in squeezed(pages)
    assert all((squeezed(one.words.text) in squeezed(pages)) == (one in printed) for one in findings)
    assert all(squeezed(one.words.text) in annex for one in findings)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_that_is_printed_says_what_the_pdf_says(visitor: FlaskClient, language: str) -> None:
    consultation = a_closed_consultation(slug="voix")
    summary = a_full_summary(
        consultation, themes=6, findings=5, words="Une suite de mots plutôt longue. " * 8
    )
    db.session.commit()

    pdf = text_of(made(summary, language=language))
    prefix = "" if language == "fr" else "/en"
    page = printed_text(visitor.get(f"{prefix}/consultations/voix/synthese").text)

    only_in_pdf = set(figures(pdf)) - set(figures(page))
    # The pages of the PDF are numbered, and it names its address.
    assert only_in_pdf <= {"1", "2"}
    assert set(figures(page)) - set(figures(pdf)) == set()
    assert words(page) - words(pdf) == set()
    assert words(pdf) - words(page) <= words(FOOT)


def test_its_structure_language_and_alternatives_can_be_read_by_a_machine() -> None:
    summary = a_full_summary()
    pdf = made(summary)
    root = reader_of(pdf).trailer["/Root"]
    names = [name for name, _element in structure_of(pdf)]
    drawings = [element for name, element in structure_of(pdf) if name == "/Figure"]

    assert root["/Lang"].startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert summary.consultation.title in (reader_of(pdf).metadata or {})["/Title"]
    assert b"pdfuaid" in bytes(root["/Metadata"].get_data())
    # The bar of positions and the QR code; what only repeats a figure beside it is an ornament.
    assert len(drawings) == 2 and all(one["/Alt"] for one in drawings)
    assert "18 avis" in drawings[0]["/Alt"]
    assert names.count("/H1") == 1 and names.count("/H2") >= 8
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/Link"} <= set(names)


def test_each_underlined_sentence_leads_to_a_public_page(visitor: FlaskClient) -> None:
    summary = a_full_summary(a_closed_consultation(slug="voix"))
    db.session.commit()
    addresses = set()
    for page in reader_of(made(summary)).pages:
        for annotation in page.get("/Annots", []):
            addresses.add(annotation.get_object()["/A"]["/URI"])

    assert "http://participation.example/consultations/voix/synthese/constats/1" in addresses
    assert len(addresses) > 5
    for address in addresses:
        assert visitor.get(address.removeprefix("http://participation.example")).status_code == 200, address


def test_made_twice_it_is_the_same_file() -> None:
    summary = a_full_summary()

    assert made(summary) == made(summary)


def figures(text: str) -> list[str]:
    return re.findall(r"\d+", re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3})", "", text))


def words(text: str) -> set[str]:
    joined = re.sub(r"[\u200b\u00ad]", "", text)
    return {one for one in re.findall(r"[^\W\d_]{2,}", joined) if len(one) < 20}
