"""The moderator's queue, through its pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.contributions.models import Contribution, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.queries import queue_of
from tests.factories.contributions import a_contribution
from tests.factories.moderation import (
    REASON,
    a_hidden_contribution,
    a_moderator_of,
    a_report,
    an_appeal,
    town_of,
)
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]


def a_pending(first: Contribution | None = None, *, hours: float = 0) -> Contribution:
    consultation = first.consultation if first else None
    created_at = clock.now() - timedelta(hours=hours)
    return a_contribution(consultation, visibility=Visibility.PENDING, created_at=created_at)


def visibility_of(contribution: Contribution) -> Visibility:
    db.session.expire_all()
    return contribution.visibility


def test_what_is_most_urgent_comes_first_and_other_towns_do_not_show() -> None:
    recent = a_pending()
    old = a_pending(recent, hours=60)
    reported = a_report(a_contribution(recent.consultation)).contribution
    a_pending()

    queue = queue_of(town_of(recent).id, member=a_moderator_of(recent))

    assert [one.contribution for one in queue.items] == [old, reported, recent]
    assert queue.total == 3


def test_an_appeal_waits_in_the_queue_until_it_is_answered() -> None:
    appeal = an_appeal()
    contribution = appeal.decision.contribution
    second = a_moderator_of(contribution)

    queue = queue_of(town_of(contribution).id, member=second, reason="appeal")

    assert [one.appeal for one in queue.items] == [appeal]


def test_a_moderator_reads_and_accepts(visitor: FlaskClient, sign_in: SignIn) -> None:
    contribution = a_pending()
    ref, slug = contribution.ref, town_of(contribution).slug
    sign_in(visitor, a_moderator_of(contribution).person)
    address = f"/en/gestion/{slug}/moderation?ref={ref}"

    page = visitor.get(f"/en/gestion/{slug}/moderation")
    done = post_form(visitor, address, action="accept")

    assert contribution.body in page.text
    assert done.status_code == 302
    assert f"Look at {ref} again, or undo" in visitor.get(done.location).text
    assert visibility_of(contribution) is Visibility.PUBLISHED


def test_hiding_asks_for_a_rule_and_a_reason_and_keeps_what_was_typed(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    contribution = a_pending()
    sign_in(visitor, a_moderator_of(contribution).person)
    address = f"/en/gestion/{town_of(contribution).slug}/moderation?ref={contribution.ref}"

    without_rule = post_form(visitor, address, action="hide", reason=REASON)
    without_reason = post_form(visitor, address, action="hide", rule="attack")
    done = post_form(visitor, address, action="hide", rule="attack", reason=REASON)

    assert without_rule.status_code == without_reason.status_code == 422
    assert REASON in without_rule.text
    assert done.status_code == 302
    assert visibility_of(contribution) is Visibility.HIDDEN


def test_the_message_is_shown_before_anything_is_done(visitor: FlaskClient, sign_in: SignIn) -> None:
    contribution = a_pending()
    sign_in(visitor, a_moderator_of(contribution).person)
    address = f"/en/gestion/{town_of(contribution).slug}/moderation?ref={contribution.ref}"

    page = post_form(visitor, address, action="preview", rule="hate", reason=REASON)

    assert page.status_code == 200
    assert "The rule: 5. No hatred, no threat." in page.text
    assert f"The reason: {REASON}" in page.text
    assert visibility_of(contribution) is Visibility.PENDING


def test_a_decision_is_undone_from_the_same_page(visitor: FlaskClient, sign_in: SignIn) -> None:
    contribution = a_hidden_contribution().decision.contribution
    sign_in(visitor, a_moderator_of(contribution).person)
    address = f"/en/gestion/{town_of(contribution).slug}/moderation?ref={contribution.ref}"

    done = post_form(visitor, address, action="restore", reason="La phrase ne vise personne.")

    assert done.status_code == 302
    assert visibility_of(contribution) is Visibility.PUBLISHED


def test_several_are_accepted_with_boxes_and_only_those_of_this_town(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    first = a_pending()
    second, unticked, elsewhere = a_pending(first), a_pending(first), a_pending()
    sign_in(visitor, a_moderator_of(first).person)
    page = f"/en/gestion/{town_of(first).slug}/moderation"
    ticked = [first.ref, second.ref, elsewhere.ref, "\x00", "unknown"]

    done = post_form(visitor, page, to=f"{page}/acceptes", ref=ticked)

    assert "2 texts accepted." in visitor.get(done.location).text
    states = [visibility_of(one) for one in (first, second, unticked, elsewhere)]
    assert states == [Visibility.PUBLISHED] * 2 + [Visibility.PENDING] * 2


@pytest.mark.parametrize("query", ["ref=%00", "ref=inconnu", f"ref={'9' * 400}"])
def test_a_text_of_nowhere_is_not_found(visitor: FlaskClient, sign_in: SignIn, query: str) -> None:
    contribution = a_pending()
    sign_in(visitor, a_moderator_of(contribution).person)

    assert visitor.get(f"/gestion/{town_of(contribution).slug}/moderation?{query}").status_code == 404


def test_a_button_that_does_not_exist_does_nothing(visitor: FlaskClient, sign_in: SignIn) -> None:
    contribution = a_pending()
    sign_in(visitor, a_moderator_of(contribution).person)
    address = f"/gestion/{town_of(contribution).slug}/moderation?ref={contribution.ref}&show=nothing"

    assert post_form(visitor, address, action="erase").status_code == 422


def test_the_queue_is_reserved(visitor: FlaskClient, sign_in: SignIn) -> None:
    contribution, elsewhere = a_pending(), a_pending()
    sign_in(visitor, a_moderator_of(elsewhere).person)

    assert visitor.get(f"/gestion/{town_of(contribution).slug}/moderation").status_code == 403
