"""Positions, supports and useful votes at once: one each, the last word counts, counters tell the truth."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from participation.collectivities.models import Membership
from participation.consultations.models import Participant
from participation.contributions.actions import (
    find_useful,
    record_submission,
    stop_finding_useful,
    stop_supporting,
    support_condition,
    take_position,
)
from participation.contributions.models import Choice, Contribution, Position
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.actions import hide_contribution
from participation.moderation.models import Rule
from tests.concurrency.counting import count, counters_that_drifted
from tests.concurrency.world import Crew, meet
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition
from tests.factories.moderation import REASON, a_moderator_of

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]
CHOICES = list(Choice)


def change_ones_mind(participant_id: int, number: int) -> str:
    participant = db.session.get_one(Participant, participant_id)
    take_position(participant, CHOICES[number % 4], now=clock.now())
    return CHOICES[number % 4].value


def test_changing_ones_mind_at_once_leaves_one_position(crew: Crew, rounds: Rounds) -> None:
    participant = a_participant()
    db.session.commit()

    crew.at_once(partial(change_ones_mind, participant.id), times=rounds(16, 400))

    assert count(Position, participant_id=participant.id) == 1


def say_it_as_of(participant_id: int, moments: list[datetime], number: int) -> None:
    participant = db.session.get_one(Participant, participant_id)
    db.session.scalar(sa.select(Position).filter_by(participant_id=participant_id))
    meet()
    take_position(participant, CHOICES[number % 4], now=moments[number % 4])


def test_the_last_word_counts_whichever_is_written_last(crew: Crew, rounds: Rounds) -> None:
    participant = a_participant()
    take_position(participant, Choice.OPPOSED)
    db.session.commit()
    # The third of the four was sent last.
    moments = [clock.now() + timedelta(seconds=place) for place in (2, 1, 4, 3)]

    crew.at_once(partial(say_it_as_of, participant.id, moments), times=rounds(8, 80))

    position = db.session.scalars(sa.select(Position).filter_by(participant_id=participant.id)).one()
    assert (position.choice, position.changed_at) == (CHOICES[2], max(moments))


def vote(participants: list[int], condition_id: int, number: int) -> None:
    participant = db.session.get_one(Participant, participants[number % len(participants)])
    condition = db.session.get_one(Contribution, condition_id)
    find_useful(participant, condition)
    support_condition(participant, condition)


def test_votes_at_once_count_each_participant_once(crew: Crew, rounds: Rounds) -> None:
    consultation = an_open_consultation()
    condition = a_condition(consultation)
    participants = [a_participant(consultation).id for _ in range(10)]
    db.session.commit()

    crew.at_once(partial(vote, participants, condition.id), times=rounds(20, 400))

    assert (condition.useful_count, condition.support_count) == (10, 10)


def take_it_back(participant_id: int, condition_id: int, number: int) -> bool:
    participant = db.session.get_one(Participant, participant_id)
    condition = db.session.get_one(Contribution, condition_id)
    meet()
    given = stop_supporting(participant, condition)
    stop_finding_useful(participant, condition)
    return given


def test_a_vote_taken_back_twice_at_once_is_taken_off_once(crew: Crew) -> None:
    consultation = an_open_consultation()
    condition, participant = a_condition(consultation), a_participant(consultation)
    support_condition(participant, condition)
    find_useful(participant, condition)
    db.session.commit()

    given = crew.at_once(partial(take_it_back, participant.id, condition.id))

    assert sorted(given) == [False, False, False, True]
    assert (condition.useful_count, condition.support_count) == (0, 0)


def support_all(participants: list[int], refs: list[str], number: int) -> None:
    participant = db.session.get_one(Participant, participants[number])
    ordered = refs if number % 2 else refs[::-1]
    payload = {"choice": "conditions", "conditions": ordered, "language": "fr"}
    meet()
    record_submission(participant, "opinion", payload, form_key=f"all {participant.id}", now=clock.now())


def test_the_same_conditions_supported_in_opposite_orders_block_nobody(crew: Crew, rounds: Rounds) -> None:
    consultation = an_open_consultation()
    conditions = [a_condition(consultation) for _ in range(6)]
    times = rounds(12, 200)
    participants = [a_participant(consultation).id for _ in range(times)]
    db.session.commit()

    crew.at_once(partial(support_all, participants, [one.ref for one in conditions]), times=times)

    assert {one.support_count for one in conditions} == {times}


def support_it(participant_id: int, condition_id: int, number: int) -> str:
    participant = db.session.get_one(Participant, participant_id)
    condition = db.session.get_one(Contribution, condition_id)
    meet()
    support_condition(participant, condition)
    return "supported"


def hide_it(member_id: int, condition_id: int, number: int) -> str:
    member = db.session.get_one(Membership, member_id)
    condition = db.session.get_one(Contribution, condition_id)
    hide_contribution(condition, rule=Rule.ATTACK, reason=REASON, member=member)
    meet()
    return "hidden"


def test_what_is_being_hidden_gets_no_further_support(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(1, 20)):
        consultation = an_open_consultation()
        condition = a_condition(consultation)
        member = a_moderator_of(condition)
        supporters = [a_participant(consultation).id for _ in range(3)]
        db.session.commit()

        given = crew.at_once(
            partial(hide_it, member.id, condition.id),
            *(partial(support_it, supporter, condition.id) for supporter in supporters),
        )

        # On SQLite a support may come before the hiding as a whole.
        earlier = {"supported"} if db.engine.dialect.name == "sqlite" else set()
        assert set(given[1:]) <= {"NotPossibleNow", *earlier}
        assert not counters_that_drifted(consultation.id)
