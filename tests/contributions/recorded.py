"""How much is recorded of everything residents send: compared before and after what must change nothing."""

import sqlalchemy as sa

from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    PendingSubmission,
    Position,
    Submission,
    UsefulVote,
)
from participation.foundation.database import db

COUNTED = (Position, ConditionSupport, UsefulVote, Contribution, PendingSubmission, Submission)


def rows() -> list[int]:
    """Returns how many rows each table holds, in the order of `COUNTED`."""
    return [db.session.scalar(sa.select(sa.func.count(table.id))) or 0 for table in COUNTED]
