"""Cells of CSV files: nothing is executed by a spreadsheet, and everything can be read back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.projects.dossier.exports.cells import csv_text, month_cell, neutralised, restored

HOSTILE = (
    "=1+1",
    "+33 1 02 03 04 05",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\tonglet",
    "\rretour",
    "\n=1+1",
    "＝1+1",
    "'=déjà",
    "''=deux",
    '"; DROP TABLE',
    "un,deux",
    "une\nligne",
    "</script><script>alert(1)</script>",
    "\u202egauche",
    "",
    "'",
    "’",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_comes_back_as_it_was(words: str) -> None:
    assert restored(neutralised(words)) == words


@given(st.text(alphabet=st.sampled_from("'=+-@\t\n1.a，＝ "), max_size=8))
def test_every_text_comes_back_as_it_was(words: str) -> None:
    assert restored(neutralised(words)) == words


@given(st.text(max_size=12))
def test_no_cell_begins_a_formula(words: str) -> None:
    written = neutralised(words)

    assert written[:1] not in tuple("=@\t\r\n＝＋－＠")
    assert written[:1] not in ("+", "-") or written[1:].replace(",", ".").replace(".", "").isdecimal()


def test_a_number_stays_a_number() -> None:
    assert [neutralised(cell) for cell in ("-0.5844", "44,83", "+3")] == ["-0.5844", "44,83", "+3"]


def test_a_file_is_quoted_and_ends_its_lines_as_spreadsheets_do() -> None:
    text = csv_text(("a", "b"), [{"a": 'dit "oui"', "b": "=1\nsuite"}])

    assert text == '"a","b"\r\n"dit ""oui""","\'=1\nsuite"\r\n'
    assert csv_text(("é",), [], for_spreadsheets=True).encode() == b'\xef\xbb\xbf"\xc3\xa9"\r\n'
    assert next(iter(csv.reader(io.StringIO(text, newline="")))) == ["a", "b"]


def test_months_are_written_as_the_library_wants() -> None:
    assert (month_cell("2027-03"), month_cell("")) == ("03/2027", "")
