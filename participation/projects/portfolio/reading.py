"""Reading the index of public projects: made again only when a project changed or a date passed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.collectivities.models import Collectivity
from participation.foundation.database import db
from participation.projects.models import Project, ProjectFacet
from participation.projects.portfolio.index import (
    COLLECTIVITY,
    OPEN,
    STAGE,
    Index,
    Stamp,
    index_of,
)
from participation.projects.stage import DAYS_BEGIN_IN, Stage, facet_expression, stage_expression

# Whoever bears this value may be spoken about now.
YES = "yes"
# The last index made in this process; the stamp of a project is drawn by chance, so that of another
# database, or of what was undone, never passes for the present one.
_made: list[Index] = []


def current_index(now: datetime) -> Index:
    """Returns the index of what is public at that moment: one statement, three when it must be made again."""
    stamp = _stamp()
    index = _made[-1] if _made else None
    if index is None or not index.is_good(stamp, now):
        index = _index(now, stamp)
        _made[:] = [index]
    return index


def projects_at(ids: Collection[int]) -> list[Project]:
    """Returns the projects of these numbers in this order, each with its collectivity."""
    found = (
        sa.select(Project)
        .where(Project.id.in_(ids))
        .options(joinedload(Project.collectivity, innerjoin=True))
    )
    by_id = {project.id: project for project in db.session.scalars(found)}
    return [by_id[number] for number in ids if number in by_id]


def collectivities_named(ids: Iterable[int], slugs: Iterable[str]) -> list[Collectivity]:
    """Returns these collectivities by their names, those of these numbers and those of these slugs."""
    found = sa.select(Collectivity).where(
        sa.or_(Collectivity.id.in_(list(ids)), Collectivity.slug.in_(list(slugs)))
    )
    return list(db.session.scalars(found.order_by(Collectivity.display_name, Collectivity.slug)))


def _stamp() -> Stamp:
    """Returns what changes with every project that is added, changed or removed."""
    count, marks = db.session.execute(sa.select(sa.func.count(), sa.func.sum(Project.mark))).one()
    return count, int(marks or 0)


def _index(now: datetime, stamp: Stamp) -> Index:
    rows = db.session.execute(_rows(now)).all()
    listed = [row for row in rows if row.proposed_at <= now]
    bearers = {**_facets(), **_seen_in(listed)}
    texts = (f"{row.title} {row.summary}" for row in listed)
    return index_of([row.id for row in listed], texts, bearers, now, _next_change(rows, now), stamp)


def _facets() -> dict[str, dict[str, list[int]]]:
    """Returns who bears each value, joined by the database: reading row by row takes ten times as long."""
    numbers = sa.func.aggregate_strings(sa.cast(ProjectFacet.project_id, sa.Text), ",")
    written = sa.select(ProjectFacet.facet, ProjectFacet.value, numbers)
    bearers: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for facet, value, joined in db.session.execute(written.group_by(ProjectFacet.facet, ProjectFacet.value)):
        bearers[facet][value] = [int(number) for number in joined.split(",")]
    return bearers


def _seen_in(rows: Iterable[Any]) -> dict[str, dict[str, list[int]]]:
    """Returns who stands at each stage, belongs to each collectivity, may be spoken about now."""
    seen: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in (STAGE, COLLECTIVITY, OPEN)}
    for row in rows:
        seen[STAGE][row.stage].append(row.id)
        seen[COLLECTIVITY][str(row.collectivity_id)].append(row.id)
        if row.is_open:
            seen[OPEN][YES].append(row.id)
    return seen


def _rows(now: datetime) -> sa.Select[Any]:
    """Returns every project that is or will be public: open consultations first, then what moved last."""
    is_open = sa.and_(stage_expression(now) == Stage.IN_CONSULTATION.value, Project.paused_at.is_(None))
    moved = sa.func.coalesce(
        Project.decided_at, Project.summary_published_at, Project.closes_at, Project.proposed_at
    )
    return (
        sa.select(
            Project.id,
            Project.collectivity_id,
            Project.title,
            Project.summary,
            Project.proposed_at,
            Project.opens_at,
            Project.closes_at,
            Project.decided_at,
            facet_expression(now).label("stage"),
            sa.case((is_open, 1), else_=0).label("is_open"),
        )
        .where(Project.proposed_at.is_not(None))
        .order_by(
            sa.case((is_open, 0), else_=1), sa.case((is_open, Project.closes_at)), moved.desc(), Project.id
        )
    )


def _next_change(rows: Sequence[Any], now: datetime) -> datetime:
    """Returns the next moment at which a project changes its stage or its place by itself."""
    tomorrow = now.astimezone(DAYS_BEGIN_IN).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), DAYS_BEGIN_IN)
    dates = ((row.proposed_at, row.opens_at, row.closes_at, row.decided_at) for row in rows)
    coming = (moment for four in dates for moment in four if moment is not None and moment > now)
    return min(midnight, min(coming, default=midnight))
