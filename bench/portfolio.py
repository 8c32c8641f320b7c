"""Projects for the list: so many public ones, sorted by every facet, of a hundred collectivities.

`python -m bench.portfolio 5000` adds what lacks to a town that was just built.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from participation.app import create_app
from participation.collectivities.models import Collectivity
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.dossier.facets import FACETS
from participation.projects.models import Project, ProjectFacet, new_mark

COLLECTIVITIES = 100
SUMMARY = (
    "Un outil qui classe les demandes reçues et propose une réponse, qu’un agent relit avant de l’envoyer. "
)


def fill(wanted: int) -> None:
    """Adds projects until so many are public; their dossiers say only what lists filter by."""
    there = db.session.scalar(sa.select(sa.func.count()).where(Project.proposed_at <= clock.now())) or 0
    first = 1 + (db.session.scalar(sa.select(sa.func.max(Project.id))) or 0)
    numbers = range(first, first + wanted - there)
    bodies = list(_bodies())
    if numbers:
        db.session.execute(sa.insert(Project), [_project(number, bodies) for number in numbers])
        db.session.execute(sa.insert(ProjectFacet), list(_facets(numbers)))
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        sequence = "pg_get_serial_sequence('project', 'id')"
        db.session.execute(sa.text(f"SELECT setval({sequence}, max(id)) FROM project"))
        db.session.execute(sa.text("ANALYZE"))
        db.session.commit()


def _bodies() -> Iterator[int]:
    for number in range(COLLECTIVITIES):
        slug = f"bench-{number}"
        body = db.session.scalar(sa.select(Collectivity).filter_by(slug=slug))
        if body is None:
            body = Collectivity(slug=slug, name=f"Commune {number}", display_name=f"Commune n° {number}")
            db.session.add(body)
            db.session.flush()
        yield body.id


def _project(number: int, bodies: list[int]) -> dict[str, Any]:
    now = clock.now()
    proposed = now - timedelta(days=100 + number % 900, seconds=number)
    decided = proposed + timedelta(days=60) if number % 3 == 0 else None
    return {
        "id": number,
        "ref": f"b{number}",
        "slug": f"bench-projet-{number}",
        "collectivity_id": bodies[number % len(bodies)],
        "title": f"Trier les demandes, essai {number}",
        "summary": SUMMARY * 2,
        "policy": _value("policy", number),
        "language": "fr",
        "proposed_at": proposed,
        "decided_at": decided,
        "outcome": "adopted" if decided else None,
        "mark": new_mark(),
        "created_at": proposed,
    }


def _facets(numbers: range) -> Iterator[dict[str, Any]]:
    for number in numbers:
        for facet in FACETS:
            # One in eight says nothing, as in registers.
            if (number + len(facet.name)) % 8:
                value = _value(facet.name, number)
                yield {"project_id": number, "facet": facet.name, "value": value, "created_at": clock.now()}


def _value(name: str, number: int) -> str:
    values = list(next(facet for facet in FACETS if facet.name == name).values)
    return values[(number * 7 + len(name)) % len(values)]


if __name__ == "__main__":
    with create_app().app_context():
        fill(int(sys.argv[1]))
