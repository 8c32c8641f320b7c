"""Whatever order people vote, change and link in, each human has one position and counters tell the truth."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from participation.consultations.actions import participant_for
from participation.consultations.models import Consultation, Participant
from participation.contributions.actions import (
    find_useful,
    link_participation,
    stop_finding_useful,
    stop_supporting,
    support_condition,
    take_position,
)
from participation.contributions.models import Choice, ConditionSupport, Contribution, Position, UsefulVote
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed
from tests.concurrency.counting import counters_that_drifted
from tests.factories.accounts import a_person
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition

HUMANS, IDENTITIES = 3, 3


class Town:
    """Some humans with several addresses each, and what each of them must have chosen in the end."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.consultation: Consultation = an_open_consultation()
        self.people = {(human, n): a_person() for human in range(HUMANS) for n in range(IDENTITIES)}
        # Under which of their identities each human stands by now.
        self.kept = {identity: identity for identity in self.people}
        self.chosen: dict[tuple[int, int], tuple[datetime, Choice]] = {}
        stranger = a_participant(self.consultation)
        self.texts: list[Contribution] = [a_condition(self.consultation, participant=stranger)]
        self.moment = clock.now() - timedelta(hours=1)

    def step(self) -> None:
        """Does one thing somebody might do."""
        identity = self.chance.choice(list(self.people))
        act = self.chance.choice([self.vote, self.vote, self.write, self.react, self.take_back, self.link])
        act(identity)

    def participant(self, identity: tuple[int, int]) -> Participant:
        person = self.people[self.kept[identity]]
        return participant_for(self.consultation, person, display_name="")

    def vote(self, identity: tuple[int, int]) -> None:
        self.moment += timedelta(seconds=1)
        choice = self.chance.choice(list(Choice))
        take_position(self.participant(identity), choice, now=self.moment)
        self.chosen[self.kept[identity]] = (self.moment, choice)

    def write(self, identity: tuple[int, int]) -> None:
        if len(self.texts) < 6:
            participant = self.participant(identity)
            self.texts.append(a_condition(self.consultation, participant=participant))

    def react(self, identity: tuple[int, int]) -> None:
        participant, text = self.participant(identity), self.chance.choice(self.texts)
        try:
            self.chance.choice([find_useful, support_condition])(participant, text)
        except NotAllowed:
            assert text.participant.is_same_human(participant)

    def take_back(self, identity: tuple[int, int]) -> None:
        take_back = self.chance.choice([stop_finding_useful, stop_supporting])
        take_back(self.participant(identity), self.chance.choice(self.texts))

    def link(self, identity: tuple[int, int]) -> None:
        human, _number = identity
        kept, gone = self.kept[identity], self.kept[human, self.chance.randrange(IDENTITIES)]
        if kept == gone:
            return
        link_participation(self.people[kept], self.people[gone])
        self.kept = {one: kept if under == gone else under for one, under in self.kept.items()}
        held = [self.chosen.pop(one) for one in (kept, gone) if one in self.chosen]
        if held:
            self.chosen[kept] = max(held)


@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_voting_changing_and_linking_counts_each_human_once(
    seed: int, rounds: Callable[[int, int], int]
) -> None:
    town = Town(seed)

    for _ in range(rounds(40, 400)):
        town.step()

    db.session.expire_all()
    positions = sa.select(Participant.person_id, Position.choice, Position.changed_at).join(
        Participant, Participant.id == Position.participant_id
    )
    expected = {town.people[one].id: (choice, moment) for one, (moment, choice) in town.chosen.items()}
    assert {person: (choice, at) for person, choice, at in db.session.execute(positions)} == expected
    assert not counters_that_drifted(town.consultation.id)
    assert not votes_on_own_texts()


def votes_on_own_texts() -> list[object]:
    """Returns the supports and useful votes that somebody gave to a text of their own."""
    writer, voter = sa.orm.aliased(Participant), sa.orm.aliased(Participant)
    found: list[object] = []
    for table in (ConditionSupport, UsefulVote):
        own = (
            sa.select(table.id)
            .join(Contribution, Contribution.id == table.contribution_id)
            .join(writer, writer.id == Contribution.participant_id)
            .join(voter, voter.id == table.participant_id)
            .where(writer.person_id == voter.person_id)
        )
        found += db.session.scalars(own)
    return found
