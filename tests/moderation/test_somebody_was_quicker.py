"""Two moderators at one text: whoever was slower keeps what they had written."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.contributions.actions import withdraw_contribution
from participation.foundation.database import db
from participation.moderation.actions import decide_appeal, restore_contribution
from participation.moderation.models import AppealOutcome
from tests.architecture.pages_read import read
from tests.architecture.typed_texts import long_text, lost_on
from tests.factories.collectivities import a_member
from tests.factories.contributions import a_contribution
from tests.factories.moderation import a_hidden_contribution, an_appeal
from tests.forms import hidden_fields

SignIn = Callable[[FlaskClient, Person], None]
WORDS = long_text("reason")[:900].rstrip()


@pytest.mark.parametrize("becomes", ["withdrawn", "hidden"])
def test_a_reason_typed_about_a_text_that_was_dealt_with_meanwhile_is_kept(
    visitor: FlaskClient, sign_in: SignIn, becomes: str
) -> None:
    text = a_contribution()
    body = text.project.collectivity
    member, other = a_member(Role.MODERATOR, body), a_member(Role.MODERATOR, body)
    sign_in(visitor, member.person)
    page = f"/gestion/{body.slug}/moderation?ref={text.ref}"
    form = {**hidden_fields(visitor.get(page).text), "action": "hide", "rule": "attack", "reason": WORDS}
    if becomes == "withdrawn":
        withdraw_contribution(text)
    else:
        a_hidden_contribution(text, member=other)
    db.session.commit()

    refused = visitor.post(page, data=form)

    assert refused.status_code == 422
    assert lost_on(read(refused.text), {"reason": WORDS}) == []


def test_an_answer_to_an_appeal_that_a_colleague_answered_first_is_kept(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    text = a_contribution()
    body = text.project.collectivity
    decider, slow, quick = (a_member(Role.MODERATOR, body) for _ in range(3))
    appeal = an_appeal(a_hidden_contribution(text, member=decider))
    sign_in(visitor, slow.person)
    page = f"/gestion/{body.slug}/moderation/recours/{text.ref}"
    form = {**hidden_fields(visitor.get(page).text), "outcome": "upheld", "reason": WORDS}
    decide_appeal(appeal, outcome=AppealOutcome.UPHELD, reason="La règle vaut ici.", member=quick)
    db.session.commit()

    refused, same = (visitor.post(page, data={**form, "reason": said}) for said in (WORDS, appeal.reason))

    assert (refused.status_code, same.status_code) == (409, 302)
    assert lost_on(read(refused.text), {"reason": WORDS}) == []


def test_an_appeal_about_a_text_restored_meanwhile_is_shown_to_its_author(visitor: FlaskClient) -> None:
    text = a_contribution()
    body = text.project.collectivity
    decider, other = a_member(Role.MODERATOR, body), a_member(Role.MODERATOR, body)
    a_hidden_contribution(text, member=decider, token="jeton")
    db.session.commit()
    page = "/moderation/recours/jeton"
    form = {**hidden_fields(visitor.get(page).text), "message": WORDS}
    restore_contribution(text, reason="Personne n’est visé.", member=other)
    db.session.commit()

    refused = visitor.post(page, data=form)

    assert lost_on(read(refused.text), {"message": WORDS}) == []


def test_an_appeal_sent_twice_says_that_it_is_recorded(visitor: FlaskClient) -> None:
    a_hidden_contribution(a_contribution(), token="jeton")
    db.session.commit()
    page = "/moderation/recours/jeton"
    form = {**hidden_fields(visitor.get(page).text), "message": WORDS}

    first, second = visitor.post(page, data=form), visitor.post(page, data=form)

    assert (first.status_code, second.status_code) == (302, 200)
    assert "Votre recours est enregistré" in second.text
    assert not read(second.text).all("textarea")
