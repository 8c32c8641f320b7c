"""Several processes change one period at once while others write: each change counts once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from participation.collectivities.models import Membership, Role
from participation.consultations.actions import (
    confirm_closing,
    pause_consultation,
    propose_closing,
    resume_consultation,
)
from participation.consultations.models import (
    ChangeKind,
    ClosingProposal,
    Consultation,
    Ground,
    Participant,
    PeriodChange,
)
from participation.contributions.actions import take_position
from participation.contributions.models import Choice, Position
from participation.foundation import clock
from participation.foundation.database import db
from tests.concurrency.world import Crew, meet
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant, an_open_consultation

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def a_moderator_of(consultation: Consultation) -> Membership:
    return a_member(Role.MODERATOR, consultation.project.collectivity)


def suspend(consultation_id: int, member_id: int, _number: int) -> str:
    consultation = db.session.get_one(Consultation, consultation_id)
    member = db.session.get_one(Membership, member_id)
    meet()
    pause_consultation(consultation, ground=Ground.COURT_ORDER, reason="Ordonnance.", member=member)
    return "suspended"


def resume(consultation_id: int, member_id: int, _number: int) -> str:
    consultation = db.session.get_one(Consultation, consultation_id)
    member = db.session.get_one(Membership, member_id)
    meet()
    resume_consultation(consultation, reason="Levée.", member=member)
    return "resumed"


def confirm(proposal_id: int, member_id: int, _number: int) -> str:
    proposal = db.session.get_one(ClosingProposal, proposal_id)
    member = db.session.get_one(Membership, member_id)
    assert proposal.consultation is not None
    meet()
    confirm_closing(proposal, member=member)
    return "confirmed"


def choose(participant_id: int, _number: int) -> str:
    participant = db.session.get_one(Participant, participant_id)
    assert participant.consultation is not None
    meet()
    take_position(participant, Choice.OPPOSED)
    return "chosen"


def changes(consultation: Consultation) -> list[PeriodChange]:
    of_it = sa.select(PeriodChange).filter_by(consultation_id=consultation.id).order_by(PeriodChange.id)
    return list(db.session.scalars(of_it))


def test_suspending_and_resuming_at_once_count_once(crew: Crew) -> None:
    consultation = an_open_consultation()
    ids = consultation.id, a_moderator_of(consultation).id
    db.session.commit()
    before = consultation.closes_at

    suspended = crew.at_once(partial(suspend, *ids))
    resumed = crew.at_once(partial(resume, *ids))

    assert sorted(suspended) == ["AlreadyDone"] * 3 + ["suspended"]
    assert sorted(resumed) == ["AlreadyDone"] * 3 + ["resumed"]
    paused, came_back = changes(consultation)
    assert (paused.kind, came_back.kind) == (ChangeKind.PAUSED, ChangeKind.RESUMED)
    assert consultation.closes_at - before == came_back.created_at - paused.created_at


def test_confirming_at_once_counts_once(crew: Crew) -> None:
    consultation = an_open_consultation(opens_at=clock.now() - timedelta(days=20))
    proposer, second = a_moderator_of(consultation), a_moderator_of(consultation)
    proposal = propose_closing(
        consultation, closes_at=None, reason="Plus personne ne répond.", member=proposer
    )
    db.session.commit()

    confirmed = crew.at_once(partial(confirm, proposal.id, second.id))

    assert confirmed.count("confirmed") == 1
    assert set(confirmed) <= {"confirmed", "AlreadyDone", "NotPossibleNow"}
    assert [change.kind for change in changes(consultation)] == [ChangeKind.CLOSED_EARLY]


def test_no_position_is_sent_after_the_suspension_that_it_raced_with(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(3, 20)):
        consultation = an_open_consultation()
        ids = consultation.id, a_moderator_of(consultation).id
        people = [a_participant(consultation).id for _ in range(3)]
        db.session.commit()

        given = crew.at_once(partial(suspend, *ids), *(partial(choose, one) for one in people))

        taken = sa.select(Position.changed_at).filter_by(consultation_id=consultation.id)
        sent = list(db.session.scalars(taken))
        paused_at = consultation.paused_at
        assert paused_at is not None and all(moment < paused_at for moment in sent)
        assert len(sent) == given.count("chosen")
