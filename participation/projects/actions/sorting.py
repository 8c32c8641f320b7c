"""Writing what lists filter projects by, in the transaction that publishes a dossier."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from participation.foundation.database import db
from participation.projects.dossier.facets import UNSAID, facets_of
from participation.projects.models import Project, ProjectFacet, new_mark


def write_facets(project: Project, snapshot: Mapping[str, Any]) -> None:
    """Replaces the values of all facets of a project by those of this snapshot; «unsaid» is not written."""
    db.session.execute(sa.delete(ProjectFacet).where(ProjectFacet.project_id == project.id))
    for facet, values in facets_of(snapshot).items():
        for value in sorted(values - {UNSAID}):
            db.session.add(ProjectFacet(project_id=project.id, facet=facet, value=value))
    project.mark = new_mark()
    db.session.flush()
