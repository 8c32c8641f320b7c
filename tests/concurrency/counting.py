"""Recounting from the rows what the counters of contributions and the tables of votes must say."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from participation.contributions.models import ConditionSupport, Contribution, UsefulVote, Visibility
from participation.foundation.database import db


def count(table: type, **columns: object) -> int:
    """Returns how many rows have these values."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(table).filter_by(**columns)) or 0


def counters_that_drifted(consultation_id: int) -> list[tuple[int, ...]]:
    """Returns each contribution whose counters differ from a recount, with both; none when all are right."""
    child = aliased(Contribution)
    recounts = [
        _number_of(UsefulVote.id, UsefulVote.contribution_id == Contribution.id),
        _number_of(ConditionSupport.id, ConditionSupport.contribution_id == Contribution.id),
        _number_of(
            child.id, sa.and_(child.parent_id == Contribution.id, child.visibility == Visibility.PUBLISHED)
        ),
    ]
    counters = Contribution.useful_count, Contribution.support_count, Contribution.reply_count
    wrong = sa.or_(*(kept != counted for kept, counted in zip(counters, recounts, strict=True)))
    rows = sa.select(Contribution.id, *counters, *recounts).where(
        Contribution.consultation_id == consultation_id, wrong
    )
    return [tuple(row) for row in db.session.execute(rows)]


def _number_of(
    column: sa.orm.InstrumentedAttribute[int], related: sa.ColumnElement[bool]
) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count(column)).where(related).correlate(Contribution).scalar_subquery()
