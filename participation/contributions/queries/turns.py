"""The order of a discussion: newest for, newest against, newest neutral, and round again.

Each side is a lane of its own, read from an index in the order it is shown: a page costs the same among ten
thousand comments as among fifty. Statements are built once; what changes from page to page are their values.
"""

import enum
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from participation.consultations.models import Participant
from participation.contributions.models import Contribution, Kind, Stance, Visibility
from participation.foundation.database import db
from participation.projects.models import OpenPoint

PAGE_SIZE = 20
LANES = (Stance.FOR, Stance.AGAINST, Stance.NEUTRAL)
# What keeps a place in the discussion: a hidden text leaves a placeholder.
SHOWN = (Visibility.PUBLISHED, Visibility.HIDDEN)
# What a comment shows of itself and of its author; the rest stays in the database.
AS_SHOWN = (
    defer(Contribution.salt),
    joinedload(Contribution.participant, innerjoin=True).load_only(
        Participant.display_name, Participant.channel, Participant.is_identified
    ),
    joinedload(Contribution.open_point).load_only(OpenPoint.published_text, OpenPoint.is_published),
)
EVERYTHING = sa.true()
_CURSOR = re.compile(r"([1-9][0-9]{0,8})\.([0-2])\.([1-9][0-9]{0,8})")


class Shown(enum.StrEnum):
    """The tabs of a discussion."""

    ALL = "all"
    FOR = "for"
    AGAINST = "against"
    CONDITIONS = "conditions"
    QUESTIONS = "questions"
    EXPERIENCES = "experiences"


FILTERS: dict[Shown, sa.ColumnElement[bool]] = {
    Shown.ALL: sa.true(),
    Shown.FOR: Contribution.stance == Stance.FOR,
    Shown.AGAINST: Contribution.stance == Stance.AGAINST,
    Shown.CONDITIONS: Contribution.kind == Kind.CONDITION,
    Shown.QUESTIONS: Contribution.kind == Kind.SERVICE_QUESTION,
    Shown.EXPERIENCES: Contribution.kind == Kind.EXPERIENCE,
}


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after that round and that lane, among what stood there on the first page."""

    round: int = 0
    lane: int = 0
    newest: int | None = None

    def __str__(self) -> str:
        return f"{self.round}.{self.lane}.{self.newest}"

    def passed(self) -> dict[str, int]:
        """Returns how many comments of each lane were shown already."""
        return {
            f"passed_{number}": max(0, self.round - (1 if number > self.lane else 0))
            for number in range(len(LANES))
        }


def read_cursor(words: str) -> Cursor:
    """Returns the place an address names, the first page for anything we did not write."""
    found = _CURSOR.fullmatch(words)
    return Cursor(int(found[1]), int(found[2]), int(found[3])) if found else Cursor()


def turns(
    consultation_id: int,
    shown: Shown,
    after: Cursor,
    *,
    among: sa.ColumnElement[bool] = EVERYTHING,
    size: int = PAGE_SIZE,
) -> tuple[list[Contribution], Cursor | None]:
    """Returns one page of comments in their turns, and where the next page begins; None after the last."""
    is_fenced = after.newest is not None
    page = _page(shown, is_fenced) if among is EVERYTHING else _statement(top_level(shown, is_fenced), among)
    values: dict[str, Any] = {"consultation_id": consultation_id, "newest": after.newest, **after.passed()}
    rows = list(db.session.execute(page, {**values, "size": size + 1}))
    if len(rows) <= size:
        return [row[0] for row in rows], None
    last = rows[size - 1]
    return [row[0] for row in rows[:size]], Cursor(last.round, last.lane, after.newest or last.newest)


def top_level(shown: Shown, is_fenced: bool = False) -> sa.Select[Contribution]:
    """Returns the statement of the comments of a tab; fenced, only those that stood on the first page."""
    kept = sa.select(Contribution).where(
        Contribution.consultation_id == sa.bindparam("consultation_id"),
        Contribution.parent_id.is_(None),
        keeps_its_place(),
        FILTERS[shown],
    )
    return kept.where(Contribution.id <= sa.bindparam("newest")) if is_fenced else kept


def keeps_its_place() -> sa.ColumnElement[bool]:
    """Tells what a discussion shows: texts, places of hidden ones, and of withdrawn ones with replies."""
    answered = sa.and_(Contribution.visibility != Visibility.PENDING, Contribution.reply_count > 0)
    return sa.or_(Contribution.visibility.in_(SHOWN), answered)


@cache
def _page(shown: Shown, is_fenced: bool) -> sa.Select[Any]:
    return _statement(top_level(shown, is_fenced), EVERYTHING)


def _statement(kept: sa.Select[Contribution], among: sa.ColumnElement[bool]) -> sa.Select[Any]:
    kept = kept.where(among)
    lanes = sa.union_all(*(_lane(kept, number) for number in range(len(LANES)))).subquery("lanes")
    newest = kept.with_only_columns(Contribution.id).order_by(Contribution.id.desc()).limit(1)
    return (
        sa.select(
            Contribution,
            lanes.c.round,
            lanes.c.lane,
            newest.scalar_subquery().label("newest"),
        )
        .join(lanes, lanes.c.id == Contribution.id)
        .options(*AS_SHOWN)
        .order_by(lanes.c.round, lanes.c.lane)
        .limit(sa.bindparam("size", type_=sa.Integer))
    )


def _lane(kept: sa.Select[Contribution], number: int) -> sa.Select[Any]:
    passed = sa.bindparam(f"passed_{number}", type_=sa.Integer)
    newest_first = (Contribution.created_at.desc(), Contribution.id.desc())
    beginning = (
        kept.where(Contribution.stance == LANES[number])
        .with_only_columns(Contribution.id, Contribution.created_at)
        .order_by(*newest_first)
        .limit(sa.bindparam("size", type_=sa.Integer))
        .offset(passed)
        .subquery()
    )
    place = sa.func.row_number().over(order_by=(beginning.c.created_at.desc(), beginning.c.id.desc()))
    return sa.select(
        beginning.c.id, (passed + place).label("round"), sa.literal(number, sa.Integer).label("lane")
    )
