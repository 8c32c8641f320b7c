"""The list of projects, with its filters and its search."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from participation.consultations.models import Consultation
from participation.contributions.queries import Tally, position_tallies
from participation.foundation import clock
from participation.projects.dossier.facets import BY_NAME, UNSAID
from participation.projects.models import Project
from participation.projects.portfolio.index import OPEN, Index, places_in
from participation.projects.portfolio.reading import YES, current_index, projects_at
from participation.projects.stage import Stage, stage_of
from participation.projects.views.entrance import blueprint
from participation.projects.views.filtering import asked, filters_of
from participation.projects.views.page import latest_consultations
from participation.projects.views.words import CARD_WORDS
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader
from participation.web.pagination import PAGE_SIZE, Page, page_number

# What helps to choose, said on a card; the rest is on the page of the project.
SAID_ON_CARDS = ("policy", "role", "personal_data", "public_space")


@dataclass(frozen=True)
class Card:
    """A project in the list, with what its dossier says of it in a few words."""

    project: Project
    stage: Stage
    said: Sequence[object]
    consultation: Consultation | None
    tally: Tally | None


@blueprint.get("/projets", endpoint="list")
@public
@same_for_every_reader
def list_projects() -> str:
    """Shows public projects, twenty at a time: refused and abandoned ones stay."""
    index = current_index(clock.now())
    filters = filters_of(index, asked())
    total = filters.kept.bit_count()
    number = min(page_number(), Page([], 1, total).last)
    page = Page(_cards(index, filters.kept, number), number, total)
    return render_template(
        "projects/list.html",
        page=page,
        filters=filters,
        open_count=(filters.kept & index.bearing(OPEN, [YES])).bit_count(),
        previous_url=filters.asked.url(page=number - 1) if number > 1 else None,
        next_url=filters.asked.url(page=number + 1) if number < page.last else None,
    )


def _cards(index: Index, kept: int, number: int) -> list[Card]:
    now = clock.now()
    places = {index.ids[place]: place for place in places_in(kept, (number - 1) * PAGE_SIZE, PAGE_SIZE)}
    projects = projects_at(list(places))
    consultations = latest_consultations(projects)
    tallies = position_tallies([one.id for one in consultations.values()]) if consultations else {}
    return [
        Card(
            project=project,
            stage=stage_of(project, now),
            said=_said(index, places[project.id]),
            consultation=(consultation := consultations.get(project.id)),
            tally=tallies[consultation.id] if consultation and not project.is_archive else None,
        )
        for project in projects
    ]


def _said(index: Index, place: int) -> list[object]:
    """Returns what a card says: what it is about, who decides, with which data; never what isn't said."""
    words = []
    for name in SAID_ON_CARDS:
        for value in index.values_at(place, name):
            if value != UNSAID and (name, value) != ("public_space", "no"):
                words.append(CARD_WORDS.get((name, value)) or BY_NAME[name].words(value))
    return words
