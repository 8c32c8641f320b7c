"""The list of projects, with its facets."""

from collections import Counter
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for

from participation.contributions.queries import position_tallies
from participation.foundation import clock
from participation.projects import queries
from participation.projects.dossier.policies import POLICIES
from participation.projects.models import Project
from participation.projects.queries import FacetCount, Filters
from participation.projects.stage import stage_of
from participation.projects.views.entrance import blueprint
from participation.projects.views.page import latest_consultations
from participation.projects.views.words import LISTED_STAGES
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader
from participation.web.pagination import Page, page_number, some_of


@blueprint.get("/projets", endpoint="list")
@public
@same_for_every_reader
def list_projects() -> str:
    """Shows public projects, twenty at a time: refused and abandoned ones stay."""
    now = clock.now()
    table = queries.facet_counts(now)
    filters = _filters(table)
    page = _page(now, table, filters)
    consultations = latest_consultations(page.items)
    return render_template(
        "projects/list.html",
        page=page,
        filters=filters,
        policies=POLICIES,
        listed_stages=LISTED_STAGES,
        facets={name: _counts(table, filters, name) for name in ("stage", "policy", "collectivity")},
        collectivities={row.collectivity: row.collectivity_name for row in table},
        stages={project.id: stage_of(project, now) for project in page.items},
        consultations=consultations,
        tallies=position_tallies([one.id for one in consultations.values()]) if consultations else {},
        previous_url=_url(page.number - 1) if page.number > 1 else None,
        next_url=_url(page.number + 1) if page.number < page.last else None,
    )


def _filters(table: list[FacetCount]) -> Filters:
    return Filters(
        stages=some_of("etape", LISTED_STAGES),
        policies=some_of("politique", POLICIES),
        collectivities=some_of("collectivite", {row.collectivity for row in table}),
    )


def _page(now: datetime, table: list[FacetCount], filters: Filters) -> Page[Project]:
    total = sum(row.count for row in table if row.matches(filters))
    number = min(page_number(), Page([], 1, total).last)
    return Page(queries.public_projects(now, filters, page=number), number, total)


def _counts(table: list[FacetCount], filters: Filters, name: str) -> Counter[str]:
    """Counts each value of a facet among what the other facets keep."""
    counts: Counter[str] = Counter()
    for row in table:
        if row.matches(filters, but=name):
            counts[getattr(row, name)] += row.count
    return counts


def _url(number: int) -> str:
    chosen: dict[str, Any] = {
        name: request.args.getlist(name) for name in ("etape", "politique", "collectivite")
    }
    return url_for("projects.list", **chosen, page=number)
