"""The only writer of who may read a contribution; the counts that depend on it change with it."""

from collections.abc import Collection

import sqlalchemy as sa

from participation.activity.recording import owe
from participation.collectivities.permissions import reviewers_of
from participation.consultations.holding import hold_period
from participation.consultations.models import Participant
from participation.contributions.actions.standing import stand_again
from participation.contributions.models import Contribution, ServiceAnswer, Visibility
from participation.foundation import clock, working_days
from participation.foundation.database import db
from participation.foundation.holding import hold, hold_several
from participation.foundation.mail import queue_mail
from participation.projects.queries import referent_of

QUESTION = "service_question"


def hold_texts(*contributions: Contribution) -> None:
    """Takes texts with what they stand under, lowest number first, to change who may read them.

    The period is held with them, so that a summary is never published in between.
    """
    for participant in {one.outside_project_id: one.participant for one in contributions}.values():
        if participant.consultation is None:
            hold_place(participant)
    for consultation in dict.fromkeys(one.consultation for one in contributions):
        if consultation is not None:
            hold_period(consultation)
    parents = {one.parent_id for one in contributions if one.parent_id}
    hold_several(Contribution, {one.id for one in contributions} | parents | _parents_of(parents))


def _parents_of(numbers: Collection[int]) -> set[int]:
    """Returns what these replies stand under: the comment that a whole thread moves."""
    if not numbers:
        return set()
    above = sa.select(Contribution.parent_id).where(Contribution.id.in_(numbers))
    return {number for number in db.session.scalars(above) if number is not None}


def hold_place(participant: Participant) -> None:
    """Keeps the period of a consultation; outside any, the project with its suspension."""
    if participant.consultation is not None:
        hold_period(participant.consultation)
    else:
        hold(participant.project, shared=True)


def change_visibility(contribution: Contribution, visibility: Visibility) -> None:
    """Sets who may read a contribution and keeps the number of published replies of its parent.

    The caller holds them (`hold_texts`): what was published before is known for sure.
    """
    was_published = contribution.is_published
    contribution.visibility = visibility
    db.session.flush()
    if contribution.is_published != was_published:
        count_reply(contribution, 1 if contribution.is_published else -1)
    if contribution.is_published and not was_published:
        start_answer_clock(contribution)


def start_answer_clock(contribution: Contribution) -> None:
    """Owes an answer to a question of a resident, in working days from when everyone can read it.

    While its consultation is suspended the clock is set and stands still; the caller holds the period. The
    AI referent of the project is told the first time.
    """
    if not contribution.is_question:
        return
    consultation, now = contribution.consultation, clock.now()
    collectivity = contribution.project.collectivity
    is_new = owe(
        QUESTION,
        f"contribution:{contribution.id}",
        owed_by=collectivity.display_name,
        due_at=working_days.after(now, collectivity.answer_days, collectivity.timezone),
        project_id=contribution.project.id,
        collectivity_id=collectivity.id,
        consultation_id=contribution.consultation_id,
        suspended_at=now if consultation is not None and consultation.is_paused else None,
    )
    if is_new:
        _tell_referent(contribution)


def is_answer(contribution: Contribution) -> bool:
    """Tells whether a text is the answer of a service to a question."""
    if not contribution.spoken_as:
        return False
    answers = sa.select(ServiceAnswer.id).filter_by(reply_id=contribution.id)
    return db.session.scalar(answers) is not None


def forget_waiting_answer(question: Contribution) -> None:
    """Drops the answer that waits for a version: nobody can read the question any more."""
    waiting = sa.delete(ServiceAnswer).where(
        ServiceAnswer.question_id == question.id, ServiceAnswer.reply_id.is_(None)
    )
    db.session.execute(waiting)


def _tell_referent(question: Contribution) -> None:
    """Queues one mail to the referent of the project, or to each administrator when there is none."""
    project = question.project
    referent = referent_of(project)
    told = [referent] if referent else reviewers_of(project.collectivity_id).administrators
    for membership in told:
        queue_mail("question_to_answer", question=question.id, membership=membership.id)


def count_reply(contribution: Contribution, change: int) -> None:
    """Adds to the number of published replies of the contribution it stands under, if any."""
    if contribution.parent_id is None:
        return
    parent = sa.update(Contribution).where(Contribution.id == contribution.parent_id)
    db.session.execute(parent.values(reply_count=Contribution.reply_count + change))
    [root] = _parents_of([contribution.parent_id]) or {contribution.parent_id}
    stand_again(root)
