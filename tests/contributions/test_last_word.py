"""The last word counts: by when it was sent, whatever was chosen, taken back, or confirmed late."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from participation.consultations.models import Participant
from participation.contributions.actions import record_submission, withdraw_position
from participation.contributions.models import Choice, ConditionSupport, Contribution, Submission, UsefulVote
from participation.contributions.queries import position_of, position_tally
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.references import secret_token
from tests.factories.consultations import a_closed_consultation, a_participant
from tests.factories.contributions import a_condition, a_contribution, a_position

HOUR = timedelta(hours=1)


def sent(participant: Participant, kind: str, at: datetime, **payload: Any) -> Submission:
    """Applies a form as of the moment it was sent."""
    words = {"choice": "opposed", "display_name": "", "language": "fr", **payload}
    return record_submission(participant, kind, words, form_key=secret_token(), now=at)


def supports(contribution: Contribution) -> tuple[int, int]:
    """Returns what is counted beside a condition, and how many rows there are."""
    db.session.refresh(contribution)
    rows = sa.select(sa.func.count(ConditionSupport.id)).filter_by(contribution_id=contribution.id)
    return contribution.support_count, db.session.scalar(rows) or 0


def test_a_position_can_be_withdrawn_and_taken_again() -> None:
    position = a_position(choice=Choice.FAVOURABLE)
    participant = db.session.get_one(Participant, position.participant_id)
    now = clock.now()

    sent(participant, "withdraw_position", now)
    withdrawn = position_tally(position.consultation_id).total
    sent(participant, "opinion", now + timedelta(seconds=1), choice="conditions")

    assert withdrawn == 0
    assert position_of(participant) is Choice.CONDITIONS


def test_withdrawing_twice_or_without_a_position_changes_nothing() -> None:
    position = a_position()
    participant = db.session.get_one(Participant, position.participant_id)

    assert withdraw_position(participant) is True
    assert withdraw_position(participant) is False


def test_no_position_is_withdrawn_once_it_is_closed() -> None:
    participant = a_participant(a_closed_consultation())
    a_position(participant=participant)

    with pytest.raises(NotPossibleNow):
        withdraw_position(participant)

    assert position_of(participant) is not None


def test_a_position_sent_before_it_was_withdrawn_and_confirmed_after_counts_no_more() -> None:
    participant, now = a_participant(), clock.now()
    sent(participant, "withdraw_position", now)

    late = sent(participant, "opinion", now - HOUR, choice="favourable")

    assert position_of(participant) is None
    assert late.recorded["is_superseded"] is True


def test_a_withdrawal_confirmed_late_takes_back_only_what_was_sent_before_it() -> None:
    participant, now = a_participant(), clock.now()
    sent(participant, "opinion", now, choice="opposed")

    late = sent(participant, "withdraw_position", now - HOUR)

    assert position_of(participant) is Choice.OPPOSED
    assert late.recorded["is_superseded"] is True


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["as sent", "the earlier one arrives last"])
def test_of_a_support_and_its_end_the_one_sent_last_counts(order: tuple[int, int]) -> None:
    condition = a_condition()
    participant, now = a_participant(condition.consultation), clock.now()
    forms = (("support", now - HOUR), ("not_support", now))

    for number in order:
        kind, at = forms[number]
        sent(participant, kind, at, contribution=condition.ref)

    assert supports(condition) == (0, 0)


def test_a_support_sent_after_it_was_taken_back_counts() -> None:
    condition = a_condition()
    participant, now = a_participant(condition.consultation), clock.now()

    sent(participant, "support", now, contribution=condition.ref)
    sent(participant, "not_support", now - HOUR, contribution=condition.ref)

    assert supports(condition) == (1, 1)


def test_conditions_no_longer_ticked_are_a_word_about_them() -> None:
    condition = a_condition()
    participant, now = a_participant(condition.consultation), clock.now()
    sent(participant, "opinion", now, choice="conditions", dropped=[condition.ref])

    sent(participant, "support", now - HOUR, contribution=condition.ref)

    assert supports(condition) == (0, 0)


def test_a_useful_vote_taken_back_is_counted_no_longer_whatever_arrives_last() -> None:
    text = a_contribution()
    participant, now = a_participant(text.consultation), clock.now()
    sent(participant, "useful", now - 2 * HOUR, contribution=text.ref)
    sent(participant, "not_useful", now, contribution=text.ref)

    sent(participant, "useful", now - HOUR, contribution=text.ref)

    db.session.refresh(text)
    rows = db.session.scalar(sa.select(sa.func.count(UsefulVote.id)).filter_by(contribution_id=text.id))
    assert (text.useful_count, rows) == (0, 0)


def test_what_one_says_of_one_text_is_no_word_about_another() -> None:
    first = a_condition()
    second = a_condition(first.consultation, body="Une autre condition")
    participant, now = a_participant(first.consultation), clock.now()
    sent(participant, "not_support", now, contribution=first.ref)

    sent(participant, "support", now - HOUR, contribution=second.ref)

    assert supports(second) == (1, 1)
