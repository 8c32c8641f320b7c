"""What lists are filtered by: read from a dossier by one table, counted in memory as a recount would."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.foundation.database import db
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.dossier.facets import BY_NAME, FACETS, UNSAID, facets_of
from participation.projects.dossier.policies import policy_of
from participation.projects.models import ProjectFacet
from participation.projects.portfolio.index import (
    COLLECTIVITY,
    OPEN,
    STAGE,
    Bearers,
    Index,
    folded,
    index_of,
    places_in,
)
from tests.factories.projects import a_complete_project, a_project

NAMES = (STAGE, COLLECTIVITY, OPEN, *BY_NAME)
VALUES = ("a", "b", "c")


def answered(choice: str = "", **parts: str) -> dict[str, Any]:
    return {"state": "answered", "choice": choice, "details": {"parts": parts}}


def test_a_dossier_that_says_nothing_is_unsaid_everywhere() -> None:
    assert facets_of({}) == {facet.name: frozenset({UNSAID}) for facet in FACETS}


@pytest.mark.parametrize(
    ("field", "answer", "facet", "values"),
    [
        ("automation_level", answered("human_validated"), "role", {"partly_automated"}),
        ("personal_data", answered("pseudonymised"), "personal_data", {"ordinary"}),
        ("algorithm_type", answered("statistics,machine_learning"), "technique", {"predictive"}),
        ("audience", answered("staff,visitors"), "audience", {"staff", "residents"}),
        ("provider", answered(model="european"), "supplier", {"european"}),
        ("policy", answered("user-information", sub_policy="chatbot"), "sub_policy", {"chatbot"}),
        ("policy", answered("user-information", sub_policy="chatbot"), "technique", {"conversational"}),
        ("risk_category", answered("doubt", public_space="yes"), "public_space", {"yes"}),
        ("risk_category", answered("doubt", public_space="unknown"), "public_space", {UNSAID}),
        ("public_space_sensing", {"state": "not_applicable"}, "public_space", {"no"}),
        ("automation_level", {"state": "not_known_yet", "choice": "information"}, "role", {UNSAID}),
        ("risk_category", answered("of_another_age"), "risk", {UNSAID}),
    ],
)
def test_a_facet_is_read_where_the_table_says(
    field: str, answer: dict[str, Any], facet: str, values: set[str]
) -> None:
    assert facets_of({"answers": {field: answer}})[facet] == values


def test_every_sub_policy_belongs_to_a_policy() -> None:
    assert {policy_of(value) for value in BY_NAME["sub_policy"].values} <= set(BY_NAME["policy"].values)


def test_no_two_facets_have_the_same_key_in_the_address() -> None:
    keys = [facet.key for facet in FACETS]

    assert len({*keys, "etape", "collectivite", "q", "page"}) == len(keys) + 4


def test_facets_are_written_with_the_version_and_follow_the_next_one() -> None:
    project, other = a_complete_project(), a_project()
    before = written(project.id)

    answer_field(project, "personal_data", state="answered", choice="sensitive", text="Des prénoms.")
    assert written(project.id) == before
    publish_dossier(project, reason="Les données sont dites.")

    assert ("personal_data", "none") in before and ("personal_data", "sensitive") not in before
    assert written(project.id) == before - {("personal_data", "none")} | {("personal_data", "sensitive")}
    assert written(other.id) == {("policy", "user-information")}


def written(project_id: int) -> set[tuple[str, str]]:
    return {(one.facet, one.value) for one in db.session.query(ProjectFacet).filter_by(project_id=project_id)}


projects = st.lists(
    st.fixed_dictionaries({name: st.sets(st.sampled_from(VALUES), max_size=2) for name in NAMES}), max_size=8
)
choices = st.fixed_dictionaries(
    {name: st.sets(st.sampled_from((*VALUES, UNSAID)), max_size=2) for name in NAMES}
)


@given(projects, choices)
def test_counts_equal_a_recount(bearing: list[dict[str, set[str]]], chosen: dict[str, set[str]]) -> None:
    bearers = {name: bearers_of(name, bearing) for name in NAMES}
    index = made_of(["" for _one in bearing], bearers)
    said = [{name: values or ({UNSAID} if name in BY_NAME else set()) for name, values in one.items()}
            for one in bearing]  # fmt: skip

    def keeps(one: dict[str, set[str]], but: str = "") -> bool:
        return all(not values or name == but or values & one[name] for name, values in chosen.items())

    found = index.having("")
    kept = index.kept(chosen, found)
    assert places_in(kept, 0, 100) == [number for number, one in enumerate(said) if keeps(one)]
    assert kept.bit_count() == sum(keeps(one) for one in said)
    for name in NAMES:
        recount = Counter(value for one in said if keeps(one, but=name) for value in one[name])
        assert {
            value: count for value, count in index.counts(name, chosen, found).items() if count
        } == recount


@given(st.integers(min_value=0, max_value=2**70), st.integers(0, 30), st.integers(0, 30))
def test_places_are_those_of_the_bits(bits: int, first: int, size: int) -> None:
    every = [place for place in range(bits.bit_length()) if bits >> place & 1]

    assert places_in(bits, first, size) == every[first : first + size]


def test_words_are_looked_for_without_capitals_nor_accents() -> None:
    index = made_of(["Une Forêt d’ÉTÉ", "Un été"], {})

    assert folded("Forêt d’ÉTÉ") == "foret d'ete"
    assert places_in(index.having("ete FORET"), 0, 5) == [0]
    assert places_in(index.having("ÉTÉ"), 0, 5) == [0, 1]


def made_of(texts: list[str], bearers: Bearers) -> Index:
    return index_of(range(len(texts)), texts, bearers, datetime.now(UTC), datetime.now(UTC), (0, 0))


def bearers_of(name: str, bearing: list[dict[str, set[str]]]) -> dict[str, list[int]]:
    # One that isn't listed, a draft, bears everything and counts nowhere.
    draft = len(bearing)
    return {
        value: [draft, *(number for number, one in enumerate(bearing) if value in one[name])]
        for value in VALUES
    }
