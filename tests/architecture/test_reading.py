"""Reading changes nothing: no page that is only opened writes, waits for a lock, or queues anything."""

import re

import pytest

from tests.architecture.listening import statements
from tests.architecture.world import World

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("world")]

READERS = ("visitor", "resident", "moderator", "administrator")
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b|.*\bFOR UPDATE\b", re.S | re.I)

# Endpoints that may write when they are opened, each with its reason.
MAY_WRITE: dict[str, str] = {}


@pytest.mark.parametrize("who", READERS)
def test_opening_a_page_writes_nothing(world: World, who: str) -> None:
    found = {}
    for rule in world.rules("GET"):
        with statements() as sent:
            world.opened(who, world.address(rule.endpoint))
        written = [statement for statement in sent if WRITING.match(statement)]
        if written and rule.endpoint not in MAY_WRITE:
            found[rule.endpoint] = written

    assert found == {}


def test_opening_what_does_not_exist_writes_nothing(world: World) -> None:
    nowhere = dict.fromkeys(("slug", "ref", "token", "name", "key"), "nulle-part")
    with statements() as sent:
        for rule in world.rules("GET"):
            changes = {name: nowhere[name] for name in rule.arguments & set(nowhere)}
            if changes:
                answer = world.everything.get(world.address(rule.endpoint, **changes))
                assert answer.status_code == 404, rule.endpoint

    assert [statement for statement in sent if WRITING.match(statement)] == []


def test_another_language_or_a_mere_look_writes_nothing(world: World) -> None:
    with statements() as sent:
        for rule in world.rules("GET"):
            address = world.address(rule.endpoint)
            with world.browsers["resident"].head(address) as looked_at:
                assert looked_at.status_code == world.opened("resident", address).status_code, address
            world.opened("resident", f"/en{address}")

    assert [statement for statement in sent if WRITING.match(statement)] == []


def test_every_exception_is_an_endpoint(world: World) -> None:
    assert set(MAY_WRITE) <= {rule.endpoint for rule in world.rules("GET")}
