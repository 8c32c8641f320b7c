"""Who may write and publish the AI charter of a collectivity."""

from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation.errors import NotAllowed
from participation.foundation.i18n import lazy_gettext as _


def may_edit_charter(member: Membership, collectivity_id: int) -> bool:
    """Tells whether somebody writes and publishes the charter of that collectivity."""
    return member.role is Role.ADMINISTRATOR and member.collectivity_id == collectivity_id


def require_editor(member: Membership | None, collectivity: Collectivity) -> None:
    """Raises NotAllowed unless the member may; the demo comes without member."""
    if member is not None and not may_edit_charter(member, collectivity.id):
        raise NotAllowed(_("Only an administrator of this collectivity writes its AI charter."))
