"""Projects that look like one: the same need, or the same policy with the same technique, elsewhere first."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from participation.foundation.database import UTCDateTime, db
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
    sub_policies, policies, techniques = (
        sorted(set(facets[name]) - {UNSAID}) for name in ("sub_policy", "policy", "technique")
    )
    by_need, by_technique = bool(sub_policies), bool(policies and techniques)
    if not (by_need or by_technique):
        return []
    # One value each: that is what keeps the list in the order of the index.
    told = {"sub_policy": next(iter(sub_policies), ""), "policy": next(iter(policies), "")}
    here = {"project": project.id, "collectivity": project.collectivity_id, "now": now, "most": most}
    found = db.session.scalars(
        _alike(by_need, by_technique), {**here, **told, "techniques": techniques if by_technique else []}
    )
    return list(dict.fromkeys(found))[:most]


@cache
def _alike(by_need: bool, by_technique: bool) -> sa.Select[Project]:
    """Returns the statement, made once: the strongest likeness first, elsewhere before here."""
    tiers = [_bearing("sub_policy")] if by_need else []
    if by_technique:
        technique = aliased(ProjectFacet)
        same_technique = sa.exists().where(
            technique.project_id == ProjectFacet.project_id,
            technique.facet == "technique",
            technique.value.in_(sa.bindparam("techniques", expanding=True)),
        )
        tiers.append(_bearing("policy").where(same_technique))
    ranked = sa.union_all(
        *(
            _ranked(2 * tier + here, alike, here=bool(here))
            for tier, alike in enumerate(tiers)
            for here in (0, 1)
        )
    ).subquery()
    return (
        sa.select(Project)
        .join(ranked, ranked.c.project_id == Project.id)
        .options(joinedload(Project.collectivity, innerjoin=True))
        .order_by(ranked.c.rank, Project.id.desc())
    )


def _bearing(facet: str) -> sa.Select[int]:
    return (
        sa.select(ProjectFacet.project_id)
        .join(Project, Project.id == ProjectFacet.project_id)
        .where(ProjectFacet.facet == facet, ProjectFacet.value == sa.bindparam(facet))
    )


def _ranked(rank: int, alike: sa.Select[int], *, here: bool) -> sa.Select[int, int]:
    """Returns so many of them at most, of this collectivity or of the others, with their rank."""
    own = Project.collectivity_id == sa.bindparam("collectivity")
    nearest = (
        alike.where(
            Project.id != sa.bindparam("project"),
            is_public(sa.bindparam("now", type_=UTCDateTime())),
            own if here else sa.not_(own),
        )
        .order_by(ProjectFacet.project_id.desc())
        .limit(sa.bindparam("most", type_=sa.Integer()))
        .subquery()
    )
    return sa.select(nearest.c.project_id, sa.literal(rank).label("rank"))
