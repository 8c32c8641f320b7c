"""The argument of the smaller side: what most people found useful among those who are outnumbered."""

from typing import Any

import sqlalchemy as sa

from participation.contributions.models import Contribution, Stance
from participation.contributions.queries import Tally
from participation.foundation.database import db
from participation.summaries.queries.covering import is_to_be_covered


def smaller_side(tally: Tally, stances: dict[str, int]) -> tuple[Stance, int, int] | None:
    """Returns the side with fewer people, how many it has and out of how many; None when sides are equal.

    Sides are counted in positions, favourable under conditions with favourable; without any position, in
    contributions for and against.
    """
    yes, no = tally.favourable + tally.conditions, tally.opposed
    whole = tally.total
    if not yes and not no:
        yes, no = stances.get("for", 0), stances.get("against", 0)
        whole = yes + no
    if yes == no:
        return None
    return (Stance.AGAINST, no, whole) if no < yes else (Stance.FOR, yes, whole)


def opposing_argument(consultation_id: int, tally: Tally, stances: dict[str, int]) -> dict[str, Any] | None:
    """Returns the reference of the strongest public argument of the smaller side, with what it weighs.

    Strongest: found useful and supported by most people, the earliest of equals. None without smaller side,
    or when nobody on it wrote anything.
    """
    side = smaller_side(tally, stances)
    if side is None:
        return None
    stance, people, whole = side
    weight = Contribution.useful_count + Contribution.support_count
    strongest = (
        sa.select(Contribution.ref, weight)
        .where(is_to_be_covered(consultation_id), Contribution.stance == stance)
        .order_by(weight.desc(), Contribution.id)
        .limit(1)
    )
    row = db.session.execute(strongest).first()
    if row is None:
        return None
    return {
        "ref": row[0],
        "useful": row[1],
        "side": stance.value,
        "people": people,
        "whole": whole,
        "in_positions": bool(tally.favourable + tally.conditions + tally.opposed),
    }
