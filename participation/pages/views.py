"""Pages of no single domain: home, how it works, and what the law asks a site to say."""

from flask import Blueprint, g, render_template

from participation.collectivities.queries import all_collectivities
from participation.foundation import clock
from participation.pages.queries import home_of
from participation.projects.dossier.glossary import FAMILIES, TERMS
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@public
@same_for_every_reader
def home() -> str:
    """Shows what one can speak about now, what was just decided, and what is owed and late."""
    bodies = all_collectivities() if g.site.several else []
    return render_template("pages/home.html", home=home_of(clock.now()), collectivities=bodies)


@blueprint.get("/comment-ca-marche")
@public
def how_it_works() -> str:
    """Explains the path from a question to a decision."""
    return render_template("pages/how_it_works.html")


@blueprint.get("/glossaire")
@public
def glossary() -> str:
    """Explains words of AI, of the law and of taking part, each in one sentence."""
    parts = {family: [term for term in TERMS if term.family is family] for family in FAMILIES}
    return render_template("pages/glossary.html", families=FAMILIES, parts=parts)


@blueprint.get("/mentions-legales")
@public
def legal() -> str:
    """Says who publishes the site and who hosts it, of each collectivity."""
    return render_template("pages/legal.html", collectivities=all_collectivities())


@blueprint.get("/donnees-personnelles")
@public
def privacy() -> str:
    """Says what is kept of people, why, for how long, and how to have it erased."""
    return render_template("pages/privacy.html", collectivities=all_collectivities())


@blueprint.get("/accessibilite")
@public
def accessibility() -> str:
    """Says how accessible the site is, honestly."""
    return render_template("pages/accessibility.html", collectivities=all_collectivities())
