"""Who types in what came on paper, and when it can still be."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from participation.collectivities.models import Membership, Role
from participation.consultations.models import Consultation
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import Project

ENTERING = (Role.AGENT, Role.MODERATOR, Role.ADMINISTRATOR)


def may_enter(member: Membership, consultation: Consultation) -> bool:
    """Tells whether somebody types in the forms of that collectivity."""
    is_here = member.collectivity_id == consultation.project.collectivity_id
    return is_here and member.ended_at is None and member.role in ENTERING


def require_entry(consultation: Consultation, member: Membership, now: datetime) -> None:
    """Raises NotAllowed or NotPossibleNow, with why; the caller holds the period."""
    if not may_enter(member, consultation):
        raise NotAllowed(
            _("Only an agent, a moderator or an administrator of this collectivity types in forms.")
        )
    reason = why_not(consultation, now)
    if reason is not None:
        raise NotPossibleNow(reason)


def why_not(consultation: Consultation, now: datetime) -> Any | None:
    """Returns why no form can be typed in or undone now, None when one can."""
    if consultation.project.is_archive:
        return _("This is an archive: nothing can be added.")
    if consultation.cancelled_at is not None:
        return _("This consultation was cancelled: nothing is recorded any more.")
    if not consultation.is_public or now < consultation.opens_at:
        return _("This consultation is not open yet.")
    if has_summary(consultation):
        return _("The summary is published with its figures: forms can no longer be typed in or undone.")
    return None


def has_summary(consultation: Consultation) -> bool:
    """Tells whether its summary is published, by the project's milestone, read anew."""
    told = sa.select(Project.summary_published_at).where(Project.id == consultation.project_id)
    published_at = db.session.scalar(told)
    return published_at is not None and published_at >= consultation.closes_at
