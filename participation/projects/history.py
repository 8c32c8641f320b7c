"""Reading the versions of a dossier: a page of them, some by number, those of two moments, lot after lot."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, defer, joinedload

from participation.foundation.database import db
from participation.projects.models import DossierVersion, Project
from participation.projects.queries import versions_statement

PAGE_SIZE = 20
# Read together when all are gone through: few enough to be held, many enough to be quick.
AT_ONCE = 10

WITH_AUTHOR = joinedload(DossierVersion.published_by)


def versions_down_from(
    project: Project, highest: int | None = None, *, size: int = PAGE_SIZE
) -> list[DossierVersion]:
    """Returns one page of versions, newest first, and the one before them when there is one: size + 1."""
    found = versions_statement(project.id).options(WITH_AUTHOR)
    if highest is not None:
        found = found.where(DossierVersion.number <= highest)
    return list(db.session.scalars(found.limit(size + 1)))


def versions_numbered(project: Project, *numbers: int) -> dict[int, DossierVersion]:
    """Returns those of these versions that exist, by number, with who published them."""
    found = versions_statement(project.id).where(DossierVersion.number.in_(numbers)).options(WITH_AUTHOR)
    return {version.number: version for version in db.session.scalars(found)}


def version_then_and_now(project_id: int, moment: datetime) -> tuple[DossierVersion, DossierVersion] | None:
    """Returns the version in force at a moment and the present one, the same when nothing was published.

    None when nothing was published yet at that moment.
    """
    other = aliased(DossierVersion)
    newest = sa.select(sa.func.max(other.number)).where(other.project_id == project_id)
    then = newest.where(other.published_at <= moment)
    numbers = DossierVersion.number.in_([newest.scalar_subquery(), then.scalar_subquery()])
    found = list(db.session.scalars(versions_statement(project_id).where(numbers)))
    if not found or found[-1].published_at > moment:
        return None
    return found[-1], found[0]


def versions_of_projects(project_ids: set[int]) -> dict[int, list[DossierVersion]]:
    """Returns the versions of several projects, oldest first, without what they say."""
    found = (
        sa.select(DossierVersion)
        .where(DossierVersion.project_id.in_(project_ids))
        .options(defer(DossierVersion.snapshot))
        .order_by(DossierVersion.project_id, DossierVersion.number)
    )
    versions: dict[int, list[DossierVersion]] = {number: [] for number in project_ids}
    for version in db.session.scalars(found):
        versions[version.project_id].append(version)
    return versions


def versions_after(project_id: int, number: int) -> list[DossierVersion]:
    """Returns the next few versions after one, oldest first: from 0 on, lot after lot, the whole history."""
    found = (
        sa.select(DossierVersion)
        .where(DossierVersion.project_id == project_id, DossierVersion.number > number)
        .options(WITH_AUTHOR)
        .order_by(DossierVersion.number)
    )
    return list(db.session.scalars(found.limit(AT_ONCE)))
