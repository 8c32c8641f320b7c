"""The discussion of a consultation: balanced between for and against, twenty comments at a time."""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from participation.contributions.models import Contribution, Kind, Stance, Visibility
from participation.contributions.wording import about
from participation.foundation.database import db

PAGE_SIZE = 20
# What keeps a place in the discussion: a hidden text leaves a placeholder.
SHOWN = (Visibility.PUBLISHED, Visibility.HIDDEN)
_CURSOR = re.compile(r"([1-9][0-9]{0,8})\.([0-2])\.([1-9][0-9]{0,8})")
_TURN = sa.case((Contribution.stance == Stance.FOR, 0), (Contribution.stance == Stance.AGAINST, 1), else_=2)


class Shown(enum.StrEnum):
    """The tabs of a discussion."""

    ALL = "all"
    FOR = "for"
    AGAINST = "against"
    CONDITIONS = "conditions"
    QUESTIONS = "questions"
    EXPERIENCES = "experiences"


_FILTERS: dict[Shown, sa.ColumnElement[bool]] = {
    Shown.ALL: sa.true(),
    Shown.FOR: Contribution.stance == Stance.FOR,
    Shown.AGAINST: Contribution.stance == Stance.AGAINST,
    Shown.CONDITIONS: Contribution.kind == Kind.CONDITION,
    Shown.QUESTIONS: Contribution.kind == Kind.SERVICE_QUESTION,
    Shown.EXPERIENCES: Contribution.kind == Kind.EXPERIENCE,
}


@dataclass
class Comment:
    """A contribution, what it is about, whom it answers when not the one above it, and its replies."""

    contribution: Contribution
    about: str = ""
    answers: str = ""
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


EVERYTHING = sa.true()


def comments_page(
    consultation_id: int,
    *,
    shown: str = Shown.ALL,
    after: str = "",
    among: sa.ColumnElement[bool] = EVERYTHING,
    size: int = PAGE_SIZE,
) -> CommentsPage:
    """Returns comments newest first, for and against in turn, then neutral ones; `after` is a page's cursor.

    The cursor also holds the newest comment of the first page: what is said meanwhile shifts nothing.
    """
    rank, turn, newest = _read(after) or (0, 0, None)
    tab = Shown(shown) if shown in list(Shown) else Shown.ALL
    kept = _top_level(consultation_id, tab, newest).where(among)
    place = sa.func.row_number().over(
        partition_by=_TURN, order_by=(Contribution.created_at.desc(), Contribution.id.desc())
    )
    newest_of_all = sa.func.max(Contribution.id).over()
    ranked = kept.with_only_columns(
        Contribution.id, place.label("place"), _TURN.label("turn"), newest_of_all.label("newest")
    ).subquery()
    page = (
        sa.select(Contribution, ranked.c.place, ranked.c.turn, ranked.c.newest)
        .join(ranked, ranked.c.id == Contribution.id)
        .where(sa.or_(ranked.c.place > rank, sa.and_(ranked.c.place == rank, ranked.c.turn > turn)))
        .options(joinedload(Contribution.participant), joinedload(Contribution.open_point))
        .order_by(ranked.c.place, ranked.c.turn)
        .limit(size + 1)
    )
    rows = list(db.session.execute(page))
    shown_rows = rows[:size]
    more = len(rows) > size
    cursor = f"{shown_rows[-1].place}.{shown_rows[-1].turn}.{newest or shown_rows[-1].newest}" if more else ""
    return CommentsPage(_with_replies([row[0] for row in shown_rows]), cursor)


def comment_counts(consultation_id: int, among: sa.ColumnElement[bool] = EVERYTHING) -> dict[Shown, int]:
    """Returns how many comments each tab holds, in one statement."""
    counts = [sa.func.count().filter(condition).label(shown) for shown, condition in _FILTERS.items()]
    kept = _top_level(consultation_id, Shown.ALL, None).where(among)
    row = db.session.execute(kept.with_only_columns(*counts)).one()
    return dict(zip(_FILTERS, row, strict=True))


def thread_of(contribution: Contribution) -> Comment:
    """Returns one contribution with the replies under it."""
    return _with_replies([contribution])[0]


def _read(cursor: str) -> tuple[int, int, int] | None:
    """Returns place, turn and newest number of a cursor; None for anything we did not write."""
    found = _CURSOR.fullmatch(cursor)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _top_level(consultation_id: int, shown: Shown, newest: int | None) -> sa.Select[Contribution]:
    kept = sa.select(Contribution).where(
        Contribution.consultation_id == consultation_id,
        Contribution.parent_id.is_(None),
        _keeps_its_place(),
        _FILTERS[shown],
    )
    return kept.where(Contribution.id <= newest) if newest else kept


def _keeps_its_place() -> sa.ColumnElement[bool]:
    """Tells what a discussion shows: texts, places of hidden ones, and of withdrawn ones with replies."""
    answered = sa.and_(Contribution.visibility != Visibility.PENDING, Contribution.reply_count > 0)
    return sa.or_(Contribution.visibility.in_(SHOWN), answered)


def _with_replies(contributions: Sequence[Contribution]) -> list[Comment]:
    """Attaches both levels of replies, oldest first, in one statement."""
    comments = [Comment(one, about(one)) for one in contributions]
    known = {comment.contribution.id: comment for comment in comments}
    replies = _replies_under([one.id for one in contributions if one.reply_count])
    for reply in replies:
        known[reply.id] = Comment(reply, answers=_answered(reply, known))
    for reply in replies:
        above = known.get(reply.parent_id or 0)
        if above is not None:
            above.replies.append(known[reply.id])
    return comments


def _replies_under(ids: Sequence[int]) -> list[Contribution]:
    if not ids:
        return []
    above = aliased(Contribution)
    replies = (
        sa.select(Contribution)
        .join(above, above.id == Contribution.parent_id)
        .where(sa.or_(above.id.in_(ids), above.parent_id.in_(ids)), _keeps_its_place())
        .options(joinedload(Contribution.participant), joinedload(Contribution.open_point))
        .order_by(Contribution.created_at, Contribution.id)
    )
    return list(db.session.scalars(replies))


def _answered(reply: Contribution, known: dict[int, Comment]) -> str:
    """Returns the name of whom a reply to a reply answers; one to the comment itself needs no name."""
    answered = known.get(reply.reply_to_id or 0)
    if answered is None or answered.contribution.parent_id is None or not answered.contribution.is_published:
        return ""
    return answered.contribution.spoken_as or answered.contribution.participant.display_name
