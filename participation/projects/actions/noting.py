"""Noting in the log what was done to a project."""

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.projects.models import Project


def note(
    action: str,
    project: Project,
    member: Membership | None,
    audience: Audience = Audience.STAFF,
    **details: str | int,
) -> None:
    """Records an event about a project."""
    record(
        action,
        f"project:{project.id}",
        audience=audience,
        member=member,
        project_id=project.id,
        collectivity_id=project.collectivity_id,
        **details,  # type: ignore[arg-type]
    )
