"""The pages about the files of the register: every format with what it loses, the inventory the law wants."""

from typing import Any

from flask import render_template, url_for

from participation.foundation import clock
from participation.foundation.i18n import speaking
from participation.projects.dossier.exports import inventory, losses, own
from participation.projects.dossier.exports.formats import FORMATS
from participation.projects.dossier.exports.mention import mention_of
from participation.projects.dossier.exports.record import LICENCE_ADDRESS, LICENCE_NAME
from participation.projects.dossier.fields import FIELDS
from participation.projects.views.entrance import blueprint
from participation.projects.views.gathering import Wanted, count_of, records_of
from participation.projects.views.registers import (
    CSV_SIZE,
    FILES,
    JSON_SIZE,
    chosen_collectivities,
    wants_all,
)
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader
from participation.web.pagination import Page, page_number

# Twenty-one entries each: a page stays light.
INVENTORY_SIZE = 5


@blueprint.get("/donnees/dossiers", endpoint="open_data")
@public
@same_for_every_reader
def show_formats() -> str:
    """Shows every format: its address, what it is for, who reads it, what it can't hold."""
    return render_template(
        "projects/open_data.html",
        formats=FORMATS,
        files=FILES,
        losses={one.key: losses.losses_by_kind(one) for one in FORMATS},
        held={one.key: losses.held_count(one) for one in FORMATS},
        kinds=losses.KINDS,
        beside=losses.BESIDE,
        field_count=len(FIELDS),
        licence=(LICENCE_NAME, LICENCE_ADDRESS),
        sizes={"json": JSON_SIZE, "csv": CSV_SIZE},
        schema_address=own.SCHEMA_PATH,
    )


@blueprint.get("/inventaire", endpoint="inventory")
@public
@same_for_every_reader
def show_inventory() -> str:
    """Shows the inventory of algorithms of art. L.312-1-3, each with the mention owed on its decisions."""
    now = clock.now()
    wanted = Wanted(collectivities=chosen_collectivities(), only_individual_decisions=not wants_all())
    total = count_of(wanted, now)
    number = min(page_number(), Page([], 1, total, INVENTORY_SIZE).last)
    records = records_of(wanted, now, page=number, size=INVENTORY_SIZE)
    page = Page(records, number, total, INVENTORY_SIZE)
    with speaking("fr"):
        mentions = [
            mention_of(record) if record.code("decision_type") == inventory.INDIVIDUAL else ""
            for record in page.items
        ]
    return render_template(
        "projects/inventory.html",
        page=page,
        entries=list(zip(page.items, inventory.rows(page.items), mentions, strict=True)),
        blocks=_BLOCKS,
        shows_all=wants_all(),
        previous_url=_inventory_url(number - 1) if number > 1 else None,
        next_url=_inventory_url(number + 1) if number < page.last else None,
    )


_BLOCKS = (inventory.LABELS[:4], inventory.LABELS[4:11], inventory.LABELS[11:15], inventory.LABELS[15:])


def _inventory_url(number: int) -> str:
    chosen: dict[str, Any] = {"collectivite": chosen_collectivities()}
    if wants_all():
        chosen["tous"] = "1"
    return url_for("projects.inventory", **chosen, page=number)
