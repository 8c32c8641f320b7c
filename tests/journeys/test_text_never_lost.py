"""Writing while the site fails, in a browser without scripts: nothing is lost, and it counts once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page

from participation.contributions.models import PendingSubmission
from participation.foundation.database import db
from participation.web import maintenance
from tests.architecture.typed_texts import long_text, with_plain_breaks
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation
from tests.journeys.accessibility import barriers
from tests.journeys.live_server import Site, served
from tests.people import a_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.keeps_its_own_database,
    pytest.mark.xdist_group("text never lost"),
]

WORDS = with_plain_breaks(long_text("body"))
SHORT = WORDS[:1900].rstrip()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """Serves a town with one open consultation."""
    folder: Path = tmp_path_factory.mktemp("lost")
    with served(folder) as site:
        with site.app.app_context():
            an_open_consultation(slug="ouverte")
            db.session.commit()
            engine = db.engine
        sa.event.listen(engine, "connect", _wait_less)
        yield site, folder


def _wait_less(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA busy_timeout=50").close()


@pytest.fixture
def writer(town: tuple[Site, Path], new_context: object) -> Page:
    """Gives somebody who has filled in the opinion form."""
    page: Page = new_context().new_page()  # type: ignore[operator]
    page.goto(f"{town[0].address}/consultations/ouverte/avis")
    page.locator('[name="choice"][value="opposed"]').check()
    page.locator('[name="body"]').fill(SHORT)
    page.locator('[name="email"]').fill("claire@mail.example")
    return page


def send(page: Page) -> None:
    page.locator('#main-form button[type="submit"]').last.click()


def words_on(page: Page) -> str:
    return page.locator('[name="body"]').input_value()


def held(site: Site) -> int:
    with site.app.app_context():
        return db.session.query(PendingSubmission).count()


def test_a_maintenance_is_waited_for_with_the_text_on_the_page(town: tuple[Site, Path], writer: Page) -> None:
    site, _folder = town
    with site.app.app_context():
        before = db.session.query(PendingSubmission).count()
        maintenance.switch(on=True)
    send(writer)
    assert words_on(writer) == SHORT
    assert barriers(writer) == []
    send(writer)
    assert words_on(writer) == SHORT
    with site.app.app_context():
        maintenance.switch(on=False)

    send(writer)

    assert writer.url.endswith("/a-confirmer")
    assert held(site) == before + 1


def test_a_locked_database_is_waited_for_with_the_text_on_the_page(
    town: tuple[Site, Path], writer: Page
) -> None:
    site, folder = town
    before = held(site)
    with closing(sqlite3.connect(folder / "journey.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        send(writer)
        other.execute("ROLLBACK")
    assert words_on(writer) == SHORT
    assert barriers(writer) == []

    send(writer)

    assert writer.url.endswith("/a-confirmer")
    assert held(site) == before + 1


def test_five_thousand_characters_come_back_with_how_many_are_too_many(writer: Page) -> None:
    writer.locator('[name="body"]').fill(WORDS)
    send(writer)

    assert words_on(writer) == WORDS
    assert "il y en a 4" in writer.locator(".govuk-error-summary").inner_text()


def test_a_session_that_ended_is_opened_again_beside_the_text(
    town: tuple[Site, Path], browser: Browser, new_context: object
) -> None:
    site, _folder = town
    with site.app.app_context():
        cookie = a_browser(site.app, a_person()).get_cookie("participation")
    assert cookie is not None
    context: BrowserContext = new_context()  # type: ignore[operator]
    signed_in = {"name": "participation", "value": cookie.value, "url": site.address}
    context.add_cookies([signed_in])
    page = context.new_page()
    page.goto(f"{site.address}/compte/nom")
    page.locator('[name="display_name"]').fill("Un nom de 🏳️‍🌈 plume")
    context.clear_cookies()
    page.locator('#main-form button[type="submit"]').last.click()
    assert page.locator('[name="display_name"]').input_value() == "Un nom de 🏳️‍🌈 plume"
    assert barriers(page) == []

    with context.expect_page() as opened:
        page.get_by_role("link", name="Se connecter (dans un nouvel onglet)").click()

    assert opened.value.url.endswith("/connexion")
    assert page.locator('[name="display_name"]').input_value() == "Un nom de 🏳️‍🌈 plume"
