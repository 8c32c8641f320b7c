"""A real browser (French, scripts off) before a real server: fixtures of the tests that walk the pages."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import BrowserContext

from scripts.find_chromium import ADVICE, find
from tests.journeys import residents
from tests.journeys.keyboard import KeyboardWindow
from tests.journeys.live_server import Site, served
from tests.journeys.window import Window

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Says which Chromium to start; without one these tests are skipped, on a CI they fail."""
    path = find()
    if path is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(ADVICE)
    return {"args": list(QUIET), **({"executable_path": path} if path else {})}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """Says how each window is opened: nothing needs a script."""
    return {"java_script_enabled": False, "locale": "fr-FR", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An installation without anybody, at an address of its own."""
    with served(tmp_path) as site:
        yield site


@pytest.fixture
def town(site: Site) -> Site:
    """The town, with nobody of a story of residents in it yet."""
    residents.build(site)
    return site


@pytest.fixture
def clock_hands() -> Iterator[time_machine.Traveller]:
    """Lets a test move the time of everybody; it goes on by itself in between."""
    with time_machine.travel(datetime.now(UTC), tick=True) as hands:
        yield hands


@pytest.fixture
def open_window(new_context: Callable[..., BrowserContext], site: Site) -> Callable[[], Window]:
    """Returns a function that gives one more person a browser of their own."""
    return lambda: Window(new_context().new_page(), site)


@pytest.fixture
def open_phone(new_context: Callable[..., BrowserContext], site: Site) -> Callable[[], Window]:
    """Returns a function that gives one more person a phone; each page must fit an even smaller one."""

    def open_it() -> Window:
        page = new_context(has_touch=True).new_page()
        page.set_viewport_size({"width": 360, "height": 740})
        return Window(page, site, narrowest=320)

    return open_it


@pytest.fixture
def open_keyboard(new_context: Callable[..., BrowserContext], site: Site) -> Callable[[], Window]:
    """Returns a function that gives one more person a browser and a keyboard, but no mouse."""
    return lambda: KeyboardWindow(new_context().new_page(), site)
