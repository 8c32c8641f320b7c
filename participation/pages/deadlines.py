"""What is owed by a date, with the project and the thing it is about, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.activity.models import Deadline
from participation.activity.queries import shown_at
from participation.contributions.models import Contribution, Visibility
from participation.foundation.database import db
from participation.foundation.dates import local_day
from participation.projects.models import Project

# What residents are owed, and may read about; the other clocks are between members of staff.
PUBLIC_KINDS = ("service_question", "decision")


@dataclass(frozen=True)
class Owed:
    """One thing owed: on which project, about which contribution when there is one that is public."""

    deadline: Deadline
    project: Project
    contribution: Contribution | None
    is_late: bool
    # Days on the calendar until it is due, or since it was.
    days: int


@dataclass(frozen=True)
class Punctuality:
    """How many answers came in time, came late, or are still expected."""

    in_time: int = 0
    late: int = 0
    expected: int = 0

    @property
    def total(self) -> int:
        """Returns how many were ever owed."""
        return self.in_time + self.late + self.expected


def late_for_the_public(now: datetime, collectivity_id: int | None, limit: int = 5) -> list[Owed]:
    """Returns what residents are owed and did not get in time, longest waiting first."""
    late = (
        _open(collectivity_id)
        .where(Deadline.due_at < shown_at(now), Deadline.kind.in_(PUBLIC_KINDS))
        .order_by(Deadline.due_at, Deadline.id)
        .limit(limit)
    )
    owed = _with_contributions(db.session.execute(late).all(), now)
    return [one for one in owed if one.contribution or one.deadline.kind != "service_question"]


def open_deadlines(now: datetime, collectivity_id: int, limit: int = 50) -> list[Owed]:
    """Returns what a collectivity still owes, most urgent first."""
    waiting = _open(collectivity_id).order_by(Deadline.due_at, Deadline.id).limit(limit)
    return _with_contributions(db.session.execute(waiting).all(), now)


def punctuality(now: datetime, collectivity_id: int | None) -> Punctuality:
    """Returns how the answers owed to residents were kept, from the first day on."""
    one, shown = sa.literal(1), shown_at(now)
    counted = sa.select(
        sa.func.count(sa.case((Deadline.done_at <= Deadline.due_at, one))),
        sa.func.count(sa.case((sa.func.coalesce(Deadline.done_at, shown) > Deadline.due_at, one))),
        sa.func.count(sa.case((sa.and_(Deadline.done_at.is_(None), Deadline.due_at >= shown), one))),
    ).where(Deadline.kind.in_(PUBLIC_KINDS))
    if collectivity_id is not None:
        counted = counted.where(Deadline.collectivity_id == collectivity_id)
    return Punctuality(*db.session.execute(counted).one())


def _open(collectivity_id: int | None) -> sa.Select[Deadline, Project]:
    owed = (
        sa.select(Deadline, Project)
        .join(Project, Project.id == Deadline.project_id)
        .where(Deadline.done_at.is_(None))
        .options(joinedload(Project.collectivity))
    )
    return owed if collectivity_id is None else owed.where(Deadline.collectivity_id == collectivity_id)


def _with_contributions(rows: Sequence[sa.Row[Deadline, Project]], now: datetime) -> list[Owed]:
    numbers = {number for deadline, _project in rows if (number := _contribution_number(deadline))}
    published = sa.select(Contribution).where(
        Contribution.id.in_(numbers), Contribution.visibility == Visibility.PUBLISHED
    )
    # Nothing is asked of the database when nothing is about a contribution.
    known = {one.id: one for one in db.session.scalars(published)} if numbers else {}
    return [
        _owed(deadline, project, known.get(_contribution_number(deadline)), now) for deadline, project in rows
    ]


def _owed(deadline: Deadline, project: Project, contribution: Contribution | None, now: datetime) -> Owed:
    zone = project.collectivity.timezone
    days = (local_day(deadline.due_at, zone) - local_day(deadline.shown_at(now), zone)).days
    return Owed(deadline, project, contribution, deadline.is_late(now), abs(days))


def _contribution_number(deadline: Deadline) -> int:
    kind, _colon, number = deadline.subject.partition(":")
    return int(number) if kind == "contribution" and number.isdigit() else 0
