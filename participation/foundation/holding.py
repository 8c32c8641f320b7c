"""Taking rows for the present transaction: of several people at once, each sees what the one before did.

Rows are taken in one order everywhere, so that two transactions never wait for one another: project,
consultation, participant, open point, contributions by number, then what hangs on them. On SQLite a request
that writes has everything to itself from its first query; there the rows are only read again.
"""

from collections.abc import Collection
from functools import cache
from typing import TypeVar

import sqlalchemy as sa

from participation.foundation.database import Model, db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _

Row = TypeVar("Row", bound=Model)


def hold(row: Model, *, shared: bool = False) -> None:
    """Takes a row until the transaction ends and reads it again, since it may have changed while we waited.

    `shared` lets others hold it in the same way, but nobody change it. Raises NotPossibleNow when it is gone.
    """
    if not hold_several(type(row), [row.id], shared=shared):
        raise NotPossibleNow(_("Somebody has just removed this. Read the page again first."))


def hold_several(table: type[Row], numbers: Collection[int], *, shared: bool = False) -> list[Row]:
    """Takes the rows of these numbers, lowest first, and returns those that are still there."""
    # What was changed but not written yet would be lost by reading again.
    db.session.flush()
    return list(db.session.scalars(_taken(table, shared), {"numbers": list(numbers)}))


@cache
def _taken(table: type[Row], shared: bool) -> sa.Select[Row]:
    """Returns the statement that takes rows by their numbers: made once, it is asked in every change."""
    numbers: sa.BindParameter[list[int]] = sa.bindparam("numbers", expanding=True)
    return (
        sa.select(table)
        .where(table.id.in_(numbers))
        .order_by(table.id)
        # Without keys: rows that only refer to these can be added meanwhile.
        .with_for_update(read=shared, key_share=not shared, of=table)
        .execution_options(populate_existing=True)
    )
