"""Projects that look like one: the same need, or the same policy with the same technique, elsewhere first."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from participation.foundation.database import db
from participation.projects.dossier.facets import UNSAID
from participation.projects.models import Project, ProjectFacet
from participation.projects.queries import is_public

Facets = Mapping[str, Collection[str]]
MOST_SHOWN = 3


def similar_projects(
    project: Project, facets: Facets, now: datetime, *, most: int = MOST_SHOWN
) -> list[Project]:
    """Returns public projects of the same sub-policy, then of the same policy and technique: one statement.

    Of other collectivities first, the newest first; none when the dossier says too little.
    """
    alike = [
        _ranked(2 * tier + here, statement, project, now, most, here=bool(here))
        for tier, statement in enumerate(_tiers(facets))
        for here in (0, 1)
    ]
    if not alike:
        return []
    ranked = sa.union_all(*alike).subquery()
    found = (
        sa.select(Project)
        .join(ranked, ranked.c.project_id == Project.id)
        .options(joinedload(Project.collectivity, innerjoin=True))
        .order_by(ranked.c.rank, Project.id.desc())
    )
    return list(dict.fromkeys(db.session.scalars(found)))[:most]


def _tiers(facets: Facets) -> list[sa.Select[int]]:
    """Returns what makes projects alike, the strongest likeness first."""
    sub_policies, policies, techniques = (
        sorted(set(facets[name]) - {UNSAID}) for name in ("sub_policy", "policy", "technique")
    )
    tiers = []
    if sub_policies:
        tiers.append(_bearing("sub_policy", sub_policies))
    if policies and techniques:
        technique = aliased(ProjectFacet)
        same_technique = sa.exists().where(
            technique.project_id == ProjectFacet.project_id,
            technique.facet == "technique",
            technique.value.in_(techniques),
        )
        tiers.append(_bearing("policy", policies).where(same_technique))
    return tiers


def _bearing(facet: str, values: list[str]) -> sa.Select[int]:
    return (
        sa.select(ProjectFacet.project_id)
        .join(Project, Project.id == ProjectFacet.project_id)
        # One value each: that is what keeps the list in the order of the index.
        .where(ProjectFacet.facet == facet, ProjectFacet.value == values[0])
    )


def _ranked(
    rank: int, alike: sa.Select[int], project: Project, now: datetime, most: int, *, here: bool
) -> sa.Select[int, int]:
    """Returns so many of them at most, of this collectivity or of the others, with their rank."""
    own = Project.collectivity_id == project.collectivity_id
    nearest = (
        alike.where(Project.id != project.id, is_public(now), own if here else sa.not_(own))
        .order_by(ProjectFacet.project_id.desc())
        .limit(most)
        .subquery()
    )
    return sa.select(nearest.c.project_id, sa.literal(rank).label("rank"))
