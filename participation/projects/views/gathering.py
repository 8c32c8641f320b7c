"""Gathering public projects as plain records, in a fixed number of statements whatever their number."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, load_only

from participation.collectivities.models import Collectivity, Membership
from participation.consultations.models import Consultation
from participation.decisions.models import Decision, DecisionVersion
from participation.decisions.queries import latest_published
from participation.foundation.database import db
from participation.projects.dossier.exports.inventory import INDIVIDUAL
from participation.projects.dossier.exports.record import Record, Version
from participation.projects.dossier.snapshot import read
from participation.projects.models import DossierVersion, Project
from participation.projects.queries import is_public
from participation.projects.views.recording import record_of, version_of

T = TypeVar("T")
_ORDER = (Project.proposed_at, Project.id)


@dataclass(frozen=True)
class Wanted:
    """Which projects are asked for; an empty choice keeps everything.

    What was imported from another platform holds no dossier: `with_archives` keeps it.
    """

    slug: str = ""
    collectivities: Collection[str] = ()
    with_archives: bool = False
    only_individual_decisions: bool = False


def count_of(wanted: Wanted, now: datetime) -> int:
    """Returns how many public projects are asked for."""
    return db.session.scalar(_asked(wanted, now, sa.func.count(Project.id))) or 0


def records_of(wanted: Wanted, now: datetime, *, page: int = 1, size: int = 1) -> list[Record]:
    """Returns a page of them, first proposed first: a new project comes last, and moves no page."""
    # The page is chosen on numbers alone: sorted with their dossiers, thousands of projects are megabytes.
    chosen = _asked(wanted, now, Project.id).order_by(*_ORDER).limit(size).offset((page - 1) * size)
    asked = (
        sa.select(Project, sa.cast(DossierVersion.snapshot, sa.Text))
        .join(DossierVersion, _in_force())
        .where(Project.id.in_(chosen))
        .options(joinedload(Project.collectivity, innerjoin=True))
        .order_by(*_ORDER)
    )
    rows = db.session.execute(asked).all()
    ids = [project.id for project, _snapshot in rows]
    consultations, decisions, versions = _consultations(ids), _decisions(ids), _versions(ids)
    return [
        record_of(
            project,
            read(json.loads(snapshot)),
            consultations=consultations[project.id],
            decisions=decisions[project.id],
            versions=versions[project.id],
            now=now,
        )
        for project, snapshot in rows
    ]


def individual_counts(now: datetime) -> dict[int, int]:
    """Returns how many projects serve a decision about one person, by collectivity."""
    wanted = Wanted(only_individual_decisions=True)
    counted = _asked(wanted, now, Project.collectivity_id, sa.func.count(Project.id))
    return dict(db.session.execute(counted.group_by(Project.collectivity_id)).all())  # type: ignore[arg-type]


def _asked(wanted: Wanted, now: datetime, *columns: Any) -> sa.Select[*tuple[Any, ...]]:
    found: sa.Select[*tuple[Any, ...]] = (
        sa.select(*columns).select_from(Project).join(DossierVersion, _in_force()).where(is_public(now))
    )
    if wanted.slug:
        found = found.where(Project.slug == wanted.slug)
    if wanted.collectivities:
        theirs = sa.select(Collectivity.id).where(Collectivity.slug.in_(wanted.collectivities))
        found = found.where(Project.collectivity_id.in_(theirs))
    if not wanted.with_archives:
        found = found.where(Project.imported_from.is_(None))
    if wanted.only_individual_decisions:
        answer = DossierVersion.snapshot["answers"]["decision_type"]
        # Most dossiers are set aside by this word, without being read as JSON.
        found = found.where(
            sa.cast(DossierVersion.snapshot, sa.Text).contains(INDIVIDUAL),
            answer["choice"].as_string() == INDIVIDUAL,
            answer["state"].as_string() == "answered",
        )
    return found


def _in_force() -> sa.ColumnElement[bool]:
    other = sa.orm.aliased(DossierVersion)
    latest = sa.select(sa.func.max(other.number)).where(other.project_id == Project.id).correlate(Project)
    return sa.and_(DossierVersion.project_id == Project.id, DossierVersion.number == latest.scalar_subquery())


def _consultations(ids: Sequence[int]) -> dict[int, list[Consultation]]:
    announced = (
        sa.select(Consultation)
        .where(Consultation.project_id.in_(ids), Consultation.announced_at.is_not(None))
        .order_by(Consultation.opens_at.desc(), Consultation.id.desc())
    )
    return _by_project((one.project_id, one) for one in db.session.scalars(announced))


def _decisions(ids: Sequence[int]) -> dict[int, list[DecisionVersion]]:
    latest = latest_published().subquery()
    is_latest = sa.and_(
        latest.c.decision_id == DecisionVersion.decision_id, latest.c.number == DecisionVersion.number
    )
    in_force = (
        sa.select(DecisionVersion)
        .join(DecisionVersion.decision)
        .join(latest, is_latest)
        .where(Decision.project_id.in_(ids))
        .options(contains_eager(DecisionVersion.decision))
        .order_by(DecisionVersion.held_on.desc(), DecisionVersion.id.desc())
    )
    return _by_project((one.decision.project_id, one) for one in db.session.scalars(in_force))


def _versions(ids: Sequence[int]) -> dict[int, list[Version]]:
    told = (
        sa.select(DossierVersion, Membership.function)
        .outerjoin(Membership, Membership.id == DossierVersion.published_by_id)
        .where(DossierVersion.project_id.in_(ids))
        .options(
            load_only(
                DossierVersion.project_id,
                DossierVersion.number,
                DossierVersion.reason,
                DossierVersion.language,
                DossierVersion.published_at,
            )
        )
        .order_by(DossierVersion.number)
    )
    rows = db.session.execute(told)
    return _by_project((one.project_id, version_of(one, function)) for one, function in rows)


def _by_project(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for project_id, one in pairs:
        found[project_id].append(one)
    return found
