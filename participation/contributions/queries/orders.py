"""The other orders of a discussion: newest, oldest, most useful, most discussed.

Moments never change; ranks do, with each vote and each reply. So that whoever reads on is shown nothing
twice and misses nothing, all pages keep the order of the moment the first one was read: comments that moved
since are put back where they stood, by what `FormerStanding` remembers.
"""

import enum
from functools import cache
from typing import Any

import sqlalchemy as sa

from participation.contributions.models import Contribution, FormerStanding
from participation.contributions.queries.cursors import (
    AFTER_ALL,
    BEFORE_ALL,
    Said,
    first_standing,
    read_said,
    read_standing,
    read_turn,
)
from participation.contributions.queries.shown import (
    AS_SHOWN,
    EVERYTHING,
    Shown,
    said_after,
    said_before,
    top_level,
)
from participation.contributions.queries.turns import turns
from participation.foundation.database import UTCDateTime, db

PAGE_SIZE = 20


class Order(enum.StrEnum):
    """In which order a discussion is read; the first is what everybody gets who chooses nothing."""

    BALANCED = "balanced"
    USEFUL = "useful"
    NEWEST = "newest"
    OLDEST = "oldest"
    DISCUSSED = "discussed"


_RANKS = {
    Order.USEFUL: (Contribution.useful_rank, FormerStanding.useful_rank),
    Order.DISCUSSED: (Contribution.thread_count, FormerStanding.thread_count),
}


def known_place(order: Order, words: str) -> str:
    """Returns the place that an address names in this order, empty for what we did not write."""
    if order is Order.BALANCED:
        place: object = read_turn(words)
    else:
        place = read_standing(words) if order in _RANKS else read_said(words)
    return str(place) if place else ""


def one_page(
    consultation_id: int,
    shown: Shown,
    order: Order,
    after: str,
    *,
    among: sa.ColumnElement[bool] = EVERYTHING,
    size: int = PAGE_SIZE,
) -> tuple[list[Contribution], str]:
    """Returns one page of comments, and where the next page begins; empty after the last."""
    if order is Order.BALANCED:
        return turns(consultation_id, shown, after, among=among, size=size)
    page = _page(shown, order) if among is EVERYTHING else _statement(order, top_level(shown).where(among))
    values = {"consultation_id": consultation_id, "size": size + 1}
    if order in _RANKS:
        return _by_rank(page, values, after, size)
    said = read_said(after) or (AFTER_ALL if order is Order.NEWEST else BEFORE_ALL)
    rows = list(db.session.scalars(page, {**values, "at": said.at, "number": said.number}))
    last = rows[size - 1] if len(rows) > size else None
    return rows[:size], str(Said(last.created_at, last.id)) if last else ""


def _by_rank(
    page: sa.Select[Any], values: dict[str, Any], after: str, size: int
) -> tuple[list[Contribution], str]:
    place = read_standing(after) or first_standing()
    values |= {"as_of": place.as_of, "rank": place.rank, "number": place.number}
    rows = list(db.session.execute(page, values))
    if len(rows) <= size:
        return [row[0] for row in rows], ""
    last = rows[size - 1]
    return [row[0] for row in rows[:size]], str(place.after(last.rank, last[0].id))


@cache
def _page(shown: Shown, order: Order) -> sa.Select[Any]:
    return _statement(order, top_level(shown))


def _statement(order: Order, kept: sa.Select[Contribution]) -> sa.Select[Any]:
    if order in _RANKS:
        return _ranked(kept, *_RANKS[order])
    moment, number = Contribution.created_at, Contribution.id
    if order is Order.NEWEST:
        read = kept.where(said_before("at", "number")).order_by(moment.desc(), number.desc())
    else:
        read = kept.where(said_after("at", "number")).order_by(moment, number)
    return read.options(*AS_SHOWN).limit(_size())


def _ranked(kept: sa.Select[Contribution], rank: Any, former_rank: Any) -> sa.Select[Any]:
    former = _moved_since(former_rank)
    stayed = _beginning(kept.where(Contribution.id.not_in(sa.select(former.c.contribution_id))), rank)
    moved = _beginning(kept.join(former, former.c.contribution_id == Contribution.id), former.c.rank)
    found = sa.union_all(sa.select(stayed), sa.select(moved)).subquery("found")
    return (
        sa.select(Contribution, found.c.rank)
        .join(found, found.c.id == Contribution.id)
        .options(*AS_SHOWN)
        .order_by(found.c.rank.desc(), Contribution.id.desc())
        .limit(_size())
    )


def _moved_since(former_rank: Any) -> sa.CTE:
    """Returns the comments that moved since a moment, each with the rank it had then."""
    first = sa.func.row_number().over(partition_by=FormerStanding.contribution_id, order_by=FormerStanding.id)
    changes = (
        sa.select(FormerStanding.contribution_id, former_rank.label("rank"), first.label("place"))
        .where(
            FormerStanding.consultation_id == sa.bindparam("consultation_id"),
            FormerStanding.created_at > sa.bindparam("as_of", type_=UTCDateTime()),
        )
        .subquery("changes")
    )
    earliest = sa.select(changes.c.contribution_id, changes.c.rank).where(changes.c.place == 1)
    return earliest.cte("former")


def _beginning(kept: sa.Select[Contribution], rank: Any) -> sa.Subquery:
    """Returns the next comments by rank, the highest first, ties by number."""
    last = sa.tuple_(sa.bindparam("rank", type_=sa.Integer), sa.bindparam("number", type_=sa.Integer))
    return (
        kept.where(sa.tuple_(rank, Contribution.id) < last)
        .with_only_columns(Contribution.id, rank.label("rank"))
        .order_by(rank.desc(), Contribution.id.desc())
        .limit(_size())
        .subquery()
    )


def _size() -> sa.BindParameter[int]:
    return sa.bindparam("size", type_=sa.Integer)
