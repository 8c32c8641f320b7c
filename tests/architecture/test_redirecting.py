"""Whatever is recorded is answered by a redirect: refreshing the page that follows sends nothing again."""

import pytest
from werkzeug.test import TestResponse

from participation.foundation.database import db
from tests.architecture.pages_read import read
from tests.architecture.test_forms import PRESSED, filled_in, filled_in_by, form_pages
from tests.architecture.world import World
from tests.forms import hidden_fields

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("world")]

# What only the answer shows and no page may keep: an address, a scan, letters to print, each time noted anew.
# A mail program unsubscribes with one request that nobody looks at (RFC 8058).
SHOWN_IN_THE_ANSWER = {
    "manage_letters.list",
    "manage_paper.scan",
    "manage_privacy.address",
    "notifications.unsubscribe_now",
}


def test_every_form_that_records_something_redirects(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[int] = []

    def undo_instead() -> None:
        commits.append(1)
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", undo_instead)
    redirected, faults = set(), {}
    for rule in world.rules("POST"):
        commits.clear()
        answer = _sent(world, rule.endpoint)
        if commits and answer.status_code not in (302, 303):
            faults[rule.endpoint] = answer.status_code
        elif commits:
            redirected.add(rule.endpoint)

    assert set(faults) == SHOWN_IN_THE_ANSWER, faults
    assert len(redirected) > 20


def _sent(world: World, endpoint: str) -> TestResponse:
    """Fills in a form and sends it; what has no page of its own is a button."""
    has_page, address = endpoint in form_pages(world), world.address(endpoint)
    who = filled_in_by(world, endpoint) if has_page else "administrator"
    page = world.opened(who, address if has_page else "/compte/nom").text
    typed = filled_in(read(page)) if has_page else {}
    # Another window of the same browser: signing out in it doesn't end the session of the first.
    window, cookie = world.app.test_client(), world.browsers[who].get_cookie("participation")
    if cookie is not None:
        window.set_cookie("participation", cookie.value)
    return window.post(address, data={**hidden_fields(page), **typed, **PRESSED.get(endpoint, {})})
