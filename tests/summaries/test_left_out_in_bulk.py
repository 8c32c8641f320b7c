"""Hundreds of contributions at once: found, listed with a reason, undone, sorted; and read in pages."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.contributions.models import Kind, Visibility
from participation.foundation.database import db
from participation.summaries.actions import mark_orphans, publish_summary
from participation.summaries.models import OrphanReason
from participation.summaries.queries import (
    BENCH_PAGE,
    count_left,
    count_unsorted,
    draft_of,
    orphan_counts,
    theme_sizes,
)
from tests.factories.consultations import a_closed_consultation
from tests.factories.contributions import a_contribution
from tests.factories.summaries import a_finding, a_moderator_for, a_summary, a_theme, town_of
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
MANY = BENCH_PAGE + 5


@pytest.fixture
def consultation(visitor: FlaskClient, sign_in: SignIn) -> Consultation:
    """Gives a closed consultation whose moderator is signed in."""
    consultation = a_closed_consultation(slug="voix")
    sign_in(visitor, a_moderator_for(consultation).person)
    return consultation


def bench(consultation: Consultation, page: str) -> str:
    return f"/en/gestion/{town_of(consultation).slug}/syntheses/voix/{page}"


def press(visitor: FlaskClient, address: str, **fields: Any) -> int:
    """Sends the form of a list with all it carries; returns the status."""
    return post_form(visitor, address, **fields).status_code


def listed(consultation: Consultation) -> dict[OrphanReason, int]:
    draft = draft_of(consultation)
    return orphan_counts(draft).by_reason if draft else {}


def many(consultation: Consultation, *, count: int = MANY) -> None:
    for number in range(count):
        a_contribution(consultation, body=f"La piscine, encore ({number}).")


def test_all_that_are_shown_are_listed_by_one_press(visitor: FlaskClient, consultation: Consultation) -> None:
    many(consultation)

    status = press(visitor, bench(consultation, "sans-constat"), reason="off_topic", reach="shown")

    assert status == 302
    assert listed(consultation) == {OrphanReason.OFF_TOPIC: BENCH_PAGE}


def test_a_whole_list_found_by_words_is_listed_by_one_press(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    many(consultation)
    other = a_contribution(consultation, body="Le prix ?")

    status = press(visitor, bench(consultation, "sans-constat?q=PISCINE"), reason="off_topic", reach="all")

    assert status == 302
    assert listed(consultation) == {OrphanReason.OFF_TOPIC: MANY}
    assert other.ref in visitor.get(bench(consultation, "sans-constat")).text


def test_a_list_that_has_changed_since_is_refused(visitor: FlaskClient, consultation: Consultation) -> None:
    many(consultation, count=2)

    status = press(visitor, bench(consultation, "sans-constat"), reason="duplicate", reach="all", total="1")

    assert status == 422 and listed(consultation) == {}


def test_lists_are_filtered_by_theme_and_by_kind(visitor: FlaskClient, consultation: Consultation) -> None:
    sorted_one = a_contribution(consultation)
    experience = a_contribution(consultation, kind=Kind.EXPERIENCE)
    proposal = a_contribution(consultation, source_key="proposal:7")
    theme = a_theme(consultation, sorted_one)
    found = {}

    for query in (f"theme={theme.id}", "theme=none", "kind=experience", "kind=proposal", "kind=comment"):
        page = visitor.get(bench(consultation, f"sans-constat?{query}")).text
        found[query.partition("=")[2]] = [
            one for one in (sorted_one, experience, proposal) if f"/contributions/{one.ref}" in page
        ]

    assert list(found.values()) == [
        [sorted_one],
        [experience, proposal],
        [experience],
        [proposal],
        [sorted_one],
    ]


def test_what_was_listed_last_is_undone_together(visitor: FlaskClient, consultation: Consultation) -> None:
    many(consultation, count=3)
    other = a_contribution(consultation, body="Le prix ?")
    page = bench(consultation, "sans-constat")
    press(visitor, page, reason="duplicate", refs=[other.ref])
    press(visitor, page, reason="off_topic", reach="all")
    moment = unescape(re.findall(r'name="listed_at" value="([^"]*)"', visitor.get(page).text)[0])

    undone = press(visitor, page, to=f"{page}/reprendre", listed_at=moment)
    again = press(visitor, page, to=f"{page}/reprendre", listed_at=moment)

    assert (undone, again) == (302, 302)
    assert listed(consultation) == {OrphanReason.DUPLICATE: 1}
    assert count_left(consultation.id, draft_of(consultation)) == 3


def test_what_is_listed_is_filtered_by_reason_and_taken_back(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    summary = a_summary(consultation)
    one, two = a_contribution(consultation), a_contribution(consultation)
    mark_orphans(summary, [one], reason=OrphanReason.DUPLICATE)
    mark_orphans(summary, [two], reason=OrphanReason.OFF_TOPIC)
    address = bench(consultation, "sans-constat/liste?reason=off_topic")

    page = visitor.get(address).text
    press(visitor, address, to=bench(consultation, "sans-constat/reprendre?reason=off_topic"), reach="all")

    assert two.ref in page and one.ref not in page
    assert listed(consultation) == {OrphanReason.DUPLICATE: 1}


def test_nothing_ticked_is_said_and_changes_nothing(visitor: FlaskClient, consultation: Consultation) -> None:
    many(consultation, count=1)
    page = bench(consultation, "sans-constat")

    statuses = [press(visitor, page, reason="duplicate"), press(visitor, page, to=f"{page}/reprendre")]

    assert statuses == [422, 302] and listed(consultation) == {}


@pytest.mark.parametrize(
    "query",
    [
        "theme=99999999999999999999",
        "theme=x&kind=y&reason=z",
        "q=%25%00",
        "page=999999",
        "page=-1&theme=none",
    ],
)
def test_unknown_filters_are_ignored(visitor: FlaskClient, consultation: Consultation, query: str) -> None:
    many(consultation, count=1)

    for page in ("classer", "sans-constat", "sans-constat/liste"):
        assert visitor.get(bench(consultation, f"{page}?{query}")).status_code == 200


def test_a_whole_search_is_sorted_by_one_press(visitor: FlaskClient, consultation: Consultation) -> None:
    many(consultation)
    a_contribution(consultation, body="Le prix ?")
    theme = a_theme(consultation)

    status = press(visitor, bench(consultation, "classer?q=piscine"), theme=str(theme.id), reach="all")

    assert status == 302
    assert theme_sizes(consultation.id) == {theme.id: MANY} and count_unsorted(consultation.id) == 1


def test_what_is_shown_is_moved_from_one_theme_to_another(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    first = a_theme(consultation, a_contribution(consultation), a_contribution(consultation))
    second = a_theme(consultation)
    address = bench(consultation, f"classer?theme={first.id}")

    press(visitor, address, theme=str(second.id), reach="shown", move="y")

    assert theme_sizes(consultation.id) == {second.id: 2}


def test_the_public_list_has_pages_of_twenty_and_an_annex(visitor: FlaskClient) -> None:
    consultation = a_closed_consultation(slug="longue")
    summary = a_summary(consultation)
    a_finding(summary, *(a_contribution(consultation, body=f"Source {one}.") for one in range(25)))
    left = [a_contribution(consultation, body=f"Texte {one}.") for one in range(25)]
    mark_orphans(summary, left[1:], reason=OrphanReason.OFF_TOPIC)
    mark_orphans(summary, left[:1], reason=OrphanReason.DUPLICATE)
    publish_summary(summary, member=a_moderator_for(consultation))
    left[2].visibility = Visibility.HIDDEN
    db.session.commit()
    base = "/en/consultations/longue/synthese"

    def refs(more: str) -> int:
        return len(set(re.findall(r"/contributions/(\w+)", visitor.get(base + more).text)))

    assert refs("/sans-constat") == 20 and refs("/sans-constat?page=2") == 5
    assert refs("/sans-constat?motif=off_topic&page=99") == 4 and refs("/sans-constat?motif=duplicate") == 1
    assert refs("/sans-constat?annexe=1") == 25
    assert refs("/constats/1") == 20 and refs("/constats/1?page=2") == 5
    assert "24 contributions" in visitor.get(base).text and refs("") == 1
    assert "Texte 2." not in visitor.get(base + "/sans-constat?annexe=1").text
