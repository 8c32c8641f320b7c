"""Hostile words in every column that people fill in: each page, file and mail shows them as words."""

import json
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from participation.contributions.models import Contribution, ContributionVersion
from participation.foundation import clock
from participation.foundation.database import db
from tests.architecture.hostile_words import EVERYWHERE
from tests.architecture.inert import faults_in, words_of
from tests.architecture.marks import mark_every_text
from tests.architecture.pages_read import read
from tests.architecture.world import World
from tests.architecture.written import a_town_that_wrote_everything
from tests.factories.contributions import a_contribution

# What people fill in besides the texts that say their language: names, functions, addresses, paper, files.
ALSO_WRITTEN = {
    "collectivity": (
        "name",
        "display_name",
        "address",
        "telephone",
        "opening_hours",
        "publication_director",
        "host",
        "data_protection_contact",
    ),
    "person": ("display_name",),
    "participant": ("display_name",),
    "membership": ("function",),
    "invitation": ("function",),
    "session": ("device",),
    "access_record": ("looked_by",),
    "verification": ("revocation_reason",),
    "known_network": ("reason",),
    "suspect_series": ("reason",),
    "project": ("imported_from", "adapted_body", "register_source", "photo_alternative"),
    "register_import": ("file_name", "register"),
    "charter_statement": ("reason", "stated_by"),
    "dossier_answer": ("claim", "claim_source", "answered_by"),
    "open_point": ("source",),
    "precedent": ("title", "text", "source", "dated"),
    "contribution": ("spoken_as",),
    "contribution_version": ("body",),
    "paper_form": ("source", "postal_address", "recorded_anyway", "ending_reason"),
    "decision_version": ("act_number",),
    "service_answer": ("body",),
    "reported_total": ("label",),
}
# Empty in the small town: filled in here.
EMPTY = {
    "collectivity": ALSO_WRITTEN["collectivity"],
    "session": ("device",),
    "project": ("photo_alternative",),
    "decision_version": ("act_number",),
    "paper_form": ("recorded_anyway", "postal_address"),
}
# Nothing of these is in the town, or only what was published of them is shown: marked there, in the snapshot.
ON_NO_PAGE = {
    "zqcharterstatementstatedbyz",
    "zqdossieransweransweredbyz",
    "zqdossieranswerclaimsourcez",
    "zqdossieranswerclaimz",
    "zqpaperformendingreasonz",
    # On letters that staff print: tests/contributions/paper/test_pages_of_forms.py.
    "zqpaperformpostaladdressz",
    "zqprecedentdatedz",
    "zqprecedentsourcez",
    "zqprecedenttextz",
    "zqprecedenttitlez",
    "zqprojectregistersourcez",
    "zqreportedtotallabelz",
    "zqserviceanswerbodyz",
    "zqsuspectseriesreasonz",
    "zqverificationrevocationreasonz",
}
HEADERS = {
    "subject",
    "from",
    "to",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-language",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-id",
    "precedence",
    "reply-to",
}


Town = tuple[World, list[str], set[str]]


@pytest.fixture
def town(app: Flask) -> Town:
    """Gives the town with hostile words in each column, the addresses of its pages, the marks of columns."""
    world, addresses = a_town_that_wrote_everything(app)
    said = db.session.query(Contribution).filter_by(ref=world.things["contributions"]["ref"]).one()
    edited = a_contribution(said.consultation)
    db.session.add(
        ContributionVersion(contribution_id=edited.id, number=1, body="Avant", written_at=clock.now())
    )
    edited.edited_at = clock.now()
    a_contribution(said.consultation, spoken_as="Adjointe au maire")
    for name, columns in EMPTY.items():
        table = db.metadata.tables[name]
        for column in columns:
            db.session.execute(sa.update(table).where(table.c[column] == "").values({column: "Rempli"}))
    db.session.commit()
    addresses.append(f"/contributions/{edited.ref}/versions")
    written = mark_every_text(EVERYWHERE, ALSO_WRITTEN)
    addresses += [world.address(rule.endpoint) for rule in world.rules("GET") if rule.endpoint != "static"]
    return world, list(dict.fromkeys(addresses)), written


def test_hostile_words_of_every_column_are_words_on_every_page(town: Town) -> None:
    world, addresses, written = town
    faults, whole = {}, set()
    for address in addresses:
        for who, browser in (("everything", world.everything), ("resident", world.browsers["resident"])):
            answer = browser.get(address, buffered=True)
            if found := faults_in(answer):
                faults[f"{address} as {who}"] = found
            whole |= marks_before_the_words(answer)
            db.session.remove()

    assert faults == {}
    assert sorted(written - whole) == sorted(ON_NO_PAGE)


def marks_before_the_words(answer: TestResponse) -> set[str]:
    """Returns the marks that the hostile words follow, to the letter, as somebody reads the answer."""
    if answer.mimetype == "text/html":
        said = words_of(read(answer.text))
    elif answer.mimetype.endswith("json"):
        said = "\n".join(_strings_in(json.loads(answer.text)))
    else:
        return set()
    return set(re.findall(rf"(zq[a-z]+z) {re.escape(EVERYWHERE)}", said))


def _strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings_in(one)


def test_hostile_words_of_every_column_are_words_in_mails(town: Town, mails: Callable[[], list[str]]) -> None:
    letters = [message_from_bytes(one.encode(), policy=policy.default) for one in mails()]

    assert len(letters) > 5
    for letter in letters:
        assert {name.lower() for name in letter} <= HEADERS, letter
        assert letter.get_content_type() == "text/plain"
        assert (
            "\n" not in str(letter["Subject"]) and "@" in str(letter["To"]) and "," not in str(letter["To"])
        )
    assert [one for one in letters if EVERYWHERE in " ".join(one.get_content().split())]
