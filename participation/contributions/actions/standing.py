"""Where a comment stands in the orders of its discussion: kept in the transaction of each vote and reply."""

from collections.abc import Collection
from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from participation.consultations.models import Participant
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    FormerStanding,
    Kind,
    Stance,
    UsefulVote,
    Visibility,
)
from participation.contributions.ranking import useful_rank
from participation.foundation import clock
from participation.foundation.database import db

KEPT_FOR = timedelta(days=2)
OTHER_SIDE = {Stance.FOR: Stance.AGAINST, Stance.AGAINST: Stance.FOR}


def stand_again(number: int) -> None:
    """Counts again what moves a comment, and notes where it stood when it moves; a reply has no standing.

    The caller has just written the vote or the reply and holds the comment: the count is exact.
    """
    comment = db.session.execute(_standing(), {"number": number}).one()
    if comment.parent_id is not None or comment.consultation_id is None:
        return
    counts = _counts(_table_of(comment.kind), comment.stance in OTHER_SIDE)
    about = {"number": number, "author": comment.author, "other_side": OTHER_SIDE.get(comment.stance)}
    votes, opposed, thread = db.session.execute(counts, about).one()
    rank = useful_rank(votes, opposed)
    if (rank, thread) == (comment.useful_rank, comment.thread_count):
        return
    former = sa.insert(FormerStanding).values(
        consultation_id=comment.consultation_id,
        contribution_id=number,
        useful_rank=comment.useful_rank,
        thread_count=comment.thread_count,
        created_at=clock.now(),
    )
    db.session.execute(former)
    moved = sa.update(Contribution).where(Contribution.id == number)
    db.session.execute(moved.values(useful_rank=rank, thread_count=thread))


def stand_again_with(participants: Collection[int]) -> None:
    """Counts again every comment that these participants answered, or voted for: they became one person."""
    answered = sa.select(Contribution.parent_id).where(
        Contribution.participant_id.in_(participants), Contribution.parent_id.is_not(None)
    )
    voted = [
        sa.select(table.contribution_id).where(table.participant_id.in_(participants))
        for table in (UsefulVote, ConditionSupport)
    ]
    for number in sorted(db.session.scalars(sa.union(answered, *voted))):
        stand_again(number)


def forget_former_standings() -> None:
    """Deletes the standings nobody can be reading by any more."""
    db.session.execute(sa.delete(FormerStanding).where(FormerStanding.created_at < clock.now() - KEPT_FOR))


def _table_of(kind: Kind) -> type[ConditionSupport] | type[UsefulVote]:
    return ConditionSupport if kind is Kind.CONDITION else UsefulVote


@cache
def _standing() -> sa.Select[Any]:
    """Returns the statement of one comment as it stands, held, with the participant its author counts as."""
    author = sa.select(_counted(Participant)).where(Participant.id == Contribution.participant_id)
    return (
        sa.select(
            Contribution.consultation_id,
            Contribution.parent_id,
            Contribution.kind,
            Contribution.stance,
            Contribution.useful_rank,
            Contribution.thread_count,
            author.scalar_subquery().label("author"),
        )
        .where(Contribution.id == sa.bindparam("number"))
        .with_for_update(key_share=True)
    )


@cache
def _counts(table: type[ConditionSupport] | type[UsefulVote], has_other_side: bool) -> sa.Select[Any]:
    """Returns the statement of the votes for a comment, of who is opposed, and of its thread.

    Made once for each kind of vote: it is asked at every vote.
    """
    number: sa.BindParameter[int] = sa.bindparam("number", type_=sa.Integer)
    votes = sa.select(sa.func.count()).where(table.contribution_id == number).scalar_subquery()
    opposed = _opposed(table, number).scalar_subquery() if has_other_side else sa.literal(0)
    return sa.select(votes, opposed, _thread(number).scalar_subquery())


def _opposed(
    table: type[ConditionSupport] | type[UsefulVote], number: sa.BindParameter[int]
) -> sa.Select[int]:
    """Counts who answered with an argument of the other side, without having found it useful.

    Of a remark that takes no side there is no other side.
    """
    voted = sa.select(table.participant_id).where(table.contribution_id == number)
    writer, reply = aliased(Participant), aliased(Contribution)
    return (
        sa.select(sa.func.count(_counted(writer).distinct()))
        .select_from(reply)
        .join(writer, writer.id == reply.participant_id)
        .where(
            reply.parent_id == number,
            reply.visibility == Visibility.PUBLISHED,
            reply.stance == sa.bindparam("other_side", type_=Contribution.stance.type),
            _counted(writer) != sa.bindparam("author", type_=sa.Integer),
            _counted(writer).not_in(voted),
        )
    )


def _counted(participant: type[Participant]) -> sa.ColumnElement[int]:
    """Returns the participant that counts: one person may take part under two identities."""
    return sa.func.coalesce(participant.same_as_id, participant.id)


def _thread(number: sa.BindParameter[int]) -> sa.Select[int]:
    reply, above = aliased(Contribution), aliased(Contribution)
    beneath = sa.select(above.id).where(above.parent_id == number)
    return (
        sa.select(sa.func.count())
        .select_from(reply)
        .where(
            reply.visibility == Visibility.PUBLISHED,
            sa.or_(reply.parent_id == number, reply.parent_id.in_(beneath)),
        )
    )
