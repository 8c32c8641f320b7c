"""The discussion of a consultation: twenty comments at a time with their replies."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from participation.contributions.models import Contribution, Visibility
from participation.contributions.queries.orders import PAGE_SIZE, Order, one_page
from participation.contributions.queries.shown import (
    AS_SHOWN,
    EVERYTHING,
    FILTERS,
    Shown,
    keeps_its_place,
    top_level,
)
from participation.contributions.wording import about
from participation.foundation.database import db


@dataclass
class Comment:
    """A contribution, what it is about, whom it answers when not the one above it, and its replies."""

    contribution: Contribution
    about: str = ""
    answers: str = ""
    answers_official: bool = False
    replies: list["Comment"] = field(default_factory=list)

    @property
    def hidden_ids(self) -> list[int]:
        """Returns the numbers of the hidden ones in this thread."""
        own = [self.contribution.id] if self.contribution.visibility is Visibility.HIDDEN else []
        return own + [number for reply in self.replies for number in reply.hidden_ids]


@dataclass(frozen=True)
class CommentsPage:
    """Twenty comments at most with their replies; `next_cursor` is empty on the last page."""

    comments: list[Comment]
    next_cursor: str

    @property
    def hidden_ids(self) -> list[int]:
        """Returns the numbers of the hidden ones, replies included: their rule is shown in their place."""
        return [number for comment in self.comments for number in comment.hidden_ids]


def comments_page(
    consultation_id: int,
    *,
    shown: Shown = Shown.ALL,
    order: Order = Order.BALANCED,
    after: str = "",
    among: sa.ColumnElement[bool] = EVERYTHING,
    size: int = PAGE_SIZE,
) -> CommentsPage:
    """Returns comments in an order, with their replies; `after` is the cursor of the page before.

    Balanced: newest first, for and against in turn, then neutral ones. Whatever is said, voted or taken back
    between two pages, no comment is shown twice and none is passed over.
    """
    contributions, following = one_page(consultation_id, shown, order, after, among=among, size=size)
    return CommentsPage(_with_replies(contributions), following)


def comment_counts(consultation_id: int, among: sa.ColumnElement[bool] = EVERYTHING) -> dict[Shown, int]:
    """Returns how many comments each tab holds, in one statement."""
    counts = _counts() if among is EVERYTHING else _counted(among)
    row = db.session.execute(counts, {"consultation_id": consultation_id}).one()
    return dict(zip(FILTERS, row, strict=True))


def thread_of(contribution: Contribution) -> Comment:
    """Returns one contribution with the replies under it."""
    return _with_replies([contribution])[0]


@cache
def _counts() -> sa.Select[*tuple[Any, ...]]:
    return _counted(EVERYTHING)


def _counted(among: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    counts = [sa.func.count().filter(condition).label(shown) for shown, condition in FILTERS.items()]
    return top_level(Shown.ALL).where(among).with_only_columns(*counts)


def _with_replies(contributions: Sequence[Contribution]) -> list[Comment]:
    """Attaches both levels of replies, oldest first, in one statement."""
    comments = [Comment(one, about(one)) for one in contributions]
    known = {comment.contribution.id: comment for comment in comments}
    # Under each of them: below a reply that is gone, or hidden, others may still stand.
    replies = _replies_under([one.id for one in contributions])
    for reply in replies:
        known[reply.id] = _reply(reply, known)
    for reply in replies:
        above = known.get(reply.parent_id or 0)
        if above is not None:
            above.replies.append(known[reply.id])
    return comments


def _replies_under(ids: Sequence[int]) -> list[Contribution]:
    return list(db.session.scalars(_replies(), {"ids": list(ids)})) if ids else []


@cache
def _replies() -> sa.Select[Contribution]:
    above = aliased(Contribution)
    ids: sa.BindParameter[list[int]] = sa.bindparam("ids", expanding=True)
    return (
        sa.select(Contribution)
        .join(above, above.id == Contribution.parent_id)
        .where(sa.or_(above.id.in_(ids), above.parent_id.in_(ids)), keeps_its_place())
        .options(*AS_SHOWN)
        .order_by(Contribution.created_at, Contribution.id)
    )


def _reply(reply: Contribution, known: dict[int, Comment]) -> Comment:
    """Returns a reply, with whom it answers when that is another reply; the comment itself needs no name."""
    answered = known.get(reply.reply_to_id or 0)
    if answered is None or answered.contribution.parent_id is None or not answered.contribution.is_published:
        return Comment(reply)
    function = answered.contribution.spoken_as
    return Comment(
        reply,
        answers=function or answered.contribution.participant.display_name,
        answers_official=bool(function),
    )
