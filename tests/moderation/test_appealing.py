"""The author appeals, somebody else answers: verbs and pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.activity.models import Deadline
from participation.collectivities.models import Role
from participation.contributions.models import Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotAllowed, NotPossibleNow
from participation.moderation.actions import decide_appeal, lodge_appeal
from participation.moderation.models import AppealOutcome
from tests.factories.contributions import a_contribution
from tests.factories.moderation import a_hidden_contribution, a_moderator_of, an_appeal, town_of
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
Mails = Callable[[], list[str]]
WHY = "La phrase vise le service, pas une personne."


def test_an_appeal_is_lodged_once_and_starts_a_clock() -> None:
    appeal = an_appeal()

    with pytest.raises(AlreadyDone):
        lodge_appeal(appeal, message="Encore moi.")

    [deadline] = db.session.query(Deadline).filter_by(kind="moderation.appeal")
    assert deadline.due_at == appeal.lodged_at + timedelta(days=15)


def test_six_months_later_it_is_too_late() -> None:
    appeal = a_hidden_contribution()

    with clock.pretend(clock.now() + timedelta(days=184)), pytest.raises(NotPossibleNow):
        lodge_appeal(appeal, message="Je ne visais personne.")


def test_whoever_decided_never_decides_the_appeal_even_under_another_role() -> None:
    appeal = an_appeal()
    first = appeal.decision.decided_by
    assert first is not None
    other_role = a_moderator_of(appeal.decision.contribution, Role.ADMINISTRATOR)
    other_role.person_id = first.person_id
    db.session.flush()

    for member in (first, other_role):
        with pytest.raises(NotAllowed):
            decide_appeal(appeal, outcome=AppealOutcome.UPHELD, reason=WHY, member=member)


def test_a_reversed_decision_brings_the_text_back_and_tells_its_author(mails: Mails) -> None:
    appeal = an_appeal()
    contribution = appeal.decision.contribution

    decide_appeal(appeal, outcome=AppealOutcome.REVERSED, reason=WHY, member=a_moderator_of(contribution))
    db.session.commit()

    assert contribution.visibility is Visibility.PUBLISHED
    assert any(WHY in mail for mail in mails())
    assert db.session.query(Deadline).filter_by(kind="moderation.appeal").one().done_at is not None


def test_an_upheld_decision_leaves_the_text_hidden() -> None:
    appeal = an_appeal()
    contribution = appeal.decision.contribution

    decide_appeal(appeal, outcome=AppealOutcome.UPHELD, reason=WHY, member=a_moderator_of(contribution))

    assert contribution.visibility is Visibility.HIDDEN


def test_the_author_appeals_from_the_link_without_an_account(visitor: FlaskClient) -> None:
    contribution = a_contribution(body="Ce que j’avais écrit.")
    a_hidden_contribution(contribution, token="mon-jeton")
    db.session.commit()

    page = visitor.get("/en/moderation/recours/mon-jeton")
    refused = post_form(visitor, "/en/moderation/recours/mon-jeton", message="")
    sent = post_form(visitor, "/en/moderation/recours/mon-jeton", message="It aims at nobody.")
    after = visitor.get("/en/moderation/recours/mon-jeton")

    assert "Ce que j’avais écrit." in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert refused.status_code == 422
    assert sent.status_code == 302
    assert "Your appeal is recorded" in after.text


def test_an_unknown_link_leads_nowhere(visitor: FlaskClient) -> None:
    assert visitor.get("/moderation/recours/inconnu").status_code == 404


def test_another_moderator_answers_from_the_queue(visitor: FlaskClient, sign_in: SignIn) -> None:
    appeal = an_appeal()
    contribution = appeal.decision.contribution
    slug, ref = town_of(contribution).slug, contribution.ref
    second = a_moderator_of(contribution)
    sign_in(visitor, second.person)

    queue = visitor.get(f"/en/gestion/{slug}/moderation").text
    answered = post_form(
        visitor, f"/en/gestion/{slug}/moderation/recours/{ref}", outcome="reversed", reason=WHY
    )

    assert f"/moderation/recours/{ref}" in queue
    assert answered.status_code == 302
    assert db.session.get(type(contribution), contribution.id).visibility is Visibility.PUBLISHED


def test_whoever_decided_is_shown_no_form_and_refused(visitor: FlaskClient, sign_in: SignIn) -> None:
    appeal = an_appeal()
    contribution, first = appeal.decision.contribution, appeal.decision.decided_by
    assert first is not None
    address = f"/en/gestion/{town_of(contribution).slug}/moderation/recours/{contribution.ref}"
    sign_in(visitor, first.person)

    page = visitor.get(address)
    sent = post_form(visitor, "/en/moderation", to=address, outcome="upheld", reason=WHY)

    assert 'id="main-form"' not in page.text
    assert sent.status_code == 422
