"""The balanced order of a discussion: newest for, newest against, newest neutral, and round again.

Each side is a lane of its own, read from an index in the order it is shown: a page costs the same among ten
thousand comments as among fifty. Statements are built once; what changes from page to page are their values.
"""

from functools import cache
from typing import Any

import sqlalchemy as sa

from participation.contributions.models import Contribution, Stance
from participation.contributions.queries.cursors import AFTER_ALL, Said, Turn, read_turn
from participation.contributions.queries.shown import AS_SHOWN, EVERYTHING, Shown, said_before, top_level
from participation.foundation.database import db

LANES = (Stance.FOR, Stance.AGAINST, Stance.NEUTRAL)
# As if neutral had just spoken, and nobody before.
FIRST = Turn(len(LANES) - 1, (None,) * len(LANES))


def turns(
    consultation_id: int, shown: Shown, after: str, *, among: sa.ColumnElement[bool], size: int
) -> tuple[list[Contribution], str]:
    """Returns one page of comments in their turns, and where the next page begins; empty after the last."""
    turn = read_turn(after) or FIRST
    page = _page(shown) if among is EVERYTHING else _statement(top_level(shown).where(among))
    values: dict[str, Any] = {"consultation_id": consultation_id, "size": size + 1}
    for number, last in enumerate(turn.last):
        said = last or AFTER_ALL
        # The lanes up to the one that spoke last have spoken once more than the others.
        values |= {f"at_{number}": said.at, f"number_{number}": said.number}
        values[f"spoken_{number}"] = int(number <= turn.lane)
    rows = list(db.session.execute(page, values))
    for contribution, lane in rows[:size]:
        turn = turn.after(lane, Said(contribution.created_at, contribution.id))
    return [row[0] for row in rows[:size]], str(turn) if len(rows) > size else ""


@cache
def _page(shown: Shown) -> sa.Select[Any]:
    return _statement(top_level(shown))


def _statement(kept: sa.Select[Contribution]) -> sa.Select[Any]:
    lanes = sa.union_all(*(_lane(kept, number) for number in range(len(LANES)))).subquery("lanes")
    return (
        sa.select(Contribution, lanes.c.lane)
        .join(lanes, lanes.c.id == Contribution.id)
        .options(*AS_SHOWN)
        .order_by(lanes.c.round, lanes.c.lane)
        .limit(sa.bindparam("size", type_=sa.Integer))
    )


def _lane(kept: sa.Select[Contribution], number: int) -> sa.Select[Any]:
    newest_first = (Contribution.created_at.desc(), Contribution.id.desc())
    beginning = (
        kept.where(Contribution.stance == LANES[number], said_before(f"at_{number}", f"number_{number}"))
        .with_only_columns(Contribution.id, Contribution.created_at)
        .order_by(*newest_first)
        .limit(sa.bindparam("size", type_=sa.Integer))
        .subquery()
    )
    place = sa.func.row_number().over(order_by=(beginning.c.created_at.desc(), beginning.c.id.desc()))
    spoken = sa.bindparam(f"spoken_{number}", type_=sa.Integer)
    return sa.select(
        beginning.c.id, (place + spoken).label("round"), sa.literal(number, sa.Integer).label("lane")
    )
