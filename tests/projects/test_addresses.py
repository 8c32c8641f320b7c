"""A project or a point may bear any name, also that of a page of the back office."""

from flask import current_app

from participation.projects.actions import create_project
from participation.projects.addresses import RESERVED, address_of
from tests.factories.collectivities import a_collectivity

PLACES = (
    "/gestion/<collectivity_slug>/projets/",
    "/gestion/<collectivity_slug>/projets/<slug>/points/",
    "/gestion/<collectivity_slug>/charte/articles/",
)


def pages_beside() -> set[str]:
    found = set()
    for rule in current_app.url_map.iter_rules():
        for place in PLACES:
            if rule.rule.startswith(place):
                found.add(rule.rule.removeprefix(place).split("/")[0])
    return {one for one in found if one and not one.startswith("<")}


def test_no_address_is_that_of_a_page_which_stands_beside_it() -> None:
    assert pages_beside() == RESERVED
    assert not {address_of(name) for name in ("Nouveau !", "IMPORT", "Adapter", "Nouveau")} & RESERVED


def test_a_project_called_as_a_page_is_kept_beside_it() -> None:
    assert create_project(a_collectivity(), title="Nouveau", summary="", policy="").slug == "nouveau-1"
