"""Who may write a dossier, and who may publish it."""

from participation.collectivities.models import Membership, Role
from participation.foundation.errors import NotAllowed
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import Project

WRITERS = (Role.AGENT, Role.ADMINISTRATOR)


def may_write(member: Membership, collectivity_id: int) -> bool:
    """Tells whether somebody fills in the dossiers of that collectivity."""
    return member.role in WRITERS and member.collectivity_id == collectivity_id


def may_publish(member: Membership, collectivity_id: int) -> bool:
    """Tells whether somebody publishes the dossiers of that collectivity."""
    return member.role is Role.ADMINISTRATOR and member.collectivity_id == collectivity_id


def require_writer(member: Membership | None, project: Project) -> None:
    """Raises NotAllowed unless the member writes there; the demo and imports come without member."""
    if member is not None and not may_write(member, project.collectivity_id):
        raise NotAllowed(_("Only an agent or an administrator of this collectivity writes its dossiers."))


def require_publisher(member: Membership | None, project: Project) -> None:
    """Raises NotAllowed unless the member publishes there; the demo and imports come without member."""
    if member is not None and not may_publish(member, project.collectivity_id):
        raise NotAllowed(_("Only an administrator of this collectivity publishes a dossier."))
