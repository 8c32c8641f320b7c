"""The conditions of a consultation that are shown to whoever says «yes, if»."""

from collections.abc import Collection
from dataclasses import dataclass

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
    return list(db.session.scalars(_published(consultation).order_by(*most_supported)))


def offered_conditions(
    consultation: Consultation, supported: Collection[int] = (), size: int = SHOWN
) -> OfferedConditions:
    """Returns those one supports, then the most supported and the newest in turn, in one statement.

    By support alone the first ones written would stay first: nobody would see those that come later.
    """
    published = _published(consultation).with_only_columns(
        Contribution.id,
        sa.func.count().over().label("total"),
        _rank(Contribution.support_count.desc(), Contribution.id).label("by_support"),
        _rank(Contribution.id.desc()).label("by_age"),
    )
    ranked = published.subquery("ranked")
    by_support, by_age = 2 * ranked.c.by_support - 1, 2 * ranked.c.by_age
    turn = sa.case((by_support < by_age, by_support), else_=by_age)
    is_own_choice = sa.case((ranked.c.id.in_(supported), 0), else_=1)
    offered = (
        sa.select(Contribution, ranked.c.total)
        .join(ranked, ranked.c.id == Contribution.id)
        .order_by(is_own_choice, turn)
        .limit(size + len(supported))
    )
    rows = db.session.execute(offered).all()
    return OfferedConditions([row[0] for row in rows], rows[0].total - len(rows) if rows else 0)


def _published(consultation: Consultation) -> sa.Select[Contribution]:
    return sa.select(Contribution).where(
        Contribution.consultation_id == consultation.id,
        Contribution.kind == Kind.CONDITION,
        Contribution.visibility == Visibility.PUBLISHED,
    )


def _rank(*order: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]) -> sa.ColumnElement[int]:
    return sa.func.row_number().over(order_by=order)
