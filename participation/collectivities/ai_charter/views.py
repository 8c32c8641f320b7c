"""What the public reads of the AI charter: the version in force, earlier ones, what changed between them."""

from itertools import pairwise

from flask import Blueprint, abort, render_template

from participation.collectivities.ai_charter import queries
from participation.collectivities.ai_charter.models import CharterVersion
from participation.collectivities.ai_charter.reading import HEADINGS, changes_between, read
from participation.collectivities.models import Collectivity
from participation.collectivities.queries import collectivity_by_slug
from participation.collectivities.site import show_as
from participation.foundation import clock
from participation.projects.dossier.queries import charter_tallies
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader

blueprint = Blueprint("ai_charter", __name__, url_prefix="/collectivites/<slug>/charte")

LARGEST_NUMBER = 2**31 - 1


@blueprint.get("")
@public
@same_for_every_reader
def show(slug: str) -> str:
    """Shows the version in force, and what public projects say of each article."""
    collectivity = _collectivity_or_404(slug)
    version = queries.version_in_force(collectivity)
    if version is None:
        return render_template("collectivities/ai_charter_none.html", collectivity=collectivity)
    tallies = charter_tallies(collectivity.id, clock.now())
    return _page(collectivity, version, tallies=tallies)


@blueprint.get("/versions")
@public
@same_for_every_reader
def versions(slug: str) -> str:
    """Shows every version with its reason and what changed in it, article by article."""
    collectivity = _collectivity_or_404(slug)
    published = queries.charter_versions(collectivity)
    if not published:
        abort(404)
    charters = [read(version) for version in published]
    changes = [changes_between(old, new) for new, old in pairwise(charters)]
    return render_template(
        "collectivities/ai_charter_versions.html",
        collectivity=collectivity,
        told=list(zip(published, [*changes, None], strict=True)),
        headings=HEADINGS,
    )


@blueprint.get(f"/versions/<int(max={LARGEST_NUMBER}):number>")
@public
@same_for_every_reader
def version(slug: str, number: int) -> str:
    """Shows one version as it was published."""
    collectivity = _collectivity_or_404(slug)
    found = queries.charter_version(collectivity, number)
    if found is None:
        abort(404)
    return _page(collectivity, found)


def _page(collectivity: Collectivity, version: CharterVersion, **more: object) -> str:
    return render_template(
        "collectivities/ai_charter.html",
        collectivity=collectivity,
        version=version,
        charter=read(version),
        headings=HEADINGS,
        **more,
    )


def _collectivity_or_404(slug: str) -> Collectivity:
    collectivity = collectivity_by_slug(slug)
    if collectivity is None:
        abort(404)
    show_as(collectivity)
    return collectivity
