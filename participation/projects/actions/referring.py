"""Naming who receives the questions of residents on one project."""

from participation.collectivities.actions import require_able_to_answer
from participation.collectivities.models import Membership
from participation.foundation.database import db
from participation.foundation.holding import hold
from participation.projects.actions.noting import note
from participation.projects.models import Project
from participation.projects.permissions import require_writer


def name_referent(project: Project, referent: Membership | None, *, member: Membership | None = None) -> None:
    """Names the AI referent of a project; None leaves its questions to the referent of the collectivity."""
    require_writer(member, project)
    if referent is not None:
        require_able_to_answer(referent, project.collectivity_id)
    hold(project)
    project.referent_id = referent.id if referent else None
    note("project.referent_named", project, member)
    db.session.flush()
