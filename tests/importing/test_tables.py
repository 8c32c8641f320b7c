"""Reading the file of a register, whatever wrote it; and each cell, whatever its shape."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.foundation.errors import Invalid
from participation.importing.registers.guessing import guessed_mapping
from participation.importing.registers.table import read_file
from participation.importing.registers.values import read_choices, read_day, read_month
from participation.projects.dossier.choices import TOOL_USERS

WORDS = "Nom;Résumé\nÉté à l’école;Un été\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_survive_every_usual_encoding(encoding: str) -> None:
    table = read_file(WORDS.encode(encoding))

    assert table.columns == ["Nom", "Résumé"]
    assert table.rows[0].cells == {"Nom": "Été à l’école", "Résumé": "Un été"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_even_when_the_texts_hold_others(delimiter: str) -> None:
    content = f'"Nom{delimiter} long"{delimiter}Résumé\nUn{delimiter}"deux, trois; quatre"\n'

    table = read_file(content.encode())

    assert table.rows[0].cells["Résumé"] == "deux, trois; quatre"


def test_line_breaks_in_a_name_stay_one_row_and_lines_are_those_of_the_file() -> None:
    table = read_file(b'Nom,B\r\n"Un\r\nnom",x\r\n\r\nDeux,y\r\n')

    assert [(row.line, row.cells["Nom"]) for row in table.rows] == [(2, "Un\nnom"), (5, "Deux")]


def test_short_rows_are_completed_and_longer_ones_are_told() -> None:
    table = read_file(b"A,B,C\n1\n1,2,3,4\n1,2,3,\n")

    assert [(row.cells, row.surplus) for row in table.rows] == [
        ({"A": "1"}, 0),
        ({"A": "1", "B": "2", "C": "3"}, 1),
        ({"A": "1", "B": "2", "C": "3"}, 0),
    ]


def test_two_columns_of_one_name_are_told_apart() -> None:
    assert read_file(b"URL,URL\na,b\n").columns == ["URL", "URL (2)"]


def test_an_apostrophe_that_kept_a_spreadsheet_from_executing_is_taken_off() -> None:
    assert read_file(b"A,B\n'=1+1,'hello\n").rows[0].cells == {"A": "=1+1", "B": "'hello"}


def test_a_json_list_of_records_is_a_table_too() -> None:
    records = {"records": [{"nom": "Un", "tags": ["a", "b"], "vide": None}, {"nom": "Deux", "note": 3}]}

    table = read_file(json.dumps(records).encode())

    assert table.columns == ["nom", "tags", "vide", "note"]
    assert table.rows[0].cells == {"nom": "Un", "tags": "a, b", "vide": ""}


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"A,B\n", b'A\n"never closed', b"[", b"[" * 100_000, b"{}"]
)
def test_a_file_that_holds_no_record_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        read_file(content)

    assert str(refusal.value) and refusal.value.field == "file"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    try:
        table = read_file(content)
    except Invalid:
        return

    assert table.rows and guessed_mapping(table.columns).keys() == set(table.columns)


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("03/2027", "2027-03"),
        ("3/2027", "2027-03"),
        ("12/03/2027", "2027-03"),
        ("2027-03-12", "2027-03"),
        ("2027-03-12T08:00:00Z", "2027-03"),
        ("2027-03", "2027-03"),
        ("mars 2027", "2027-03"),
        ("Août 2026", "2026-08"),
        ("13/2027", ""),
        ("31/02/2027", ""),
        ("2027", ""),
        ("bientôt", ""),
        ("03/0000", ""),
    ],
)
def test_months_are_read_in_all_their_shapes_and_nothing_is_made_up(cell: str, month: str) -> None:
    assert read_month(cell) == month


def test_a_day_is_never_read_as_americans_write_it() -> None:
    assert read_day("03/12/2027") == read_day("2027-12-03")


@pytest.mark.parametrize(
    ("cell", "values", "unread"),
    [
        ("Agents, habitants", "staff,residents", []),
        ("Agents-Habitants-Élus", "staff,residents,officials", []),
        ("Agents - Habitants", "staff,residents", []),
        ("AGENTS\nUsagers;entreprise", "staff,residents,businesses", []),
        ("Agents de la collectivité", "staff", []),
        ("Agents, martiens", "staff", ["martiens"]),
        ("Grand-public", "residents", []),
    ],
)
def test_lists_are_cut_at_every_separator_and_what_fits_nothing_is_told(
    cell: str, values: str, unread: list[str]
) -> None:
    assert read_choices("audience", TOOL_USERS, cell) == (values, unread)


def test_the_columns_of_known_registers_find_their_place() -> None:
    places = {
        "Nom_collectivite": "row.body",
        "Nom_du_projet": "name",
        "SIRET": "row.siret",
        "Latitude": "area.latitude",
        "Date_de_demarrage": "begin_date.begin",
        "Statut_du_projet": "",
        "Partenaires": "provider",
        "Description_service": "description_short",
        "Theme": "policy",
        "Sous_Theme": "policy.sub_policy",
        "Audience": "audience",
        "URL_Service": "row.link",
        "Date_de_derniere_mise_a_jour": "row.updated",
        "tool_name": "",
        "Colonne inconnue": "",
    }

    assert guessed_mapping(places) == places
