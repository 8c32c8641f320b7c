"""Somebody with a phone and no account: from a first look at a project to leaving nothing behind."""

import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from time_machine import Traveller

from participation.collectivities.models import Role
from participation.contributions.models import Contribution
from participation.contributions.queries import Tally
from participation.foundation.database import db
from participation.foundation.jobs import do_daily_work
from participation.moderation.actions import hide_contribution
from participation.moderation.models import Rule
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.models import Project
from tests.factories.collectivities import a_member
from tests.journeys import steps
from tests.journeys.live_server import Site
from tests.journeys.residents import (
    AGENT_AT_ONCE,
    COMMENT,
    CONSULTATION,
    OTHERS,
    PROJECT,
    SAID_SO,
    gives_opinion,
    path_saying,
    tally_of,
)
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("guest")]

EMAIL = "rose@mail.example"
EDITED = "Le soir, mon mari malvoyant ne peut joindre personne à la mairie."
SECOND = "La personne du guichet deux ne répond jamais à nos appels."


def hide(site: Site, contribution: str) -> None:
    """Has a moderator hide a text, which writes to its author."""
    with site.app.app_context():
        found = db.session.query(Contribution).filter_by(ref=contribution.rsplit("/", 1)[1]).one()
        moderator = a_member(Role.MODERATOR, found.project.collectivity)
        hide_contribution(found, rule=Rule.ATTACK, reason="Ce texte vise une personne.", member=moderator)
        db.session.commit()


def publish_new_version(site: Site, *, goal: str) -> None:
    with site.app.app_context():
        project = db.session.query(Project).one()
        answer_field(project, "goal", state="answered", text=goal)
        publish_dossier(project, reason="Les horaires sont précisés")
        db.session.commit()
    site.does_the_waiting_work()


def does_the_work_of_the_night(site: Site) -> None:
    with site.app.app_context():
        do_daily_work()
    site.does_the_waiting_work()


def comes_back(guest: Window) -> None:
    """Finds again what one said, by a link that opens no account."""
    guest.opens("/ma-participation")
    guest.is_refused("email")
    guest.sends(email=EMAIL)
    guest.opens(steps.link_in(guest.site.mails_to(EMAIL)[-1], "/connexion/lien/"))
    guest.sends()
    assert guest.path == "/compte"


def test_a_guest_speaks_finds_it_again_changes_and_takes_back(
    town: Site, open_phone: Callable[[], Window]
) -> None:
    guest = open_phone()
    comment = gives_opinion(guest, EMAIL)
    assert tally_of(town) == Tally(favourable=4, conditions=1)
    guest.opens(CONSULTATION)
    guest.finds(COMMENT, "5 avis")
    comes_back(guest)
    guest.finds("Vous n’avez pas de compte", COMMENT, SAID_SO, AGENT_AT_ONCE)

    # Another position, then none, then one again: the last word counts.
    guest.follows(f"{CONSULTATION}/avis")
    guest.sends(choice="opposed")
    assert guest.path.startswith("/recu/")
    assert tally_of(town) == Tally(favourable=4, opposed=1)
    guest.opens("/compte")
    guest.follows(f"{CONSULTATION}/avis/retirer")
    guest.sends()
    guest.finds("Position retirée")
    assert tally_of(town) == Tally(favourable=4)

    # Other words within half an hour, then none.
    guest.opens(comment)
    guest.follows(f"{comment}/modifier")
    guest.fills(body="")
    guest.is_refused("body")
    guest.sends(body=EDITED)
    guest.opens(comment)
    guest.finds(EDITED)
    guest.follows(f"{comment}/versions")
    guest.finds("à la mairie")
    guest.opens(comment)
    guest.follows(f"{comment}/retirer")
    guest.sends()
    guest.opens(comment)
    guest.finds("Retirée par la personne qui l’a écrite")
    assert EDITED not in guest.text

    # A text of somebody else: useful, no longer useful, reported.
    others = path_saying(town, OTHERS)
    guest.opens(others)
    guest.follows(f"{others}/utile")
    guest.sends()
    guest.opens("/compte")
    guest.follows(f"{others}/utile/retirer")
    guest.sends()
    guest.finds("Vote « utile » repris")
    guest.opens(others)
    guest.follows(f"{others}/signaler")
    guest.is_refused("rule")
    guest.sends(rule="attack", message="Elle n’a rien demandé.")
    guest.finds("Votre signalement est enregistré")


def test_a_guest_follows_a_project_and_leaves_by_the_letter(
    town: Site, open_phone: Callable[[], Window], clock_hands: Traveller
) -> None:
    guest = open_phone()
    guest.opens(PROJECT)
    guest.follows(f"{PROJECT}/suivre")
    guest.is_refused("email")
    guest.sends(email=EMAIL)
    guest.opens(steps.link_in(town.mails_to(EMAIL)[-1], "/suivre/"))
    guest.sends()
    guest.finds("Vous suivez ce sujet")

    publish_new_version(town, goal="Répondre le soir.")
    clock_hands.shift(timedelta(days=8))
    does_the_work_of_the_night(town)
    letters = [mail for mail in town.mails_to(EMAIL) if "Les horaires sont précisés" in mail]
    guest.opens(steps.link_in(letters[-1], "/desabonnement/"))
    guest.sends()
    guest.finds("Vous ne recevrez plus")

    publish_new_version(town, goal="Répondre aussi le dimanche.")
    clock_hands.shift(timedelta(days=8))
    does_the_work_of_the_night(town)
    assert len(letters) == 1
    assert len([mail for mail in town.mails_to(EMAIL) if "Les horaires sont précisés" in mail]) == 1


def test_a_guest_appeals_takes_their_data_and_leaves_nothing_behind(
    town: Site, open_phone: Callable[[], Window]
) -> None:
    guest, visitor = open_phone(), open_phone()
    comment = gives_opinion(guest, EMAIL)
    second = steps.send_as_guest(guest, CONSULTATION, email=EMAIL, name="Rose", comment=SECOND)
    hide(town, second)
    [hidden] = [mail for mail in town.mails_to(EMAIL) if "/moderation/recours/" in mail]
    guest.opens(steps.link_in(hidden, "/moderation/recours/"))
    guest.is_refused("message")
    guest.sends(message="Je parlais d’un guichet, de personne en particulier.")
    guest.finds("Votre recours est enregistré")
    comes_back(guest)
    guest.finds("1 réponse m’est due")

    guest.follows("/compte/donnees")
    said = takes_away(guest)
    assert COMMENT in said and SECOND in said and EMAIL in said
    guest.follows("/compte/effacement")
    guest.is_refused("choice", "sure")
    guest.sends(choice="everything", sure="y")
    guest.finds("Vos données sont effacées")

    pages = (PROJECT, CONSULTATION, f"{CONSULTATION}/resultats", comment, second, "/moderation")
    for page in pages:
        visitor.opens(page)
        for words in (COMMENT, SECOND, "Rose", EMAIL):
            assert words not in visitor.page.content(), f"«{words}» is left on {page}"
    visitor.opens(CONSULTATION)
    visitor.finds("5 avis")
    assert tally_of(town) == Tally(favourable=4, conditions=1)
    guest.opens("/compte")
    assert guest.path == "/connexion"


def takes_away(guest: Window) -> str:
    """Downloads the archive of one's data; returns its file for programs."""
    with guest.page.expect_download() as download:
        guest.page.locator('main a[href$="/compte/donnees/fichiers"]').click()
    with zipfile.ZipFile(BytesIO(Path(download.value.path()).read_bytes())) as archive:
        [name] = [one for one in archive.namelist() if one.endswith(".json")]
        held = json.loads(archive.read(name))
    return json.dumps(held, ensure_ascii=False)
