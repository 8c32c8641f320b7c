"""Residents and moderators do anything at once: all of it is refused with a sentence or counted right."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
import sqlalchemy as sa

from participation.activity.models import Deadline
from participation.collectivities.models import Membership, Role
from participation.consultations.models import Participant
from participation.contributions.actions import (
    answer_question,
    find_useful,
    record_submission,
    stop_finding_useful,
    stop_supporting,
    submit_contribution,
    take_position,
    withdraw_contribution,
)
from participation.contributions.models import (
    AnswerOutcome,
    Choice,
    Contribution,
    Kind,
    Position,
    ServiceAnswer,
    Visibility,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.moderation.actions import (
    accept_contribution,
    accept_several,
    hide_contribution,
    report_contribution,
    restore_contribution,
)
from participation.moderation.models import Appeal, ModerationDecision, Report, Rule, Verdict
from tests.concurrency.counting import count, counters_that_drifted
from tests.concurrency.world import Crew
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution
from tests.factories.moderation import REASON, a_moderator_of

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Act = Callable[[random.Random, Participant, Membership, list[Contribution]], object]


def _opinion(dice: random.Random, who: Participant, _member: Membership, texts: list[Contribution]) -> object:
    conditions = [one.ref for one in texts if one.kind is Kind.CONDITION]
    payload = {
        "choice": dice.choice(list(Choice)).value,
        "conditions": dice.sample(conditions, len(conditions)),
        "new_condition": dice.choice(["", "Oui, si un agent répond aussi."]),
        "language": "fr",
    }
    return record_submission(who, "opinion", payload, form_key=f"{dice.getrandbits(64)}", now=clock.now())


def _speak(dice: random.Random, who: Participant, _member: Membership, texts: list[Contribution]) -> object:
    kind = dice.choice([Kind.COMMENT, Kind.SERVICE_QUESTION, Kind.CONDITION])
    return submit_contribution(who, kind=kind, body="Encore un mot.")


def _reply(dice: random.Random, who: Participant, _member: Membership, texts: list[Contribution]) -> object:
    spoken_as = dice.choice(["", "Service Accueil"])
    return submit_contribution(
        who, kind=Kind.COMMENT, body="Réponse.", reply_to=dice.choice(texts), spoken_as=spoken_as
    )


def _accept_several(
    dice: random.Random, _who: Participant, member: Membership, texts: list[Contribution]
) -> object:
    return accept_several(dice.sample(texts, min(5, len(texts))), member=member)


def _answer(dice: random.Random, _who: Participant, member: Membership, texts: list[Contribution]) -> object:
    """Answers under another role of the moderator's collectivity, at once: the dossier doesn't change."""
    agents = sa.select(Membership).filter_by(collectivity_id=member.collectivity_id, role=Role.AGENT)
    agent = dice.choice(list(db.session.scalars(agents.order_by(Membership.id))))
    outcome = AnswerOutcome.UNCHANGED
    return answer_question(dice.choice(texts), outcome=outcome, body="Voici pourquoi.", member=agent)


ACTS: list[Act] = [
    _answer,
    _opinion,
    _speak,
    _reply,
    _accept_several,
    lambda dice, who, _member, _texts: take_position(who, dice.choice(list(Choice))),
    lambda dice, who, _member, texts: find_useful(who, dice.choice(texts)),
    lambda dice, who, _member, texts: stop_finding_useful(who, dice.choice(texts)),
    lambda dice, who, _member, texts: stop_supporting(who, dice.choice(texts)),
    lambda dice, _who, _member, texts: withdraw_contribution(dice.choice(texts)),
    lambda dice, _who, member, texts: accept_contribution(dice.choice(texts), member=member),
    lambda dice, _who, member, texts: hide_contribution(
        dice.choice(texts), rule=Rule.ATTACK, reason=REASON, member=member
    ),
    lambda dice, _who, member, texts: restore_contribution(dice.choice(texts), reason=REASON, member=member),
    lambda dice, _who, _member, texts: report_contribution(
        dice.choice(texts), rule=Rule.HATE, form_key=f"{dice.getrandbits(64)}"
    ),
]


def live(
    consultation_id: int, participants: list[int], members: list[int], steps: int, number: int
) -> Counter[str]:
    """Takes many random steps, each a request that commits or is refused; returns how each ended."""
    dice = random.Random(number)
    ended: Counter[str] = Counter()
    for _ in range(steps):
        texts = sa.select(Contribution).filter_by(consultation_id=consultation_id).order_by(Contribution.id)
        # Few texts and few people, so that they meet often.
        known = list(db.session.scalars(texts.limit(8))) + list(
            db.session.scalars(texts.order_by(None).order_by(Contribution.id.desc()).limit(4))
        )
        who = db.session.get_one(Participant, dice.choice(participants))
        member = db.session.get_one(Membership, dice.choice(members))
        try:
            dice.choice(ACTS)(dice, who, member, known)
            db.session.commit()
            ended["done"] += 1
        except DomainError as refusal:
            db.session.rollback()
            ended[type(refusal).__name__] += 1
    return ended


def test_a_random_load_on_one_consultation_leaves_every_count_right(
    crew: Crew, rounds: Callable[[int, int], int]
) -> None:
    consultation = an_open_consultation()
    first = a_contribution(consultation, kind=Kind.SERVICE_QUESTION)
    a_condition(consultation), a_condition(consultation)
    a_contribution(parent=first, visibility=Visibility.PENDING)
    a_contribution(parent=first)
    participants = [a_participant(consultation).id for _ in range(5)]
    members = [a_moderator_of(first).id for _ in range(2)]
    for _ in range(2):
        a_member(Role.AGENT, consultation.project.collectivity)
    db.session.commit()

    steps, times = rounds(20, 100), rounds(4, 40)
    work = partial(live, consultation.id, participants, members, steps)
    ended = sum(crew.at_once(work, times=times), Counter())

    assert ended.total() == steps * times
    assert ended["done"] > steps * times / 4
    assert not counters_that_drifted(consultation.id)
    _assert_positions_are_one_each(consultation.id)
    _assert_deadlines_are_those_of_public_questions(consultation.id)
    _assert_the_register_tells_what_is_hidden(consultation.id)


def _assert_positions_are_one_each(consultation_id: int) -> None:
    taken = sa.select(Position.participant_id).filter_by(consultation_id=consultation_id)
    positions = db.session.scalars(taken).all()
    assert len(positions) == len(set(positions)) == count(Position, consultation_id=consultation_id)


def _assert_deadlines_are_those_of_public_questions(consultation_id: int) -> None:
    asked = sa.select(Contribution).filter_by(
        consultation_id=consultation_id, kind=Kind.SERVICE_QUESTION, parent_id=None, spoken_as=""
    )
    for question in db.session.scalars(asked):
        owed = sa.select(Deadline).filter_by(subject=f"contribution:{question.id}")
        deadline = db.session.scalars(owed).one_or_none()
        if question.visibility is Visibility.WITHDRAWN:
            assert deadline is None or deadline.done_at is not None
        answers = count(ServiceAnswer, question_id=question.id)
        assert answers <= 1
        if answers:
            assert deadline is not None and deadline.done_at is not None


def _assert_the_register_tells_what_is_hidden(consultation_id: int) -> None:
    for text in db.session.scalars(sa.select(Contribution).filter_by(consultation_id=consultation_id)):
        decided = sa.select(ModerationDecision).filter_by(contribution_id=text.id)
        verdicts = [one.verdict for one in db.session.scalars(decided.order_by(ModerationDecision.id))]
        hidden = verdicts[-1:] == [Verdict.HIDDEN]
        assert (text.visibility is Visibility.HIDDEN) == hidden or text.visibility is Visibility.WITHDRAWN
        for before, after in pairwise(verdicts):
            assert before is not after or after is Verdict.ACCEPTED, "hidden or restored twice in a row"
        appeals = (
            sa.select(sa.func.count(Appeal.id))
            .join(Appeal.decision)
            .where(ModerationDecision.contribution_id == text.id)
        )
        assert db.session.scalar(appeals) == verdicts.count(Verdict.HIDDEN)
        if text.visibility is Visibility.HIDDEN:
            assert count(Report, contribution_id=text.id, handled_at=None) == 0
