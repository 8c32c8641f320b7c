"""Forms on paper, from the sheet that is printed to the letter that answers, by keyboard alone."""

import re
from collections.abc import Callable

import pytest

from participation.contributions.queries import Tally
from tests.journeys import residents, steps
from tests.journeys.keyboard import KeyboardWindow
from tests.journeys.live_server import Site
from tests.journeys.residents import AGENT, CONSULTATION, DESK, tally_of
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("paper")]

ENTRY = f"{DESK}/consultations/accueil/saisie"
SAID = "Le soir, je ne sais pas qui appeler."
ADDRESS = "Rose Le Goff, 3 rue des Ajoncs, 35000 Rennes"


def pages_printed(window: Window) -> int:
    """Returns how many sheets of A4 the page is when it is printed."""
    printed = window.page.pdf(format="A4")
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_three_forms_are_typed_in_and_answered_by_a_letter(
    site: Site, open_keyboard: Callable[[], KeyboardWindow]
) -> None:
    residents.build(site)
    visitor, agent = open_keyboard(), open_keyboard()

    # What residents fill in with a pen.
    visitor.opens(CONSULTATION)
    visitor.follows(f"{CONSULTATION}/questionnaire")
    visitor.finds("Quelle est votre position sur ce projet ?", "À remettre au plus tard")
    assert 1 <= pages_printed(visitor) <= 3
    visitor.follows("?grands-caracteres=1")

    # What an agent types in, a form at a time.
    steps.sign_in(agent, AGENT)
    agent.opens(ENTRY)
    agent.is_refused("source", "choice")
    agent.sends(source="Urne de la médiathèque", number="1", choice="opposed")
    agent.sends(choice="conditions", conditions="1 2")
    agent.sends(choice="opposed", body=SAID, display_name="Rose", postal_address=ADDRESS)
    agent.finds("Formulaire n° 3 : enregistré.", "3 formulaires comptent à ce jour.")
    assert tally_of(site) == Tally(favourable=4, conditions=1, opposed=2)

    # The letter to whoever left an address.
    agent.opens(f"{DESK}/courriers")
    assert ADDRESS not in agent.text
    refs = [str(box.get_attribute("value")) for box in agent.form.locator('[name="letters"]').all()]
    agent.sends(letters=refs)
    agent.finds(ADDRESS, SAID, "Votre position est comptée")
    assert len(refs) == 1 and pages_printed(agent) == 1
