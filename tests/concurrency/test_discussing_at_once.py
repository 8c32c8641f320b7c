"""Votes, replies and changed words at once: no rank drifts, and no vote is about words nobody showed."""

from collections.abc import Callable
from functools import partial

import pytest

from participation.consultations.models import Participant
from participation.contributions.actions import record_submission, submit_contribution
from participation.contributions.models import Contribution, Kind, Stance
from participation.contributions.ranking import useful_rank
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import secret_token
from tests.concurrency.counting import counters_that_drifted
from tests.concurrency.world import Crew, meet
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def react(participants: list[int], numbers: list[int], number: int) -> None:
    """Finds the comment useful, or argues against it, or answers its reply, in turn."""
    who = db.session.get_one(Participant, participants[number])
    comment, reply = (db.session.get_one(Contribution, one) for one in numbers)
    meet()
    if number % 3 == 0:
        payload = {"contribution": comment.ref}
        record_submission(who, "useful", payload, form_key=secret_token(), now=clock.now())
    else:
        above = comment if number % 3 == 1 else reply
        submit_contribution(
            who, kind=Kind.COMMENT, body="Non", stance=Stance.AGAINST, reply_to=above, now=clock.now()
        )


def test_a_rank_is_that_of_a_recount_whoever_reacts_at_once(crew: Crew, rounds: Rounds) -> None:
    consultation = an_open_consultation()
    comment = a_contribution(consultation, stance=Stance.FOR)
    reply = a_contribution(parent=comment)
    times = rounds(24, 240)
    participants = [a_participant(consultation).id for _one in range(times)]
    db.session.commit()

    crew.at_once(partial(react, participants, [comment.id, reply.id]), times=times)

    third = times // 3
    assert comment.useful_rank == useful_rank(third, third)
    assert comment.thread_count == 1 + 2 * third
    assert counters_that_drifted(consultation.id) == []


def mend(contribution_id: int, number: int) -> str:
    contribution = db.session.get_one(Contribution, contribution_id)
    payload = {"contribution": contribution.ref, "body": f"Autrement {number}"}
    meet()
    record_submission(contribution.participant, "edit", payload, form_key=secret_token(), now=clock.now())
    return "changed"


def find_it_useful(participants: list[int], contribution_id: int, number: int) -> str:
    who = db.session.get_one(Participant, participants[number])
    contribution = db.session.get_one(Contribution, contribution_id)
    # The page was read before anybody changed anything.
    payload = {"contribution": contribution.ref, "wording": ""}
    meet()
    record_submission(who, "useful", payload, form_key=secret_token(), now=clock.now())
    return "useful"


def test_words_change_or_are_found_useful_never_both(crew: Crew, rounds: Rounds) -> None:
    for _one in range(rounds(2, 40)):
        consultation = an_open_consultation()
        contribution = a_contribution(consultation, body="Les mots lus")
        participants = [a_participant(consultation).id for _ in range(4)]
        db.session.commit()

        given = crew.at_once(
            partial(mend, contribution.id), partial(find_it_useful, participants, contribution.id)
        )

        was_changed = contribution.body != "Les mots lus"
        assert was_changed == ("changed" in given) != ("useful" in given)
        assert contribution.useful_count == given.count("useful")
