"""Reporting a text: form and consequences."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.contributions.models import Visibility
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed
from participation.moderation.actions import report_contribution
from participation.moderation.models import Report, Rule
from tests.factories.accounts import a_person
from tests.factories.consultations import a_participant
from tests.factories.contributions import a_contribution
from tests.factories.moderation import a_report
from tests.forms import hidden_fields, post_form


def test_a_visitor_reports_a_text_and_is_told_what_follows(visitor: FlaskClient) -> None:
    ref = a_contribution().ref
    db.session.commit()

    sent = post_form(
        visitor, f"/en/contributions/{ref}/signaler", rule="attack", message="The second sentence."
    )

    assert sent.status_code == 302
    assert "Your report is recorded" in visitor.get(sent.location).text
    assert db.session.query(Report).one().rule is Rule.ATTACK


@pytest.mark.parametrize("rule", [None, "boring"])
def test_a_report_names_a_rule_of_the_charter(visitor: FlaskClient, rule: str | None) -> None:
    ref = a_contribution().ref
    db.session.commit()

    fields = {"rule": rule} if rule else {}
    sent = post_form(visitor, f"/en/contributions/{ref}/signaler", message="What I typed.", **fields)

    assert sent.status_code == 422
    assert "Choose the rule this text breaks." in sent.text
    assert "What I typed." in sent.text


def test_sent_twice_it_counts_once(visitor: FlaskClient) -> None:
    address = f"/contributions/{a_contribution().ref}/signaler"
    db.session.commit()
    fields = {**hidden_fields(visitor.get(address).text), "rule": "hate"}

    answers = [visitor.post(address, data=fields).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert db.session.query(Report).count() == 1


def test_no_number_of_reports_hides_anything() -> None:
    contribution = a_contribution()

    for _reporter in range(12):
        a_report(contribution)

    assert contribution.visibility is Visibility.PUBLISHED


def test_a_text_that_is_not_public_cannot_be_reported(visitor: FlaskClient) -> None:
    ref = a_contribution(visibility=Visibility.PENDING).ref
    db.session.commit()

    assert visitor.get(f"/contributions/{ref}/signaler").status_code == 404


def test_nobody_reports_what_they_wrote(sign_in: Callable[[FlaskClient, Person], None]) -> None:
    author = a_person()
    contribution = a_contribution(participant=a_participant(person=author))

    with pytest.raises(NotAllowed):
        report_contribution(contribution, rule=Rule.HATE, reporter=author, form_key="mine")
