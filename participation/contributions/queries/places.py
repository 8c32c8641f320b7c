"""Where contributions are said: in a consultation, or of a project outside any (decision 0013)."""

from typing import TypeVarTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad
from sqlalchemy.sql.base import ExecutableOption

from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.projects.models import Project

Row = TypeVarTuple("Row")

# The consultation when there is one, the project and its collectivity.
WHERE_SAID = (
    joinedload(Contribution.consultation).joinedload(Consultation.project).joinedload(Project.collectivity),
    joinedload(Contribution.outside_project).joinedload(Project.collectivity),
)


def where_said(contribution: _AbstractLoad) -> tuple[ExecutableOption, ...]:
    """Returns the same from what leads to a contribution."""
    consultation = contribution.joinedload(Contribution.consultation)
    outside = contribution.joinedload(Contribution.outside_project)
    return (
        consultation.joinedload(Consultation.project).joinedload(Project.collectivity),
        outside.joinedload(Project.collectivity),
    )


def with_project(statement: sa.Select[*Row]) -> sa.Select[*Row]:
    """Joins contributions with the project they are about."""
    project_id = sa.func.coalesce(Consultation.project_id, Contribution.outside_project_id)
    inside = Consultation.id == Contribution.consultation_id
    return statement.outerjoin(Consultation, inside).join(Project, Project.id == project_id)
