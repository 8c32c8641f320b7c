"""Every form is refused in one way: a summary takes the focus, each field says why, no text is lost."""

import re
from collections import defaultdict

import pytest

from tests.architecture.pages_read import Element, PageRead, read
from tests.architecture.world import World
from tests.forms import hidden_fields
from tests.people import PERSONAS

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("world")]

# Sent empty, these are not refused but done: each is a button, or asks for nothing.
NOTHING_REQUIRED = {
    "accounts.confirm_identity",
    "accounts.sign_in_by_link",
    "addresses.confirm",
    "contributions.confirm",
    "manage_projects.adapt",
    "manage_ai_charter.remove_article",
    "manage_projects.remove_point",
    "manage_summaries.texts",
    "notifications.confirm",
    "verifications.code",
    # Nobody of its own: the questions go to the referent of the collectivity.
    "manage_projects.referent",
}
# The button that is pressed, where a page has several.
PRESSED = {"manage_moderation.queue": {"action": "hide"}}
# What a browser sends of a field of this type.
TYPED = {
    "email": "gardee@mail.example",
    "date": "2031-02-03",
    "datetime-local": "2031-02-03T10:30",
    "number": "12",
    "time": "10:30",
}


def test_a_form_sent_empty_says_what_to_correct(world: World) -> None:
    faults = {}
    for endpoint in form_pages(world) - NOTHING_REQUIRED:
        who, address = filled_in_by(world, endpoint), world.address(endpoint)
        sent = {**hidden_fields(world.opened(who, address).text), **PRESSED.get(endpoint, {})}
        answer = world.browsers[who].post(address, data=sent)
        found = (
            [f"answers {answer.status_code}"] if answer.status_code != 422 else faults_in(read(answer.text))
        )
        if found:
            faults[endpoint] = found

    assert faults == {}


def test_a_form_whose_token_is_stale_keeps_everything_typed(world: World) -> None:
    faults = {}
    for endpoint in form_pages(world):
        who, address = filled_in_by(world, endpoint), world.address(endpoint)
        page = world.opened(who, address).text
        typed = filled_in(read(page))
        answer = world.browsers[who].post(
            address, data={**hidden_fields(page), **PRESSED.get(endpoint, {}), **typed, "csrf_token": "stale"}
        )
        found = (
            [f"answers {answer.status_code}"] if answer.status_code != 422 else faults_in(read(answer.text))
        )
        found += [f"loses {name}" for name, values in shown_in(read(answer.text), typed).items() if values]
        if found:
            faults[endpoint] = found

    assert faults == {}


def test_a_form_refused_in_english_says_error_first(world: World) -> None:
    address = f"/en{world.address('accounts.sign_in')}"
    sent = hidden_fields(world.opened("visitor", address).text)

    assert read(world.browsers["visitor"].post(address, data=sent).text).title.startswith("Error: ")


def test_every_exception_is_a_form(world: World) -> None:
    assert {*NOTHING_REQUIRED, *PRESSED} <= form_pages(world)


def form_pages(world: World) -> set[str]:
    """Returns the endpoints that show a form and take it."""
    readable = {rule.endpoint for rule in world.rules("GET")}
    return {rule.endpoint for rule in world.rules("POST")} & readable


def filled_in_by(world: World, endpoint: str) -> str:
    """Returns the first persona for whom the page of a form opens."""
    address = world.address(endpoint)
    return next(who for who in PERSONAS if world.opened(who, address).status_code == 200)


def faults_in(page: PageRead) -> list[str]:
    """Returns what a refused form doesn't do for those who can't see it whole."""
    faults = [] if re.match(r"Erreur\s: ", page.title) else [f"the title is {page.title!r}"]
    faults += [] if page.all("form", id="main-form") else ["no form is the main one"]
    summary = page.error_summary
    if summary is None:
        return [*faults, "the error summary does not come first"]
    if summary.get("tabindex") != "-1" or "autofocus" not in summary.attributes:
        faults.append("the error summary does not take the focus")
    links = [one.get("href").removeprefix("#") for one in page.all("a") if summary in one.around]
    described = {word for one in page.elements for word in one.get("aria-describedby").split()}
    sentences = {one.get("id") for one in page.error_messages}
    faults += [f"the summary leads to #{name}, which is not there" for name in links if name not in page.ids]
    faults += [f"no field says {name}" for name in sentences - described]
    faults += [f"nothing beside {name}" for name in links if f"{name}-error" not in sentences]
    return faults


def filled_in(page: PageRead) -> dict[str, list[str]]:
    """Returns something for each field of the main form: words, every box, the last choice."""
    typed: dict[str, list[str]] = defaultdict(list)
    for control in page.controls:
        name, kind = control.get("name"), control.get("type")
        if kind in ("file", "password"):
            continue
        if kind == "checkbox":
            typed[name].append(control.get("value"))
        elif kind == "radio":
            typed[name] = [control.get("value")]
        elif control.tag == "select":
            typed[name] = [one.get("value") for one in options_of(page, control)][-1:]
        else:
            typed[name] = [TYPED.get(kind, f"gardé:{name}")]
    return dict(typed)


def shown_in(page: PageRead, typed: dict[str, list[str]]) -> dict[str, set[str]]:
    """Returns, of what was typed, what the page no longer shows."""
    shown: dict[str, set[str]] = defaultdict(set)
    for control in page.controls:
        shown[control.get("name")] |= set(values_of(page, control))
    return {name: set(values) - shown[name] for name, values in typed.items()}


def values_of(page: PageRead, control: Element) -> list[str]:
    """Returns what a field holds."""
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value")] if "checked" in control.attributes else []
    if control.tag == "select":
        return [one.get("value") for one in options_of(page, control) if "selected" in one.attributes]
    return [control.text.strip() if control.tag == "textarea" else control.get("value")]


def options_of(page: PageRead, select: Element) -> list[Element]:
    return [one for one in page.all("option") if select in one.around]
