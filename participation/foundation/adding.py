"""Adding what may exist once only: the constraint of the table decides, also between two people at once.

The row is written under a savepoint: refused, it leaves the rest of the transaction as it was.
"""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from participation.foundation.database import Model, db

Row = TypeVar("Row", bound=Model)


def add_once(*rows: Model) -> bool:
    """Writes rows together; False, and none of them written, when a constraint refuses."""
    try:
        with db.session.begin_nested():
            db.session.add_all(rows)
    except IntegrityError:
        return False
    return True


def add_or_find(row: Row, find: Callable[[], Row | None]) -> Row:
    """Writes a row, or returns the one that `find` reads because somebody was quicker.

    Raises IntegrityError when there is none: another constraint refused.
    """
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        found = find()
        if found is None:
            raise
        return found
    return row
