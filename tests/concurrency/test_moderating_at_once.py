"""Moderators and authors act on the same text at once: one of them is first, the others see what was done."""

from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa

from participation.activity.models import Deadline
from participation.collectivities.models import Membership
from participation.consultations.models import ModerationTime
from participation.contributions.actions import withdraw_contribution
from participation.contributions.models import Contribution, Kind, Visibility
from participation.foundation.database import db
from participation.moderation.actions import (
    accept_contribution,
    accept_several,
    decide_appeal,
    hide_contribution,
    lodge_appeal,
    report_contribution,
    restore_contribution,
)
from participation.moderation.models import Appeal, AppealOutcome, ModerationDecision, Report, Rule
from participation.moderation.queries import waiting_appeal_of
from tests.concurrency.counting import count, counters_that_drifted
from tests.concurrency.world import Crew, meet
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.moderation import REASON, a_hidden_contribution, a_moderator_of, an_appeal

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def act(verb: str, member_id: int, contribution_ids: list[int], number: int) -> str:
    """Does one verb to the text of this round, as somebody whose page showed it before."""
    contribution = db.session.get_one(Contribution, contribution_ids[number // 4])
    member = db.session.get_one(Membership, member_id)
    assert contribution.participant and member.collectivity_id
    meet()
    if verb == "accept":
        accept_contribution(contribution, member=member)
    elif verb == "hide":
        hide_contribution(contribution, rule=Rule.ATTACK, reason=REASON, member=member)
    elif verb == "restore":
        restore_contribution(contribution, reason=REASON, member=member)
    elif verb == "report":
        report_contribution(contribution, rule=Rule.HATE, form_key=f"report {contribution.id} {number}")
    else:
        withdraw_contribution(contribution)
    return verb


@pytest.mark.parametrize(
    ("before", "verbs"),
    [
        (Visibility.PENDING, ("accept", "withdraw")),
        (Visibility.PENDING, ("accept", "hide", "withdraw", "accept")),
        (Visibility.PUBLISHED, ("hide", "withdraw")),
        (Visibility.PUBLISHED, ("withdraw",)),
        (Visibility.HIDDEN, ("restore",)),
    ],
)
def test_two_who_act_on_a_reply_at_once_keep_the_number_of_replies_right(
    crew: Crew, rounds: Rounds, before: Visibility, verbs: tuple[str, ...]
) -> None:
    consultation = an_open_consultation()
    parent = a_contribution(consultation)
    times = rounds(4, 80)
    replies = [a_contribution(parent=parent, visibility=before) for _ in range(times // 4)]
    member = a_moderator_of(parent)
    db.session.commit()
    ids = [reply.id for reply in replies]

    given = crew.at_once(*(partial(act, verb, member.id, ids) for verb in verbs), times=times)

    assert set(given) <= {*verbs, "AlreadyDone", "NotPossibleNow"}
    assert not counters_that_drifted(consultation.id)
    for verb in set(verbs):
        assert given.count(verb) <= times // 4, f"{verb} was done twice to one text"


def test_a_report_that_crosses_the_hiding_is_answered_by_it(crew: Crew, rounds: Rounds) -> None:
    consultation = an_open_consultation()
    times = rounds(8, 80)
    texts = [a_contribution(consultation) for _ in range(times // 4)]
    member = a_moderator_of(texts[0])
    db.session.commit()

    works = [partial(act, verb, member.id, [one.id for one in texts]) for verb in ("report", "hide")]
    given = crew.at_once(*works, times=times)

    assert given.count("hide") == times // 4
    left = sa.select(sa.func.count(Report.id)).where(
        Report.contribution_id.in_([one.id for one in texts]), Report.handled_at.is_(None)
    )
    assert db.session.scalar(left) == 0


def test_a_question_that_two_accept_at_once_owes_one_answer(crew: Crew) -> None:
    consultation = an_open_consultation(moderation=ModerationTime.BEFORE)
    question = a_contribution(consultation, kind=Kind.SERVICE_QUESTION, visibility=Visibility.PENDING)
    member = a_moderator_of(question)
    db.session.commit()

    given = crew.at_once(partial(act, "accept", member.id, [question.id]))

    assert sorted(given) == ["AlreadyDone", "AlreadyDone", "AlreadyDone", "accept"]
    assert count(ModerationDecision, contribution_id=question.id) == 1
    assert count(Deadline, subject=f"contribution:{question.id}") == 1


def accept_ticked(member_id: int, batches: list[list[int]], number: int) -> int:
    member = db.session.get_one(Membership, member_id)
    texts = [db.session.get_one(Contribution, one) for one in batches[number]]
    assert [one.participant for one in texts]
    meet()
    return accept_several(texts, member=member)


def test_two_moderators_who_accept_the_same_texts_in_bulk_block_nobody(crew: Crew, rounds: Rounds) -> None:
    consultation = an_open_consultation()
    parents = [a_contribution(consultation) for _ in range(6)]
    times = rounds(8, 80)
    member, batches = a_moderator_of(parents[0]), []
    for number in range(times):
        replies = [a_contribution(parent=one, visibility=Visibility.PENDING).id for one in parents]
        batches.append(replies if number % 2 else replies[::-1])
    db.session.commit()

    accepted = crew.at_once(partial(accept_ticked, member.id, batches), times=times)

    assert accepted == [6] * times
    assert {one.reply_count for one in parents} == {times}


def lodge(appeal_id: int, number: int) -> str:
    appeal = db.session.get_one(Appeal, appeal_id)
    assert appeal.decision.contribution.participant
    meet()
    lodge_appeal(appeal, message="Je ne visais personne.")
    return "lodged"


def restore(member_id: int, contribution_id: int, number: int) -> str:
    contribution = db.session.get_one(Contribution, contribution_id)
    member = db.session.get_one(Membership, member_id)
    assert contribution.participant
    meet()
    restore_contribution(contribution, reason=REASON, member=member)
    return "restored"


def answer_appeal(appeal_id: int, member_id: int, number: int) -> str:
    appeal = db.session.get_one(Appeal, appeal_id)
    member = db.session.get_one(Membership, member_id)
    assert appeal.decision.contribution.participant
    meet()
    decide_appeal(appeal, outcome=AppealOutcome.REVERSED, reason=REASON, member=member)
    return "answered"


def test_an_appeal_and_a_restoration_at_once_never_leave_an_appeal_about_a_public_text(
    crew: Crew, rounds: Rounds
) -> None:
    for _ in range(rounds(2, 20)):
        appeal = a_hidden_contribution()
        contribution = appeal.decision.contribution
        member = a_moderator_of(contribution)
        db.session.commit()

        works = [partial(lodge, appeal.id), partial(restore, member.id, contribution.id)]
        given = crew.at_once(*works)

        assert set(given) <= {"lodged", "restored", "AlreadyDone", "NotPossibleNow"}
        assert contribution.visibility is Visibility.HIDDEN or waiting_appeal_of(contribution) is None


def test_an_appeal_is_answered_once(crew: Crew) -> None:
    appeal = an_appeal()
    contribution = appeal.decision.contribution
    members = [a_moderator_of(contribution).id for _ in range(4)]
    db.session.commit()

    given = crew.at_once(*(partial(answer_appeal, appeal.id, member) for member in members))

    assert sorted(given) == ["AlreadyDone", "AlreadyDone", "AlreadyDone", "answered"]
    assert count(ModerationDecision, contribution_id=contribution.id) == 2
