"""Noting in the log what was done to a consultation."""

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.consultations.models import (
    Consultation,
)


def note(
    action: str,
    consultation: Consultation,
    member: Membership | None,
    audience: Audience = Audience.STAFF,
    **details: str | int | None,
) -> None:
    """Records an event about a consultation."""
    record(
        action,
        f"consultation:{consultation.id}",
        audience=audience,
        member=member,
        project_id=consultation.project_id,
        collectivity_id=consultation.project.collectivity_id,
        **details,  # type: ignore[arg-type]
    )
