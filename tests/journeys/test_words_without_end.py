"""A word that never ends, on a screen of 320 px: refused with its text when too long, broken elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext

from participation.foundation.database import db
from tests.architecture.world import World
from tests.architecture.written import a_town_that_wrote_everything
from tests.conftest import Visitor
from tests.journeys.live_server import Site, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.keeps_its_own_database,
    pytest.mark.xdist_group("words without end"),
]

NARROW = {"width": 320, "height": 640}
# What residents write, and how long a word without end each field takes.
WORDS = {
    "contribution": {"title": 100, "body": 300},
    "contribution_version": {"body": 300},
    "report": {"message": 300},
    "appeal": {"message": 300},
    "paper_form": {"source": 120, "postal_address": 300, "recorded_anyway": 300},
    "person": {"display_name": 60},
    "participant": {"display_name": 60},
}

Town = tuple[Site, World, list[str]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Gives a town in which every text of a resident is a word without end."""
    folder: Path = tmp_path_factory.mktemp("endless")
    with served(folder) as site:
        site.app.test_client_class = Visitor
        with site.app.app_context():
            world, addresses = a_town_that_wrote_everything(site.app)
            fill_with_words_without_end()
        addresses += [
            world.address(rule.endpoint) for rule in world.rules("GET") if rule.endpoint != "static"
        ]
        yield site, world, list(dict.fromkeys(addresses))


def fill_with_words_without_end() -> None:
    """Puts a word without end in place of everything residents wrote."""
    for name, columns in WORDS.items():
        table = db.metadata.tables[name]
        for column, length in columns.items():
            changed = sa.update(table).where(table.c[column] != "")
            db.session.execute(changed.values({column: "m" * length}))
    db.session.commit()


def opened(browser: Browser, site: Site, who: FlaskClient | None) -> BrowserContext:
    """Opens a narrow window without scripts, signed in as somebody of the town."""
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)  # type: ignore[arg-type]
    cookie = who.get_cookie("participation") if who else None
    if cookie is not None:
        context.add_cookies([{"name": "participation", "value": cookie.value, "url": site.address}])
    return context


def pages_among(site: Site, addresses: list[str], who: FlaskClient | None) -> list[str]:
    """Returns the addresses that are pages for somebody: no file, no refusal, nothing that leads on."""
    with site.app.app_context():
        browser = who or site.app.test_client()
        answers = {one: browser.get(one, buffered=True) for one in addresses}
    return [one for one, got in answers.items() if got.status_code == 200 and got.mimetype == "text/html"]


@pytest.mark.parametrize("who", ["visitor", "everything"])
def test_no_page_scrolls_sideways_for_a_word_without_end(town: Town, browser: Browser, who: str) -> None:
    site, world, addresses = town
    too_wide = {}
    somebody = world.everything if who == "everything" else None
    chosen = [one for one in addresses if (who == "everything") is one.startswith(("/gestion", "/compte"))]

    with opened(browser, site, somebody) as context:
        page = context.new_page()
        for address in pages_among(site, chosen, somebody):
            page.goto(site.address + address)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > NARROW["width"]:
                too_wide[address] = width

    assert too_wide == {}


def test_a_word_of_100_000_letters_is_refused_with_its_text(town: Town, browser: Browser) -> None:
    site, _world, _addresses = town
    word = "x" * 100_000

    with opened(browser, site, None) as context:
        page = context.new_page()
        page.goto(f"{site.address}/consultations/ouverte/commentaire")
        page.locator('textarea[name="body"]').fill(word)
        page.locator('input[name="email"]').fill("claire@mail.example")
        page.locator("#main-form button[type=submit]").last.click()

        assert page.locator(".govuk-error-summary").is_visible()
        assert page.locator('textarea[name="body"]').input_value() == word
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
