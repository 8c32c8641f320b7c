"""Who reads series, and who may say what they are."""

from participation.collectivities.models import Membership, Role
from participation.vigilance.models import SuspectSeries

READING = (Role.MODERATOR, Role.AUDITOR)


def may_judge(member: Membership, series: SuspectSeries) -> bool:
    """Tells whether a moderator of this collectivity acts on a series of one of its consultations."""
    is_here = member.collectivity_id == series.consultation.project.collectivity_id
    return is_here and member.role is Role.MODERATOR and member.ended_at is None
