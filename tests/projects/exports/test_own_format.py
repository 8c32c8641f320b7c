"""Our own format: canonical, whole, and described by a schema made from the fields."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from participation.projects.dossier.exports import own
from participation.projects.dossier.exports.formats import FORMATS
from participation.projects.dossier.exports.losses import Kind, held_count, losses_of
from participation.projects.dossier.exports.own import OWN
from participation.projects.dossier.exports.schema import schema, schema_of_page
from participation.projects.dossier.fields import BY_NAME, FIELDS
from tests.projects.exports.records import a_record, a_snapshot, an_answer, an_empty_record, unknown

ADDRESS = "https://ville.example/schemas/dossier-1.json"
PAGE_ADDRESS = "https://ville.example/schemas/projets-1.json"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    plain = schema(ADDRESS)
    Draft202012Validator.check_schema(plain)
    return Draft202012Validator(plain)


def test_a_whole_dossier_follows_the_schema(validator: Draft202012Validator) -> None:
    validator.validate(own.described(a_record()))


def test_an_empty_one_follows_it_too(validator: Draft202012Validator) -> None:
    validator.validate(own.described(an_empty_record()))


def test_what_is_not_known_or_does_not_apply_follows_it(validator: Draft202012Validator) -> None:
    nothing: dict[str, Any] = {"choice": "", "text": "", "details": None}
    answers = {
        one.name: an_answer(one.name, state="not_applicable", reason="Rien de tel.", **nothing)
        if one.number % 2
        else unknown(one.name)
        for one in FIELDS
        if one.is_written and not one.is_hard
    }

    validator.validate(own.described(a_record(a_snapshot(**answers))))


def test_an_archive_and_a_suspended_consultation_follow_it(validator: Draft202012Validator) -> None:
    archive = an_empty_record(imported_from="Decidim", imported_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))

    validator.validate(own.described(archive))
    assert own.described(archive)["imported_at"] == "2026-01-02T03:04:00Z"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("answers", "automation_level", "choices"), ["magic"]),
        (("answers", "begin_date", "parts", "begin"), "mars 2027"),
        (("answers", "goal", "number"), 12),
        (("answers", "goal", "state"), "perhaps"),
        (("versions", 0, "published_at"), "hier"),
        (("lang",), "français"),
        (("unheard_of",), 1),
    ],
)
def test_the_schema_refuses_what_is_no_dossier(
    validator: Draft202012Validator, place: tuple[Any, ...], value: object
) -> None:
    plain = own.described(a_record())
    inside: Any = plain
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value

    assert not validator.is_valid(plain)


def test_a_page_of_the_register_follows_its_schema() -> None:
    known = Registry().with_resource(ADDRESS, Resource.from_contents(schema(ADDRESS)))
    page = own.listed([a_record(), an_empty_record()], page=1, pages=2, total=70, following="https://x.fr/2")

    Draft202012Validator(schema_of_page(PAGE_ADDRESS, ADDRESS), registry=known).validate(page)


def test_the_schema_has_every_field_with_its_words() -> None:
    described = schema(ADDRESS)["properties"]
    written = {one.name for one in FIELDS if one.is_written}

    assert len(BY_NAME) == 60
    assert set(described["answers"]["properties"]) == written
    assert all(described["answers"]["properties"][name]["title"] for name in written)
    assert all(described[name]["title"] for name in set(BY_NAME) - written)


def test_the_same_dossier_gives_the_same_bytes() -> None:
    snapshot = a_snapshot()
    shuffled = {**snapshot, "answers": dict(reversed(snapshot["answers"].items()))}

    assert own.written(own.described(a_record(snapshot))) == own.written(own.described(a_record(shuffled)))


def test_canonical_means_sorted_keys_no_space_and_letters_as_they_are() -> None:
    assert own.written({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}\n'


def test_nothing_that_was_published_is_left_out() -> None:
    plain = own.described(a_record())
    fields = plain["answers"]

    for one in FIELDS:
        if one.is_written:
            given_details = an_answer(one.name)["details"]
            assert fields[one.name]["text"] == f"Texte de {one.name}."
            assert fields[one.name].get("parts", {}) == given_details["parts"]
            assert fields[one.name].get("rows", []) == given_details["rows"]
            assert fields[one.name].get("figures", []) == given_details["figures"]
            assert fields[one.name]["answered_by"] == "Cheffe de projet"
            assert fields[one.name]["answered_on"] == "2026-11-02"
    assert plain["open_questions"][0]["options"] == "- Oui\n- Non"
    assert plain["precedents"][0]["title"] == "Ailleurs"
    assert plain["more"] == {"charter": {"version": 2, "statements": []}}
    assert [version["reason"] for version in plain["versions"]] == ["Première version", "Coût précisé"]
    assert plain["licence"]["name"] == "Licence Ouverte 2.0"


@given(st.text(max_size=40), st.sampled_from([one.name for one in FIELDS if one.is_written]))
def test_every_answer_comes_back_from_json_as_it_was(words: str, name: str) -> None:
    described = own.described(a_record(a_snapshot(**{name: an_answer(name, text=words, short=words)})))

    assert json.loads(own.written(described)) == described
    assert described["answers"][name].get("text", "") == words


def test_our_own_format_loses_nothing() -> None:
    assert losses_of(OWN) == [] and held_count(OWN) == 60


@pytest.mark.parametrize("key", [one.key for one in FORMATS if one is not OWN])
def test_a_field_a_format_calls_absent_is_nowhere_in_it(key: str) -> None:
    one = next(one for one in FORMATS if one.key == key)
    absent = {loss.field.name for loss in losses_of(one) if loss.kind is Kind.ABSENT}
    marks = {name: an_answer(name, text=f"zq{name}zq") for name, field in BY_NAME.items() if field.is_written}

    said = "\n".join(one.values(a_record(a_snapshot(**marks))).values())

    assert absent and {name for name in absent if f"zq{name}zq" in said} == set()


@pytest.mark.parametrize("key", [one.key for one in FORMATS if one is not OWN])
def test_a_field_a_format_holds_whole_is_in_it(key: str) -> None:
    one = next(one for one in FORMATS if one.key == key)
    in_part = (Kind.ABSENT, Kind.PARTLY, Kind.COARSER)
    lost = {loss.field.name for loss in losses_of(one) if loss.kind in in_part}
    marks = {name: an_answer(name, text=f"zq{name}zq") for name, field in BY_NAME.items() if field.is_written}

    said = "\n".join(one.values(a_record(a_snapshot(**marks))).values())

    whole = {name for name, field in BY_NAME.items() if field.is_written and name not in lost}
    assert whole and {name for name in whole if f"zq{name}zq" not in said} == set()


def test_losses_are_told_by_how_they_happen() -> None:
    public = next(one for one in FORMATS if one.key == "interconnectes")
    kinds = {(loss.field.name, loss.kind) for loss in losses_of(public)}

    assert ("objection_procedure", Kind.ABSENT) in kinds
    assert ("policy", Kind.COARSER) in kinds
    assert ("begin_date", Kind.PARTLY) in kinds
    assert not any(name == "description_short" for name, _kind in kinds)
