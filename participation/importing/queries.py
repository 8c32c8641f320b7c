"""Reading the registers that were brought in."""

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from participation.foundation.database import db
from participation.importing.models import RegisterImport


def runs_of(collectivity_id: int, limit: int = 20) -> list[RegisterImport]:
    """Returns the last files of a collectivity, newest first, without their content."""
    found = (
        sa.select(RegisterImport)
        .filter_by(collectivity_id=collectivity_id)
        .options(defer(RegisterImport.content))
        .order_by(RegisterImport.id.desc())
    )
    return list(db.session.scalars(found.limit(limit)))


def run_by_ref(ref: str) -> RegisterImport | None:
    """Returns one of them, with its collectivity."""
    found = sa.select(RegisterImport).filter_by(ref=ref)
    return db.session.scalar(found.options(joinedload(RegisterImport.collectivity)))
