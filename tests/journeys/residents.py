"""A town whose residents speak: an open consultation with two conditions, a text and positions of others."""

from participation.collectivities.models import Role
from participation.contributions.models import Contribution
from participation.contributions.queries import Tally, position_tally
from participation.foundation.database import db
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_condition, a_contribution, a_position
from tests.factories.projects import a_complete_project
from tests.journeys import steps
from tests.journeys.live_server import Site
from tests.journeys.window import Window

DESK = "/gestion/bourg"
AGENT = "agent@mairie.example"
PROJECT = "/projets/accueil"
CONSULTATION = "/consultations/accueil"
AGENT_AT_ONCE = "Une touche mène à un agent à tout moment de l’appel"
SAID_SO = "La machine dit d’abord qu’elle est une machine"
OTHERS = "Ma voisine raccroche dès qu’elle entend une machine."
COMMENT = "Le soir, mon mari malvoyant ne peut joindre personne."


def build(site: Site) -> None:
    """Adds the town, its agent and moderator; four others are in favour."""
    with site.app.app_context():
        body = a_collectivity(slug="bourg", name="Bourg", display_name="Ville de Bourg")
        project = a_complete_project(body, title="Accueil téléphonique", slug="accueil")
        consultation = an_open_consultation(project, title="Une machine au téléphone ?", slug="accueil")
        for condition in (AGENT_AT_ONCE, SAID_SO):
            a_condition(consultation, body=condition)
        a_contribution(consultation, body=OTHERS)
        for _other in range(4):
            a_position(consultation)
        a_member(Role.AGENT, body, person=a_person(email=AGENT, display_name="Ali Agent"))
        a_member(Role.MODERATOR, body)
        db.session.commit()


def path_saying(site: Site, body: str) -> str:
    """Returns the page of the text that says this."""
    with site.app.app_context():
        return f"/contributions/{db.session.query(Contribution).filter_by(body=body).one().ref}"


def tally_of(site: Site) -> Tally:
    """Returns what counts at this moment."""
    with site.app.app_context():
        return position_tally(db.session.query(Contribution).first().consultation_id)  # type: ignore[union-attr]


def gives_opinion(guest: Window, email: str) -> str:
    """Takes a position under two conditions, one of which others had said already; returns the comment."""
    guest.opens(PROJECT)
    guest.finds("Accueil téléphonique")
    guest.follows(f"{CONSULTATION}/avis")
    guest.is_refused("choice", "email")
    supported, same = (path_saying(guest.site, body).rsplit("/", 1)[1] for body in (SAID_SO, AGENT_AT_ONCE))
    guest.fills(
        choice="conditions",
        conditions=[supported],
        new_condition="Une touche doit mener à un agent à tout moment",
        body=COMMENT,
        sense="for",
        display_name="Rose",
        email=email,
    )
    guest.is_refused("alike")
    guest.finds("Quelqu’un a déjà dit presque la même chose")
    guest.sends(alike=same)
    steps.confirm(guest, email)
    guest.finds("C’est enregistré", "Favorable sous conditions", SAID_SO, AGENT_AT_ONCE, COMMENT)
    return steps.path_of(guest, COMMENT)
