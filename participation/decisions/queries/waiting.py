"""Published summaries that wait for a decision."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager

from participation.consultations.models import Consultation
from participation.decisions.models import Decision
from participation.foundation.database import db
from participation.projects.models import Project
from participation.summaries.models import Summary


def summaries_to_decide(collectivity_id: int) -> list[Summary]:
    """Returns the last published summary of each consultation that no decision answers yet, oldest first."""
    last = (
        sa.select(Summary.consultation_id, sa.func.max(Summary.number).label("number"))
        .where(Summary.published_at.is_not(None))
        .group_by(Summary.consultation_id)
        .subquery()
    )
    other = aliased(Summary)
    decided = (
        sa.select(Decision.id)
        .join(other, other.id == Decision.summary_id)
        .where(other.consultation_id == Summary.consultation_id)
    )
    waiting = (
        sa.select(Summary)
        .join(last, last.c.consultation_id == Summary.consultation_id)
        .join(Summary.consultation)
        .join(Consultation.project)
        .where(last.c.number == Summary.number, Project.collectivity_id == collectivity_id, ~decided.exists())
        .options(contains_eager(Summary.consultation).contains_eager(Consultation.project))
    )
    return list(db.session.scalars(waiting.order_by(Summary.published_at, Summary.id)))


def summary_to_decide(project: Project) -> Summary | None:
    """Returns the summary of a project that waits for its decision; None when there is none."""
    waiting = summaries_to_decide(project.collectivity_id)
    return next((summary for summary in waiting if summary.consultation.project_id == project.id), None)
