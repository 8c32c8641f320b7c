"""Under whose name a page is shown: the one collectivity, the one of the page, or the shared site."""

import colorsys
from functools import cache

import sqlalchemy as sa
from flask import Flask, current_app, g, request, url_for

from participation.collectivities.models import Collectivity
from participation.foundation.database import db
from participation.foundation.i18n import gettext as _
from participation.web.assets import accent_sheet
from participation.web.templating import Site

QUIET_PATHS = ("/health/", "/static/", "/style-", "/accent-")
# Pages whose first statement tells the public body, and whether there are others: one statement less.
TELLS_ITS_OWN = frozenset({"projects.show"})


def init_app(app: Flask) -> None:
    """Chooses the name of the frame before each page; views of one collectivity choose again."""
    app.before_request(_choose_before_page)


def show_as(collectivity: Collectivity, *, several: bool | None = None) -> None:
    """Shows this page under the name and accent of a collectivity.

    `several` tells whether the installation has others, for a page that has just read it.
    """
    g.collectivity = collectivity
    if several is None:
        several = g.site.several if g.get("site") else False
    contact = (
        collectivity.display_name,
        *collectivity.address.splitlines(),
        collectivity.email,
        collectivity.telephone,
        collectivity.opening_hours,
    )
    g.site = Site(
        name=collectivity.name,
        contact_lines=tuple(line for line in contact if line),
        timezone=collectivity.timezone,
        accent_stylesheet_url=_accent_url(collectivity),
        collectivity_slug=collectivity.slug,
        several=several,
        is_demo=_is_demo(),
        has_ai_charter=collectivity.charter_number is not None,
    )


def dark_accent(accent: str) -> str:
    """Returns the accent for dark pages: the same hue, lighter and less saturated."""
    red, green, blue = (int(accent[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, _lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = colorsys.hls_to_rgb(hue, 0.76, min(saturation, 0.5))
    return "#" + "".join(f"{round(part * 255):02X}" for part in light)


def choose_site() -> None:
    """Shows this page under the name of the only public body, or of the installation."""
    first_two = list(db.session.scalars(_first_two()))
    several = len(first_two) > 1
    g.site = Site(
        name=_("Taking part"),
        contact_lines=(),
        timezone="Europe/Paris",
        accent_stylesheet_url=None,
        collectivity_slug=None,
        several=several,
        is_demo=_is_demo(),
    )
    # The founding collectivity gives its name to pages that belong to none.
    if first_two:
        show_as(first_two[0])


def _choose_before_page() -> None:
    if not request.path.startswith(QUIET_PATHS) and request.endpoint not in TELLS_ITS_OWN:
        choose_site()


@cache
def _first_two() -> sa.Select[Collectivity]:
    return sa.select(Collectivity).order_by(Collectivity.id).limit(2)


def _accent_url(collectivity: Collectivity) -> str:
    sheet = accent_sheet(collectivity.accent, dark_accent(collectivity.accent))
    return url_for("collectivities.accent", slug=collectivity.slug, digest=sheet.digest)


def _is_demo() -> bool:
    return bool(current_app.config["DEMO"])
