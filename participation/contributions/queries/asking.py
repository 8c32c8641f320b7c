"""How many questions were asked on each thing of a project, for pages that show it beside its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from participation.activity.models import Deadline
from participation.activity.queries import shown_at
from participation.contributions.models import Contribution
from participation.contributions.queries.questions import public_questions_of
from participation.foundation.database import UTCDateTime, db
from participation.projects.models import OpenPoint


@dataclass(frozen=True)
class Beside:
    """How many questions were asked on one thing, how many wait or are late, since when the oldest waits."""

    total: int = 0
    waiting: int = 0
    late: int = 0
    oldest_at: datetime | None = None

    def __add__(self, other: "Beside") -> "Beside":
        days = [one.oldest_at for one in (self, other) if one.oldest_at is not None]
        return Beside(
            self.total + other.total,
            self.waiting + other.waiting,
            self.late + other.late,
            min(days, default=None),
        )


class Asking:
    """The questions of a project by what they are about, for pages that show each beside its subject."""

    def __init__(self, counts: dict[str, Beside]) -> None:
        self._counts = counts

    def about(self, *subjects: str) -> Beside:
        """Returns the counts of these subjects together: `field:budget`, `point:annonce`, `` for none."""
        return sum((self._counts.get(one, Beside()) for one in subjects), Beside())

    def about_fields(self, names: Iterable[str]) -> Beside:
        """Returns the counts of these fields of the dossier together."""
        return self.about(*(f"field:{name}" for name in names))

    @property
    def everything(self) -> Beside:
        """Returns the counts of the whole project."""
        return sum(self._counts.values(), Beside())


def asking_of(project_id: int, now: datetime) -> Asking:
    """Returns the counts of public questions of a project by what they are about, in one statement."""
    counts: dict[str, Beside] = {}
    found = db.session.execute(_counted(), {"project": project_id, "now": now})
    for field, key, total, waiting, late, oldest_at in found:
        subject = f"point:{key}" if key else f"field:{field}" if field else ""
        counts[subject] = counts.get(subject, Beside()) + Beside(total, waiting, late, oldest_at)
    return Asking(counts)


@cache
def _counted() -> sa.Select[str | None, str, int, int, int, Any]:
    """Returns the statement of the counts, made once."""
    waits = Deadline.done_at.is_(None)
    now = sa.bindparam("now", type_=UTCDateTime())
    return (
        public_questions_of(sa.bindparam("project", type_=sa.Integer()))
        .outerjoin(OpenPoint, OpenPoint.id == Contribution.open_point_id)
        .with_only_columns(
            Contribution.dossier_field,
            OpenPoint.key,
            sa.func.count(),
            sa.func.count(sa.case((waits, 1))),
            sa.func.count(sa.case((sa.and_(waits, Deadline.due_at < shown_at(now)), 1))),
            sa.func.min(sa.case((waits, Deadline.created_at))),
        )
        .group_by(Contribution.dossier_field, OpenPoint.key)
    )
