"""Every text field takes hostile words whole or refuses them, shows them as words, and loses none."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from participation.foundation import text
from participation.foundation.database import db
from tests.architecture.hostile_words import NO_DATES, NO_NUMBERS, WORDS
from tests.architecture.inert import active_in, faults_in
from tests.architecture.pages_read import Element, PageRead, read
from tests.architecture.test_forms import PRESSED, TYPED, filled_in_by, form_pages, options_of, values_of
from tests.architecture.world import World
from tests.forms import hidden_fields

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("world")]

Rounds = Callable[[int, int], int]
ENCODED = "application/x-www-form-urlencoded"
# Around each text, so that it is found in whatever was written.
FENCE = "zqq"
# What is made of a text for addresses and lists, beside the text itself.
MADE_OF_TEXTS = ("slug", "key", "next_path", "source_key", "article_key")


class Form:
    """One form of the town, its fields, and whoever may fill it in."""

    def __init__(self, world: World, endpoint: str) -> None:
        self.world, self.endpoint = world, endpoint
        self.who, self.address = filled_in_by(world, endpoint), world.address(endpoint)
        html = world.opened(self.who, self.address).text
        page = read(html)
        self.hidden = {**hidden_fields(html), **PRESSED.get(endpoint, {})}
        self.others = _others_in(page)
        self.texts = [one.get("name") for one in page.controls if _takes_words(one)]
        self.dates = _of_type(page, "date", "datetime-local", "time")
        self.numbers = _of_type(page, "number") + _with(page, "numeric")

    def send(self, **fields: Any) -> TestResponse:
        """Sends it with these fields; the others as a hurried person would fill them in."""
        plain = dict.fromkeys(self.texts, f"{FENCE} mots {FENCE}")
        return self.post({**self.hidden, **self.others, **plain, **fields})

    def post(self, data: Any, **how: Any) -> TestResponse:
        """Sends something from the browser of that person, who stays signed in as nothing is written."""
        browser = self.world.browsers[self.who]
        before = browser.get_cookie("participation")
        answer = browser.post(self.address, data=data, **how)
        if before is not None:
            browser.set_cookie("participation", before.value)
        return answer


def _takes_words(one: Element) -> bool:
    if one.tag == "textarea":
        return True
    return one.tag == "input" and one.get("type") in ("", "text", "search", "tel", "url")


def _of_type(page: PageRead, *kinds: str) -> list[str]:
    return [one.get("name") for one in page.controls if one.get("type") in kinds]


def _with(page: PageRead, mode: str) -> list[str]:
    return [one.get("name") for one in page.controls if one.get("inputmode") == mode]


def _others_in(page: PageRead) -> dict[str, list[str]]:
    """Returns what is chosen, ticked or dated already, else the last choice or a plain day."""
    filled: dict[str, list[str]] = defaultdict(list)
    for one in page.controls:
        name, kind = one.get("name"), one.get("type")
        if kind in ("radio", "checkbox"):
            filled[name] = [*filled[name], *values_of(page, one)] or [one.get("value")]
        elif one.tag == "select":
            filled[name] = values_of(page, one) or [two.get("value") for two in options_of(page, one)][-1:]
        elif kind in TYPED:
            filled[name] = [one.get("value") or TYPED[kind]]
    return dict(filled)


@pytest.fixture(scope="module")
def built_forms(built_world: World) -> list[Form]:
    with built_world.app.app_context():
        return [Form(built_world, endpoint) for endpoint in sorted(form_pages(built_world))]


@pytest.fixture
def forms(built_forms: list[Form], world: World) -> list[Form]:
    """Gives every form of the town to a test, which runs in a context of the town."""
    return built_forms


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Gives what would have been written, column by column; nothing is."""
    written: list[tuple[str, str]] = []

    def note_and_forget() -> None:
        db.session.flush()
        for row in db.session.identity_map.values():
            for column in row.__table__.columns:
                value = row.__dict__.get(column.name)
                written.extend((f"{row.__table__.name}.{column.name}", one) for one in _texts_in(value))
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", note_and_forget)
    return written


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(one)


def spellings(words: str) -> set[str]:
    """Returns what the words may have become: cleaned, as a name, in one line, as a figure without spaces."""
    cleaned = text.clean(words)
    name, figure = text.clean(text.name_of(words)), text.clean("".join(words.split()))
    return {one for form in (cleaned, name, figure) for one in (form, form.replace("\n", " "))}


def fenced(words: str) -> str:
    return f"{FENCE} {words} {FENCE}"


def lost_from(page: PageRead, sent: dict[str, str]) -> list[str]:
    """Returns the fields that no longer show what was typed into them, cleaned."""
    shown: dict[str, set[str]] = defaultdict(set)
    for one in page.all("textarea", "input"):
        value = one.text.removeprefix("\n") if one.tag == "textarea" else one.get("value")
        # What is no date is shown again as it came.
        shown[one.get("name")] |= {value, text.clean(value), text.clean(value).replace("\n", " ")}
    return [name for name, words in sent.items() if not spellings(words) & shown[name]]


def is_whole(column: str, value: str, sent: dict[str, str]) -> bool:
    """Tells whether a written text with the fence in it holds one of the texts as they were sent."""
    if column.split(".")[1] in MADE_OF_TEXTS:
        return True
    return any(one in value for words in sent.values() for one in spellings(words))


def faults_of(form: Form, sent: dict[str, str], written: list[tuple[str, str]], **others: Any) -> list[str]:
    """Sends words into a form; returns what is wrong with its answer or with what it wrote."""
    written.clear()
    answer = form.send(**sent, **others)
    faults = faults_in(answer)
    if answer.status_code >= 400:
        faults += [f"{answer.status_code} loses {name}" for name in lost_from(read(answer.text), sent)]
    for column, value in written:
        if FENCE in value and not is_whole(column, value, sent):
            faults.append(f"{column} holds {value[:80]!r}")
    return faults


RUNS = [name for name, words in WORDS.items() if "<" in words and name not in ("A14 template", "references")]


@pytest.mark.parametrize("name", RUNS)
def test_what_would_run_would_be_found(name: str) -> None:
    assert active_in(read(f"<p>{WORDS[name]}</p>"))


def test_most_forms_take_words(forms: list[Form]) -> None:
    assert len(forms) > 50
    assert sum(len(form.texts) for form in forms) > 70


def test_hostile_words_are_kept_whole_and_shown_as_words(
    forms: list[Form], written: list[tuple[str, str]], rounds: Rounds
) -> None:
    faults, every, stored = {}, list(WORDS), set()
    # In full, each word comes into each field; otherwise each field meets a few of them, other ones each.
    for place, form in enumerate(one for one in forms if one.texts):
        for turn in range(rounds(3, len(every))):
            names = [every[(place * 5 + turn * 17 + n * 3) % len(every)] for n, _ in enumerate(form.texts)]
            if rounds(0, 1):
                names = [every[turn]] * len(form.texts)
            sent = {field: fenced(WORDS[name]) for field, name in zip(form.texts, names, strict=True)}
            if found := faults_of(form, sent, written):
                faults[f"{form.endpoint} {names[:4]}"] = found
            stored |= {form.endpoint for _column, value in written if FENCE in value}

    assert faults == {}
    assert len(stored) > 15, stored


def test_all_hostile_words_together_come_back_when_the_form_is_refused(forms: list[Form]) -> None:
    everything, faults = fenced(" ".join(WORDS.values())), {}
    for form in forms:
        sent = dict.fromkeys(form.texts, everything)
        answer = form.send(**sent, csrf_token="stale")
        page = read(answer.text)
        found = [*active_in(page), *(f"loses {name}" for name in lost_from(page, sent))]
        if answer.status_code != 422 or found:
            faults[form.endpoint] = (answer.status_code, found)

    assert faults == {}


def test_words_that_nobody_can_see_are_an_empty_field(
    forms: list[Form], written: list[tuple[str, str]]
) -> None:
    faults = {}
    for form in forms:
        nothing = dict.fromkeys(form.texts, WORDS["C03 nothing to see"])
        answers = [form.send(**dict.fromkeys(form.texts, one)).status_code for one in ("", *nothing.values())]
        if len(set(answers)) != 1:
            faults[form.endpoint] = answers

    assert faults == {}


@pytest.mark.parametrize("body", ["%ff%fe", "%c0%af", "%ed%a0%80", "a%00b", "%f5%80%80%80"])
def test_what_is_no_text_is_no_fault_of_ours(forms: list[Form], body: str) -> None:
    faults = {}
    for form in (one for one in forms if one.texts):
        pairs = "&".join(
            [f"csrf_token={form.hidden.get('csrf_token', '')}", *(f"{n}={body}" for n in form.texts)]
        )
        answer = form.world.browsers[form.who].post(
            form.address, data=pairs, content_type="application/x-www-form-urlencoded"
        )
        if found := faults_in(answer):
            faults[form.endpoint] = found

    assert faults == {}


@pytest.mark.parametrize("value", ["a\x00b", "\ufdfa" * 999, "9" * 400, "'", "../../x"])
def test_what_no_list_offers_is_no_fault_of_ours(forms: list[Form], value: str) -> None:
    faults = {}
    for form in forms:
        chosen = [*form.others, *(name for name in form.hidden if name != "csrf_token"), "ticked", "letters"]
        # Twice each; a pair in brackets would be sent as a file.
        if found := faults_in(form.send(**{name: [value, value] for name in chosen})):
            faults[form.endpoint] = found

    assert faults == {}


def test_a_word_without_end_is_refused_and_kept(forms: list[Form]) -> None:
    word, faults = "x" * 100_000, {}
    # What is typed into the field that people never meet is noted, and kept nowhere.
    for form in (one for one in forms if set(one.texts) - {"detail"}):
        answer = form.send(**dict.fromkeys(form.texts, word))
        if answer.status_code not in (422, 409, 413) or word not in answer.text:
            faults[form.endpoint] = answer.status_code

    assert faults == {}


@pytest.mark.parametrize(("kind", "values"), [("numbers", NO_NUMBERS), ("dates", NO_DATES)])
def test_what_is_no_number_or_no_day_is_never_taken_for_one(
    forms: list[Form], written: list[tuple[str, str]], kind: str, values: tuple[str, ...], rounds: Rounds
) -> None:
    faults, met = {}, 0
    for form in forms:
        for field in getattr(form, kind):
            met += 1
            for value in values:
                if not value.strip():
                    continue
                answer = form.send(**{field: value})
                if answer.status_code != 422:
                    faults[f"{form.endpoint} {field} {value[:20]}"] = answer.status_code

    assert met > 1
    assert faults == {}


def test_the_signs_that_end_a_line_are_counted_as_one(forms: list[Form]) -> None:
    # A browser sends two characters for a line break.
    [form] = [one for one in forms if one.endpoint == "contributions.comment"]
    longest = "é\r\n" * 999 + "ab"

    taken, refused = (form.send(body=words) for words in (longest, longest + "c"))

    assert (taken.status_code, refused.status_code) == (302, 422)
    assert re.search(r"2\s001", refused.text)
