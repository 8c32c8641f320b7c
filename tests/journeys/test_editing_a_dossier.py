"""Two agents write one dossier in real browsers: without scripts, then with the one that keeps texts."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from participation.foundation import clock
from tests.journeys import steps
from tests.journeys.live_server import Site
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.keeps_its_own_database]

DOSSIER = f"{steps.DESK}{steps.PROJECT}/dossier"
SPECIALIST = "Un algorithme classe les appels, selon la DSI."


@pytest.fixture
def agents(open_window: Callable[[], Window]) -> list[Window]:
    """Two agents at work on a draft."""
    administrator, *agents = (open_window() for _ in range(3))
    steps.install(administrator, administrator="ines@bourg.example")
    steps.sign_in(administrator, "ines@bourg.example")
    for window, name in zip(agents, ("ali", "lea"), strict=True):
        steps.invite(administrator, f"{name}@bourg.example", role="agent", function="Cheffe de projet")
        steps.accept_invitation(window, f"{name}@bourg.example", name=name.title())
    steps.draft_project(agents[0])
    return agents


@pytest.fixture
def scripted(agents: list[Window], browser: Browser) -> Iterator[BrowserContext]:
    """The browser of the first agent, in which scripts run."""
    with browser.new_context(locale="fr-FR", storage_state=agents[0].page.context.storage_state()) as context:
        yield context


def test_two_agents_fill_in_a_dossier_without_a_script(agents: list[Window], site: Site) -> None:
    ali, lea = agents
    soon = f"{clock.today() + timedelta(days=10):%d/%m/%Y}"

    # The overview counts, and leads to each question.
    ali.opens(f"{steps.DESK}{steps.PROJECT}")
    ali.finds("3 réponses · 5 à remplir", "5 questions doivent avoir leur réponse")
    ali.follows("/dossier/section/why")
    ali.follows("/dossier/benefit")

    # A text is read again, then kept, and the next question comes.
    ali.sends("check", text=SPECIALIST)
    ali.finds("algorithme", "Tout le monde ne connaît pas ce sigle", "Rien n’est encore gardé.")
    expect(ali.form.locator('[name="text"]')).to_have_value(SPECIALIST)
    ali.sends("next")
    assert ali.path == f"{DOSSIER}/previous_process"
    ali.finds("2 remarques de lecture")

    # Both open the same question; the second to send sees both texts.
    for window in agents:
        window.opens(f"{DOSSIER}/risks")
    lea.fills(**{"rows-0-risk": "Se tromper de nom", "rows-0-mitigation": "Relire"})
    lea.sends("return")
    ali.fills(**{"rows-0-risk": "Ne pas comprendre un accent", "rows-0-mitigation": "Passer un agent"})
    ali.is_refused_above("next")
    ali.finds("Se tromper de nom", "Ce que votre collègue a écrit entre-temps")
    expect(ali.form.locator('[name="rows-0-risk"]')).to_have_value("Ne pas comprendre un accent")
    ali.sends("return")
    ali.finds("1 entrée")

    # A section goes to a colleague, who is told and says that it is done.
    ali.opens(f"{DOSSIER}/section/cost/confier")
    ali.is_refused("colleague")
    option = ali.form.get_by_role("option", name="Lea")
    ali.sends(colleague=str(option.get_attribute("value")), due_on=soon, note="Le devis est arrivé.")
    ali.finds("Confiée à Lea")
    lea.opens(steps.link_in(site.mails_to("lea@bourg.example")[-1], "/gestion/"))
    lea.opens(steps.DESK)
    lea.finds("Sections de dossiers qui vous sont confiées", "Le devis est arrivé.")
    lea.follows("/dossier/section/cost")
    lea.presses("C’est fait")
    lea.finds("Personne en particulier")
    assert "C’est revenu" in site.subjects_to("ali@bourg.example")[-1]

    # What isn't known is put off at once; what must be answered is left, each with its link.
    ali.opens(f"{DOSSIER}/pas-encore-connu")
    ali.is_refused("reason", "owner")
    ali.sends(reason="Demandé au fournisseur", owner="La DSI", due_on=soon)
    ali.finds("5 questions doivent avoir leur réponse")
    steps.fill_in_what_lacks(ali)
    ali.finds("Le dossier est assez complet pour consulter.")

    # The preview shows what nobody else can see.
    ali.follows("/apercu")
    assert "Aperçu" in ali.page.locator("aside.banner").inner_text()
    ali.finds(steps.TITLE)
    ali.follows("/apercu/dossier")
    ali.finds("Ne pas comprendre un accent", "Demandé au fournisseur")
    lea.opens(steps.PROJECT, status=404)
    lea.opens("/glossaire")


def test_what_was_typed_is_offered_again_after_a_crash(scripted: BrowserContext, site: Site) -> None:
    address = f"{site.address}{DOSSIER}/benefit"
    page = scripted.new_page()
    page.goto(address)
    page.locator('[name="text"]').fill("Un texte jamais envoyé.")
    expect(page.locator("form[data-is-kept]")).to_have_count(1)
    page.close()

    page = scripted.new_page()
    page.goto(address)
    offer = page.locator("[data-kept-text]")
    expect(offer).to_be_visible()
    expect(page.locator('[name="text"]')).to_have_value("")
    page.locator("[data-put-back]").click()
    expect(page.locator('[name="text"]')).to_have_value("Un texte jamais envoyé.")
    _sends(page)

    page.goto(address)
    expect(page.locator('[name="text"]')).to_have_value("Un texte jamais envoyé.")
    expect(offer).to_be_hidden()


def test_leaving_a_text_unsent_is_warned_of(scripted: BrowserContext, site: Site) -> None:
    page, asked = scripted.new_page(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{site.address}{DOSSIER}/benefit")

    page.goto(f"{site.address}{DOSSIER}/department")
    page.locator('[name="text"]').click()
    page.keyboard.type("Le service Accueil")
    page.goto(f"{site.address}{DOSSIER}/benefit")

    assert asked == ["beforeunload"]


def _sends(page: Page) -> None:
    with page.expect_navigation():
        page.locator('button[value="return"]').click()
