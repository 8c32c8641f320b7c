"""Somebody with an account and a keyboard, no mouse: from a first link to being confirmed at the desk."""

from collections.abc import Callable

import pytest

from participation.contributions.queries import Tally
from tests.factories.accounts import PASSWORD
from tests.journeys import residents, steps
from tests.journeys.live_server import Site
from tests.journeys.residents import (
    AGENT,
    COMMENT,
    CONSULTATION,
    DESK,
    OTHERS,
    PROJECT,
    path_saying,
    tally_of,
)
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("account")]

EMAIL, OTHER_EMAIL = "rene@mail.example", "rene.ancien@mail.example"
FEAR = "Je crains que les agents de l’accueil disparaissent."
REPLY = "La mienne aussi : elle attend qu’une personne réponde."
QUESTION = "Combien d’appels restent sans réponse le soir ?"
NAME = "René des Ajoncs"


def opens_account(window: Window) -> None:
    """Comes in by a link and wants an account."""
    window.opens("/connexion")
    window.is_refused("email")
    window.sends(email=EMAIL)
    window.opens(steps.link_in(window.site.mails_to(EMAIL)[-1], "/connexion/lien/"))
    window.sends(opens_account="y")
    assert window.path == "/compte"


def sign_in_with_password(window: Window) -> None:
    window.opens("/connexion")
    window.follows("/connexion/mot-de-passe")
    window.is_refused("email", "password")
    window.fills(email=EMAIL, password="ce n’est pas celui-là")
    window.is_refused_above()
    window.sends(password=PASSWORD)
    assert window.path == "/compte"


def comes_to(window: Window, part: str) -> None:
    """Follows the first link that holds this part of an address."""
    window.follows(str(window.page.locator(f'main a[href*="{part}"]').first.get_attribute("href")))


def test_an_account_speaks_by_keyboard_and_sees_what_is_owed(
    town: Site, open_keyboard: Callable[[], Window]
) -> None:
    resident = open_keyboard()
    opens_account(resident)
    resident.follows("/compte/mot-de-passe")
    resident.is_refused("password")
    resident.sends(password=PASSWORD)
    resident.opens("/compte")
    resident.presses("Se déconnecter")
    sign_in_with_password(resident)

    resident.opens(CONSULTATION)
    resident.follows(f"{CONSULTATION}/avis")
    resident.is_refused("choice")
    resident.sends(choice="favourable", display_name="René")
    resident.follows(f"{CONSULTATION}/avis")
    resident.sends(choice="opposed")
    resident.finds("Opposé")
    assert tally_of(town) == Tally(favourable=4, opposed=1)

    resident.opens(PROJECT)
    comes_to(resident, "/commentaire?about=field")
    assert resident.form.locator('[name="about"]').input_value().startswith("field:")
    resident.is_refused("body")
    resident.sends(body=FEAR, sense="against")
    resident.finds(FEAR)
    others = path_saying(town, OTHERS)
    resident.opens(others)
    resident.follows(f"{others}/repondre")
    resident.is_refused("body")
    resident.sends(body=REPLY)
    resident.opens(f"{PROJECT}/questions")
    resident.follows(f"{PROJECT}/questions/poser")
    resident.is_refused("body")
    resident.sends(body=QUESTION)
    resident.finds(QUESTION)

    resident.opens("/compte")
    resident.finds("1 réponse m’est due", "Dans", "J’ai écrit 3 textes", FEAR, REPLY, QUESTION, "Opposé")


def test_two_addresses_of_one_person_count_once(
    town: Site, open_window: Callable[[], Window], open_keyboard: Callable[[], Window]
) -> None:
    resident = open_keyboard()
    residents.gives_opinion(open_window(), OTHER_EMAIL)
    opens_account(resident)
    resident.opens(f"{CONSULTATION}/avis")
    resident.sends(choice="opposed")
    assert tally_of(town) == Tally(favourable=4, conditions=1, opposed=1)

    resident.opens("/compte")
    resident.follows("/compte/adresses")
    resident.is_refused("email")
    resident.sends(email=OTHER_EMAIL)
    resident.opens(steps.link_in(town.mails_to(OTHER_EMAIL)[-1], "/compte/adresses/"))
    resident.sends()

    resident.finds(
        OTHER_EMAIL, "Deux identités qui sont les vôtres ont pris position", "vous comptez une fois"
    )
    assert tally_of(town) == Tally(favourable=4, opposed=1)
    resident.opens("/compte")
    resident.finds(COMMENT, "1 position")


def test_a_person_is_confirmed_at_the_desk_and_results_say_by_level(
    town: Site, open_keyboard: Callable[[], Window]
) -> None:
    resident, agent = open_keyboard(), open_keyboard()
    opens_account(resident)
    resident.opens(f"{CONSULTATION}/avis")
    resident.sends(choice="favourable")
    resident.opens("/compte")
    resident.follows("/compte/verification")
    resident.sends()
    code = resident.page.locator(".figure").inner_text()

    steps.sign_in(agent, AGENT)
    agent.opens(f"{DESK}/verifications")
    agent.is_refused("who", "seen")
    agent.sends(who=code, seen="y")
    agent.finds("Identité confirmée")

    resident.opens("/compte/verification")
    resident.finds("Ville de Bourg", "Confirmée le")
    resident.opens(CONSULTATION)
    resident.follows(f"{CONSULTATION}/resultats")
    resident.finds("personnes ont participé", "5 avis", "Comment c’est compté")


def test_a_session_that_ended_keeps_what_was_typed(town: Site, open_keyboard: Callable[[], Window]) -> None:
    resident = open_keyboard()
    opens_account(resident)
    resident.opens("/compte/nom")
    resident.fills(display_name=NAME)
    resident.page.context.clear_cookies()

    resident.sends_in_vain(status=403)

    resident.finds("Votre session a pris fin")
    assert resident.form.locator('[name="display_name"]').input_value() == NAME
    resident.opens(f"{CONSULTATION}/commentaire")
    resident.fills(body=FEAR)
    resident.page.context.clear_cookies()
    resident.is_refused_above()
    assert resident.form.locator('[name="body"]').input_value() == FEAR
