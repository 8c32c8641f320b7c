"""The register as files: everything public, in pages, each format at its own address.

A page holds so much that a worker makes it in a fraction of a second; who wants the rest follows `next`
(docs/decisions/0012).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, request

from participation.foundation import clock
from participation.projects.dossier.exports import eurocities, interconnectes, inventory, own
from participation.projects.dossier.exports.record import LICENCE_ADDRESS, Record
from participation.projects.dossier.exports.schema import schema, schema_of_page
from participation.projects.views.entrance import blueprint
from participation.projects.views.gathering import Wanted, count_of, records_of
from participation.projects.views.recording import public_address
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader
from participation.web.pagination import Page, page_number

JSON_SIZE = 50
CSV_SIZE = 200
# Of each format: the endpoint of its file, its kind, how many projects a file holds.
FILES = {
    "own": ("projects.json_list", "application/json", JSON_SIZE),
    "interconnectes": ("projects.csv_public", "text/csv", CSV_SIZE),
    "interconnectes-whole": ("projects.csv_whole", "text/csv", CSV_SIZE),
    "inventory": ("projects.inventory_csv", "text/csv", CSV_SIZE),
    "eurocities": ("projects.eurocities_list", "application/json", JSON_SIZE),
}


@dataclass(frozen=True)
class Listing:
    """A page of the register, its number and where the next one is."""

    page: Page[Record]
    following: str | None


@blueprint.get("/projets.json")
@public
@same_for_every_reader
def json_list() -> Response:
    """Sends whole dossiers, fifty at a time; what was imported as an archive is in it, and says so."""
    listing = _listing("projects.json_list", JSON_SIZE, with_archives=True)
    page = listing.page
    plain = own.listed(
        page.items, page=page.number, pages=page.last, total=page.total, following=listing.following
    )
    return _json(own.written(plain), listing.following, schema="projects.page_schema")


@blueprint.get("/projets/<slug>.json")
@public
@same_for_every_reader
def json_one(slug: str) -> Response:
    """Sends one whole dossier."""
    record = _record_or_404(slug, with_archives=True)
    return _json(own.written(own.described(record)), schema="projects.schema")


@blueprint.get("/eurocities.json")
@public
@same_for_every_reader
def eurocities_list() -> Response:
    """Sends the register in the standard of Eurocities, fifty projects at a time."""
    listing = _listing("projects.eurocities_list", JSON_SIZE)
    described = [eurocities.described(record) for record in listing.page.items]
    return _json(own.written(described), listing.following)


@blueprint.get("/projets/<slug>/eurocities.json")
@public
@same_for_every_reader
def eurocities_one(slug: str) -> Response:
    """Sends one project in the standard of Eurocities."""
    return _json(own.written(eurocities.described(_record_or_404(slug))))


@blueprint.get("/projets.csv")
@public
@same_for_every_reader
def csv_public() -> Response:
    """Sends the public columns of the library of local AI projects."""
    return _csv("projects.csv_public", lambda records: interconnectes.written(interconnectes.PUBLIC, records))


@blueprint.get("/projets-complet.csv")
@public
@same_for_every_reader
def csv_whole() -> Response:
    """Sends every column of the same."""
    return _csv("projects.csv_whole", lambda records: interconnectes.written(interconnectes.WHOLE, records))


@blueprint.get("/inventaire.csv")
@public
@same_for_every_reader
def inventory_csv() -> Response:
    """Sends the inventory of algorithms: individual decisions, or every project with `tous=1`."""
    return _csv("projects.inventory_csv", inventory.written, only_individual_decisions=not wants_all())


@blueprint.get("/schemas/dossier-1.json", endpoint="schema")
@public
@same_for_every_reader
def schema_of_project() -> Response:
    """Sends the schema of one project in our format."""
    return _json(own.written(schema(public_address("projects.schema"))), kind="application/schema+json")


@blueprint.get("/schemas/projets-1.json")
@public
@same_for_every_reader
def page_schema() -> Response:
    """Sends the schema of a page of the register in our format."""
    plain = schema_of_page(public_address("projects.page_schema"), public_address("projects.schema"))
    return _json(own.written(plain), kind="application/schema+json")


def wants_all() -> bool:
    """Tells whether the inventory is asked for beyond what the law wants in it."""
    return request.args.get("tous") == "1"


def chosen_collectivities() -> list[str]:
    """Returns the collectivities chosen; one that doesn't exist has no project."""
    # A null character, which PostgreSQL can't hold, names nobody.
    return [one for one in dict.fromkeys(request.args.getlist("collectivite")) if "\x00" not in one]


def _record_or_404(slug: str, *, with_archives: bool = False) -> Record:
    found = records_of(Wanted(slug=slug, with_archives=with_archives), clock.now())
    if not found:
        abort(404)
    return found[0]


def _listing(
    endpoint: str, size: int, *, with_archives: bool = False, only_individual_decisions: bool = False
) -> Listing:
    now = clock.now()
    wanted = Wanted(
        collectivities=chosen_collectivities(),
        with_archives=with_archives,
        only_individual_decisions=only_individual_decisions,
    )
    total = count_of(wanted, now)
    number = min(page_number(), Page([], 1, total, size).last)
    page = Page(records_of(wanted, now, page=number, size=size), number, total, size)
    following = _address(endpoint, number + 1) if number < page.last else None
    return Listing(page, following)


def _address(endpoint: str, number: int) -> str:
    chosen: dict[str, Any] = {"collectivite": chosen_collectivities(), "page": number}
    return public_address(endpoint, **chosen, **({"tous": 1} if wants_all() else {}))


def _csv(
    endpoint: str, write: Callable[[list[Record]], str], *, only_individual_decisions: bool = False
) -> Response:
    listing = _listing(endpoint, CSV_SIZE, only_individual_decisions=only_individual_decisions)
    response = _answer(write(listing.page.items), "text/csv", listing.following)
    name = request.path.rpartition("/")[2]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _json(
    text: str, following: str | None = None, *, kind: str = "application/json", schema: str = ""
) -> Response:
    return _answer(text, kind, following, schema)


def _answer(text: str, kind: str, following: str | None, schema: str = "") -> Response:
    response = Response(text, mimetype=kind)
    links = [(LICENCE_ADDRESS, "license")]
    if following:
        links.append((following, "next"))
    if schema:
        links.append((public_address(schema), "describedby"))
    response.headers["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for address, relation in links)
    # Open data: a page of another site may read it too. It holds nothing of who asks.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
