"""Reading the demo town for the first time, on a screen of 320 px."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from participation.demo.build import build_town
from tests.journeys.accessibility import barriers
from tests.journeys.live_server import Site, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.keeps_its_own_database,
    pytest.mark.xdist_group("narrow screens"),
]

NARROW = 320
HEAVIEST = 60_000
MOST_REQUESTS = 10

READING = (
    "/",
    "/projets",
    "/projets/assistant-vocal",
    "/projets/assistant-vocal/dossier",
    "/projets/assistant-vocal/versions",
    "/projets/assistant-vocal/versions/2",
    "/projets/assistant-vocal/versions/1/dossier",
    "/projets/assistant-vocal/versions/1..3",
    "/projets/assistant-vocal/questions",
    "/projets/assistant-vocal/droit",
    "/projets?role=information&etape=in_consultation",
    "/collectivites/villeneuve-sur-lys/charte",
    "/donnees/dossiers",
    "/inventaire",
    "/projets/capteurs-sonores",
    "/projets/places-creche",
    "/consultations",
    "/consultations/assistant-vocal",
    "/consultations/assistant-vocal/questionnaire",
    "/consultations/assistant-vocal/questionnaire?grands-caracteres=1",
    "/consultations/cantines",
    "/consultations/capteurs-sonores/synthese",
    "/decisions",
    "/collectivites/villeneuve-sur-lys",
    "/moderation",
    "/comment-ca-marche",
    "/glossaire",
    "/mentions-legales",
    "/donnees-personnelles",
    "/accessibilite",
    "/en/projets/assistant-vocal",
)
# Found by their first link on another page: their addresses are drawn at random.
LINKED = {"/decisions": "/decisions/", "/projets/assistant-vocal": "/contributions/"}
WRITING = ("/consultations/assistant-vocal/avis", "/consultations/assistant-vocal/commentaire", "/connexion")


@dataclass(frozen=True)
class Visit:
    """What somebody's first visit to one page came to."""

    status: int
    width: int
    bytes: int
    requests: int
    cookies: int
    barriers: list[str]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("town")
    with served(folder, DEMO=True) as site:
        build_town(site.app)
        yield site


@pytest.fixture(scope="module")
def visits(town: Site, browser: Browser, browser_context_args: dict[str, Any]) -> dict[str, Visit]:
    """Visits every page once, each as somebody who has never come."""
    settings = {**browser_context_args, "viewport": {"width": NARROW, "height": 640}}
    addresses = [*READING, *(_linked(town, browser, *one) for one in LINKED.items()), *WRITING]
    return {address: _visit(town, browser, settings, address) for address in addresses}


def test_no_page_scrolls_sideways(visits: dict[str, Visit]) -> None:
    assert {visit.status for visit in visits.values()} == {200}
    assert {address: visit.width for address, visit in visits.items() if visit.width > NARROW} == {}


def test_no_page_has_a_barrier(visits: dict[str, Visit]) -> None:
    assert {address: visit.barriers for address, visit in visits.items() if visit.barriers} == {}


def test_reading_leaves_no_cookie(visits: dict[str, Visit]) -> None:
    reading = {address: visit.cookies for address, visit in visits.items() if address not in WRITING}

    assert len(reading) == len(READING) + len(LINKED)
    assert {address for address, cookies in reading.items() if cookies} == set()


def test_a_first_visit_is_light(visits: dict[str, Visit]) -> None:
    assert {address: visit.bytes for address, visit in visits.items() if visit.bytes > HEAVIEST} == {}
    assert {
        address: visit.requests for address, visit in visits.items() if visit.requests > MOST_REQUESTS
    } == {}


def test_the_list_is_filtered_and_unfiltered_without_a_script(town: Site, page: Page) -> None:
    page.goto(f"{town.address}/projets")
    every = page.locator("article.card").count()

    page.locator('form.facets input[name="etape"][value="in_consultation"]').check()
    page.locator('form.facets input[name="role"][value="information"]').check()
    page.locator("form.facets button").click()
    kept = page.locator("article.card")
    address = page.url
    chosen = page.locator('form.facets input[name="role"][value="information"]')

    assert 0 < kept.count() < every
    assert "etape=in_consultation" in address and "role=information" in address
    assert chosen.is_checked()
    page.go_back()
    assert page.locator("article.card").count() == every


def test_a_difference_is_read_word_by_word_without_a_script(town: Site, page: Page) -> None:
    page.goto(f"{town.address}/projets/assistant-vocal/versions")
    page.locator('main a[href$="/versions/5"]').first.click()

    assert page.locator("ins").first.inner_text().strip()
    page.locator('main [name="de"]').fill("1")
    page.locator('main [name="a"]').fill("5")
    page.get_by_role("button", name="Comparer").click()
    assert page.url.endswith("/versions/1..5")
    assert page.locator("ins").count() > 3 and page.locator("del").count() > 0


def test_a_barrier_would_be_found(page: Page) -> None:
    page.set_content('<html lang="fr"><title>Page</title><main><h1>Page</h1><img src="x.png"></main></html>')

    assert any(line.startswith("image-alt") for line in barriers(page))


def _linked(town: Site, browser: Browser, address: str, path: str) -> str:
    with browser.new_page(java_script_enabled=False) as page:
        page.goto(town.address + address)
        links = page.locator(f'main a[href^="{path}"]').all()
        paths = [urlsplit(str(link.get_attribute("href"))).path for link in links]
    return next(one for one in paths if "/" not in one.removeprefix(path))


def _visit(town: Site, browser: Browser, settings: dict[str, Any], address: str) -> Visit:
    finished: list[Request] = []
    with browser.new_context(**settings) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: finished.append(request))
        response = page.goto(town.address + address, wait_until="load")
        sizes = [request.sizes() for request in finished]
        return Visit(
            status=response.status if response else 0,
            width=page.evaluate("document.documentElement.scrollWidth"),
            bytes=sum(one["responseHeadersSize"] + one["responseBodySize"] for one in sizes),
            requests=len(finished),
            cookies=len(context.cookies()),
            barriers=barriers(page),
        )
