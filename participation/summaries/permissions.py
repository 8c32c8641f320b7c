"""Who writes and who signs a summary, and until when."""

from participation.collectivities.models import Membership, Role
from participation.consultations.models import Consultation
from participation.foundation.errors import NotAllowed
from participation.foundation.i18n import lazy_gettext as _

WRITING = (Role.MODERATOR, Role.ADMINISTRATOR)


def may_write(member: Membership, consultation: Consultation) -> bool:
    """Tells whether a member sorts contributions and writes findings there."""
    return _holds(member, consultation) and member.role in WRITING


def may_sign(member: Membership, consultation: Consultation) -> bool:
    """Tells whether a member publishes the summary under their name: moderators only."""
    return _holds(member, consultation) and member.role is Role.MODERATOR


def require_writer(member: Membership | None, consultation: Consultation) -> None:
    """Refuses members who may not write; an import or a script acts without a member."""
    if member is not None and not may_write(member, consultation):
        raise NotAllowed(_("Only the moderation of this collectivity writes its summaries."))


def _holds(member: Membership, consultation: Consultation) -> bool:
    return member.ended_at is None and member.collectivity_id == consultation.project.collectivity_id
