"""The conditions of a consultation that are shown to whoever says «yes, if»."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, Kind, Visibility
from participation.foundation.database import db

SHOWN = 10


@dataclass(frozen=True)
class OfferedConditions:
    """The conditions offered first, and how many others there are."""

    shown: list[Contribution]
    others: int


def conditions_of(consultation: Consultation) -> list[Contribution]:
    """Returns the published conditions, most supported first."""
    most_supported = Contribution.support_count.desc(), Contribution.id
    in_order = _published().order_by(*most_supported)
    return list(db.session.scalars(in_order, {"consultation_id": consultation.id}))


def offered_conditions(
    consultation: Consultation, supported: Collection[int] = (), size: int = SHOWN
) -> OfferedConditions:
    """Returns those one supports, then the most supported and the newest in turn, in one statement.

    By support alone the first ones written would stay first: nobody would see those that come later.
    """
    asked = {"consultation_id": consultation.id, "supported": list(supported), "size": size + len(supported)}
    rows = db.session.execute(_offered(), asked).all()
    return OfferedConditions([row[0] for row in rows], rows[0].total - len(rows) if rows else 0)


@cache
def _offered() -> sa.Select[Any]:
    published = _published().with_only_columns(
        Contribution.id,
        sa.func.count().over().label("total"),
        _rank(Contribution.support_count.desc(), Contribution.id).label("by_support"),
        _rank(Contribution.id.desc()).label("by_age"),
    )
    ranked = published.subquery("ranked")
    by_support, by_age = 2 * ranked.c.by_support - 1, 2 * ranked.c.by_age
    turn = sa.case((by_support < by_age, by_support), else_=by_age)
    supported: sa.BindParameter[list[int]] = sa.bindparam("supported", expanding=True)
    is_own_choice = sa.case((ranked.c.id.in_(supported), 0), else_=1)
    return (
        sa.select(Contribution, ranked.c.total)
        .join(ranked, ranked.c.id == Contribution.id)
        .order_by(is_own_choice, turn)
        .limit(sa.bindparam("size", type_=sa.Integer))
    )


def _published() -> sa.Select[Contribution]:
    return sa.select(Contribution).where(
        Contribution.consultation_id == sa.bindparam("consultation_id"),
        Contribution.kind == Kind.CONDITION,
        Contribution.visibility == Visibility.PUBLISHED,
    )


def _rank(*order: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]) -> sa.ColumnElement[int]:
    return sa.func.row_number().over(order_by=order)
