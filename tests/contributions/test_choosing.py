"""Positions, supports and useful votes: one of each, the last word counts."""

from datetime import timedelta

import pytest

from participation.consultations.models import Assurance, Channel
from participation.contributions.actions import (
    find_useful,
    stop_finding_useful,
    stop_supporting,
    support_condition,
    take_position,
)
from participation.contributions.models import Choice
from participation.contributions.queries import (
    Tally,
    conditions_of,
    position_of,
    position_tally,
    tallies_by_level,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from tests.factories.consultations import a_closed_consultation, a_participant, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution, a_position


def test_changing_ones_mind_replaces_the_position() -> None:
    participant = a_participant()

    take_position(participant, Choice.OPPOSED, now=clock.now())
    take_position(participant, Choice.CONDITIONS, now=clock.now())

    assert position_tally(participant.consultation_id) == Tally(conditions=1)


def test_a_position_sent_earlier_never_replaces_a_later_one() -> None:
    participant = a_participant()
    take_position(participant, Choice.OPPOSED, now=clock.now())

    take_position(participant, Choice.FAVOURABLE, now=clock.now() - timedelta(hours=3))

    assert position_of(participant) is Choice.OPPOSED


def test_no_position_outside_the_period() -> None:
    participant = a_participant(a_closed_consultation())

    with pytest.raises(NotPossibleNow):
        take_position(participant, Choice.OPPOSED, now=clock.now())


def test_a_condition_is_supported_once_by_each() -> None:
    condition = a_condition()
    a_condition(condition.consultation, body="Une autre, sans soutien")
    participant = a_participant(condition.consultation)

    assert support_condition(participant, condition) is True
    assert support_condition(participant, condition) is False
    db.session.refresh(condition)
    assert condition.support_count == 1
    assert conditions_of(condition.consultation)[0] == condition

    assert stop_supporting(participant, condition) is True
    assert stop_supporting(participant, condition) is False
    db.session.refresh(condition)
    assert condition.support_count == 0


def test_useful_is_counted_once_and_can_be_taken_back() -> None:
    contribution = a_contribution()
    participant = a_participant(contribution.consultation)

    assert find_useful(participant, contribution) and not find_useful(participant, contribution)
    db.session.refresh(contribution)
    assert contribution.useful_count == 1

    assert stop_finding_useful(participant, contribution)
    db.session.refresh(contribution)
    assert contribution.useful_count == 0


def test_nobody_votes_for_their_own_text_nor_across_consultations() -> None:
    condition = a_condition()

    with pytest.raises(NotAllowed):
        support_condition(condition.participant, condition)
    with pytest.raises(NotPossibleNow):
        find_useful(a_participant(), condition)
    with pytest.raises(Invalid):
        support_condition(a_participant(condition.consultation), a_contribution(condition.consultation))


def test_levels_of_fewer_than_five_people_are_merged() -> None:
    consultation = an_open_consultation()
    for _ in range(6):
        a_position(consultation, Choice.FAVOURABLE)
    for channel, assurance, people in (
        (Channel.PAPER, Assurance.DECLARED, 3),
        (Channel.PHONE, Assurance.DECLARED, 2),
    ):
        for _ in range(people):
            participant = a_participant(
                consultation, channel=channel, assurance=assurance, without_person=True
            )
            a_position(consultation, Choice.OPPOSED, participant=participant)

    levels = tallies_by_level(consultation.id)

    assert [(level.channel, level.tally) for level in levels] == [
        (Channel.ONLINE, Tally(favourable=6)),
        (None, Tally(opposed=5)),
    ]


def test_a_single_small_level_takes_another_with_it() -> None:
    consultation = an_open_consultation()
    for _ in range(6):
        a_position(consultation, Choice.FAVOURABLE)
    alone = a_participant(consultation, channel=Channel.PAPER, without_person=True)
    a_position(consultation, Choice.OPPOSED, participant=alone)

    levels = tallies_by_level(consultation.id)

    assert [(level.channel, level.tally.total) for level in levels] == [(None, 7)]
