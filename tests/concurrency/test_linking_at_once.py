"""Linking two identities while both take part: one position, each vote once, whoever comes first."""

from collections.abc import Callable
from functools import partial

import pytest

from participation.consultations.models import Participant
from participation.contributions.actions import (
    find_useful,
    link_participants,
    support_condition,
    take_position,
)
from participation.contributions.models import Choice, ConditionSupport, Contribution, Position, UsefulVote
from participation.foundation.database import db
from tests.concurrency.counting import count, counters_that_drifted
from tests.concurrency.world import Crew, meet
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def choose(participant_id: int, condition_id: int, number: int) -> str:
    participant = db.session.get_one(Participant, participant_id)
    condition = db.session.get_one(Contribution, condition_id)
    meet()
    take_position(participant, list(Choice)[number % 4])
    support_condition(participant, condition)
    find_useful(participant, condition)
    return "chosen"


def link(kept_id: int, other_id: int, number: int) -> str:
    kept, other = db.session.get_one(Participant, kept_id), db.session.get_one(Participant, other_id)
    meet()
    link_participants(kept, other)
    return "linked"


def test_linking_while_both_identities_choose_counts_one_person(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(4, 60)):
        consultation = an_open_consultation()
        condition = a_condition(consultation)
        kept, other = a_participant(consultation), a_participant(consultation)
        db.session.commit()

        given = crew.at_once(
            partial(choose, other.id, condition.id),
            partial(link, kept.id, other.id),
            partial(choose, kept.id, condition.id),
            partial(link, kept.id, other.id),
        )

        assert given == ["chosen", "linked", "chosen", "linked"]
        assert count(Position, consultation_id=consultation.id) == 1
        for table in (ConditionSupport, UsefulVote):
            assert count(table, contribution_id=condition.id) == 1
        assert not counters_that_drifted(consultation.id)
