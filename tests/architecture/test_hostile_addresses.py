"""Whatever stands in an address after `?` is inert, unknown values are ignored, and no page fails."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.architecture.hostile_words import EVERYWHERE, NO_DATES, NO_NUMBERS, WORDS
from tests.architecture.inert import faults_in
from tests.architecture.world import World

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("world")]

Rounds = Callable[[int, int], int]
READ_BY_NAME = re.compile(r'(?:request\.args\.get(?:list)?|page_number|one_of|some_of)\(\s*"([\w-]+)"')
# Those that the code reads under a name of its own: filters of the list, versions to compare, orders.
READ_OTHERWISE = ("q", "etape", "collectivite", "page", "de", "a", "role", "donnees", "risque", "ordre")
VALUES = (EVERYWHERE, "\x00\x1b[31m\n\r", "\ud800".encode("utf-8", "surrogatepass"), "%", *NO_NUMBERS)
ELSEWHERE = (
    "https://zq.example",
    "//zq.example",
    "/\\zq.example",
    "\\\\zq.example",
    "/\t/zq.example",
    "https:zq.example",
    "javascript:zq(1)",
    "http://participation.example@zq.example",
    "/..//zq.example",
    "/%2f%2fzq.example",
    "/\r\nLocation: https://zq.example",
)


def parameters() -> list[str]:
    """Returns the name of everything that any page reads from its address."""
    sources = Path(__file__).parents[2].joinpath("participation").rglob("*.py")
    found = {name for path in sources for name in READ_BY_NAME.findall(path.read_text("utf-8"))}
    return sorted(found.union(READ_OTHERWISE))


def test_every_page_stands_hostile_values_in_its_address(world: World, rounds: Rounds) -> None:
    names, faults, read = parameters(), {}, 0
    for place, rule in enumerate(one for one in world.rules("GET") if one.endpoint != "static"):
        address = world.address(rule.endpoint)
        for turn in range(rounds(2, len(VALUES))):
            values = {name: VALUES[(place + n + turn * 5) % len(VALUES)] for n, name in enumerate(names)}
            asked = urlencode({**values, "next": ELSEWHERE[(place + turn) % len(ELSEWHERE)]})
            answer = world.everything.get(f"{address}?{asked}", buffered=True)
            read += 1
            found = faults_in(answer)
            if "zq.example" in (answer.location or "").partition("?")[0]:
                found.append(f"leads to {answer.location}")
            if found:
                faults[f"{rule.endpoint} {turn}"] = found

    assert read > 150 and len(names) > 15
    assert faults == {}


@pytest.mark.parametrize(
    "name", ["A01 script", "A02 end of an attribute", "A14 template", "A21 in a sentence"]
)
def test_a_search_shows_its_words_as_words(world: World, name: str) -> None:
    answer = world.opened("visitor", "/projets?" + urlencode({"q": WORDS[name]}))

    assert answer.status_code == 200
    assert faults_in(answer) == []


@pytest.mark.parametrize("number", [*NO_NUMBERS, *NO_DATES, "0", "99999999999999999999"])
def test_what_is_no_number_in_a_path_is_an_address_that_is_not_there(world: World, number: str) -> None:
    for page in ("/projets/projet/versions/", "/collectivites/ville/charte/versions/", "/consultations/"):
        answer = world.opened("visitor", page + number.replace("/", ""))

        assert answer.status_code in (404, 400), page
        assert faults_in(answer) == []


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(world: World, target: str) -> None:
    answer = world.opened("resident", "/connexion?" + urlencode({"next": target}))

    assert faults_in(answer) == []
    assert "zq.example" not in (answer.location or "")
