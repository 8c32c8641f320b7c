"""What people wrote says its language: on an English page a screen reader reads it with its voice."""

import re
from html.parser import HTMLParser

from flask import Flask

from participation.foundation.database import db
from tests.architecture.marks import mark_every_text
from tests.architecture.pages_read import VOID
from tests.architecture.world import World
from tests.architecture.written import a_town_that_wrote_everything

# Where no element can say a language, or where the words are those being typed.
CANNOT_SAY = {"title", "option", "textarea"}
MARK = re.compile(r"zq[a-z]+z")


def test_every_text_says_its_language_on_pages_in_english(app: Flask) -> None:
    world, addresses = a_town_that_wrote_everything(app)
    marks = mark_every_text()
    addresses += [world.address(rule.endpoint) for rule in world.rules("GET") if rule.endpoint != "static"]

    read = [(address, *text) for address in addresses for text in texts_at(world, f"/en{address}")]
    # A reference drawn at random may look like a mark.
    found = [one for one in read if one[1] in marks]

    assert sorted({f"{mark} at {address}" for address, mark, language in found if language != "fr"}) == []
    # None of the marks was left unread by these pages.
    assert sorted(marks - {mark for _address, mark, _language in found}) == []


def texts_at(world: World, address: str) -> list[tuple[str, str]]:
    """Returns each mark on a page with the language said around it, as somebody of the town may read it."""
    read = []
    for browser in (world.everything, world.browsers["resident"]):
        answer = browser.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            reader = Languages()
            reader.feed(answer.text)
            read += reader.found
        db.session.remove()
    return read


class Languages(HTMLParser):
    """Reads the marks of a page with the nearest language said around each."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.around.append((tag, dict(attrs).get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (name, _said) in enumerate(self.around) if name == tag]
        if places:
            del self.around[places[-1] :]

    def handle_data(self, data: str) -> None:
        if not CANNOT_SAY.intersection(name for name, _said in self.around):
            language = next((said for _name, said in reversed(self.around) if said), "")
            self.found += [(mark, language) for mark in MARK.findall(data)]
