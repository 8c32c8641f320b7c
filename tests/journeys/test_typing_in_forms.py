"""An agent with a pile of forms and a keyboard: no mouse, no script, no field typed twice."""

from collections.abc import Callable

import pytest

from participation.collectivities.models import Role
from participation.contributions.models import Choice
from participation.contributions.queries import Tally, position_tally
from participation.foundation.database import db
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_condition
from tests.factories.projects import a_complete_project
from tests.journeys import steps
from tests.journeys.live_server import Site
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("paper")]

AGENT = "agent@mairie.example"
# How often the arrow goes down from the first position; the fifth says that no box was ticked.
DOWN = {choice: number for number, choice in enumerate([*Choice, None])}


def a_town(site: Site) -> tuple[str, int]:
    """Adds a consultation with a condition, and the agent; returns the entry page and its number."""
    with site.app.app_context():
        consultation = an_open_consultation(a_complete_project())
        a_condition(consultation)
        body = consultation.project.collectivity
        a_member(Role.AGENT, body, person=a_person(email=AGENT, display_name="Agent"))
        db.session.commit()
        return f"/gestion/{body.slug}/consultations/{consultation.slug}/saisie", consultation.id


def press(window: Window, *keys: str) -> None:
    for key in keys:
        window.page.keyboard.press(key)


def focused(window: Window) -> str:
    """Returns the name of the field that has the focus."""
    return str(window.page.locator(":focus").get_attribute("name"))


def enters(window: Window, choice: Choice | None, *, text: str = "", conditions: str = "") -> None:
    """Types in one form from its number on, and records it with Enter."""
    assert focused(window) == "number"
    press(window, "Tab", "Space", *["ArrowDown"] * DOWN[choice], "Tab")
    assert focused(window) == "conditions"
    window.page.keyboard.type(conditions)
    press(window, "Tab", "Tab")
    assert focused(window) == "body"
    window.page.keyboard.type(text)
    press(window, "Tab")
    assert focused(window) == "sense"
    press(window, "ArrowUp", "Tab", "Tab")
    assert focused(window) == "display_name"
    window.page.keyboard.type("Rose")
    with window.page.expect_navigation() as navigation:
        press(window, "Enter")
    window._arrives(navigation.value)


def tally_of(site: Site, number: int) -> Tally:
    with site.app.app_context():
        return position_tally(number)


def test_a_pile_is_typed_in_with_the_keyboard_alone(site: Site, open_window: Callable[[], Window]) -> None:
    entry, number = a_town(site)
    agent = open_window()
    steps.sign_in(agent, AGENT)
    agent.opens(entry)
    agent.is_refused("source", "choice")
    agent.sends(source="Urne de la médiathèque", number="1", choice="favourable")
    agent.finds("Formulaire n° 1 : enregistré.")

    for text in ("Le soir, personne ne répond.", "Ma voisine raccroche tout de suite."):
        enters(agent, Choice.OPPOSED, text=text)
    enters(agent, Choice.CONDITIONS, conditions="1")
    enters(agent, None, text="Je ne sais pas encore ce que j’en pense.")

    agent.finds("Formulaire n° 5 : enregistré.", "5 formulaires comptent à ce jour.")
    assert tally_of(site, number) == Tally(favourable=1, conditions=1, opposed=2)


def test_a_form_typed_in_twice_is_shown_then_undone_within_the_page(
    site: Site, open_window: Callable[[], Window]
) -> None:
    entry, number = a_town(site)
    agent = open_window()
    steps.sign_in(agent, AGENT)
    agent.opens(entry)
    agent.sends(source="Urne de la médiathèque", number="7", choice="opposed")

    agent.fills(number="7", choice="opposed")
    agent.is_refused("anyway")
    agent.sends(anyway="Deux feuilles portent le même numéro.")
    agent.page.locator("summary", has_text="L’annuler").click()
    agent.page.locator('[name="reason"]').fill("C’était bien la même feuille.")
    agent.presses("Annuler la saisie de ce formulaire")

    agent.finds("La saisie est annulée")
    assert tally_of(site, number) == Tally(opposed=1)
    agent.follows("/saisie/formulaires")
    agent.finds("Compté", "Annulé")


def test_other_keys_choose_a_position_at_once(site: Site, open_window: Callable[[], Window]) -> None:
    entry, _number = a_town(site)
    agent = open_window()
    steps.sign_in(agent, AGENT)
    agent.opens(entry)

    keys = [agent.form.locator(f'[name="choice"][value="{choice.value}"]') for choice in Choice]

    assert [key.get_attribute("accesskey") for key in keys] == ["1", "2", "3", "4"]
