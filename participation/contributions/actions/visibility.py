"""The only writer of who may read a contribution; the counts that depend on it change with it."""

from datetime import timedelta

import sqlalchemy as sa

from participation.activity.recording import owe
from participation.consultations.holding import hold_period
from participation.contributions.models import Contribution, Kind, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.holding import hold_several

ANSWER_WITHIN = timedelta(days=10)
QUESTION = "service_question"


def hold_texts(*contributions: Contribution) -> None:
    """Takes texts with what they stand under, lowest number first, to change who may read them.

    The period is held with them, so that a summary is never published in between.
    """
    for consultation in dict.fromkeys(one.consultation for one in contributions):
        hold_period(consultation)
    numbers = {one.id for one in contributions} | {one.parent_id for one in contributions if one.parent_id}
    hold_several(Contribution, numbers)


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
    """Owes an answer to a question of a resident, from the moment that everyone can read it.

    While its consultation is suspended the clock is set and stands still; the caller holds the period.
    """
    if contribution.kind is not Kind.SERVICE_QUESTION or contribution.spoken_as or contribution.parent_id:
        return
    consultation, now = contribution.consultation, clock.now()
    project = consultation.project
    owe(
        QUESTION,
        f"contribution:{contribution.id}",
        owed_by=project.collectivity.display_name,
        due_at=now + ANSWER_WITHIN,
        project_id=project.id,
        collectivity_id=project.collectivity_id,
        consultation_id=consultation.id,
        suspended_at=now if consultation.is_paused else None,
    )


def count_reply(contribution: Contribution, change: int) -> None:
    """Adds to the number of published replies of the contribution it stands under, if any."""
    if contribution.parent_id is None:
        return
    parent = sa.update(Contribution).where(Contribution.id == contribution.parent_id)
    db.session.execute(parent.values(reply_count=Contribution.reply_count + change))
