"""A member of staff looks at what is somebody's own: on record first, with why, for a year."""

from participation.accounts.models import AccessRecord
from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.foundation.database import db
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.reasons import is_reason


def require_look_reason(reason: str) -> None:
    """Raises Invalid beside the field of the reason when it says nothing."""
    if not is_reason(reason):
        raise Invalid(_("Give a reason in one sentence at least: the author can read it."), "reason")


def note_look(
    action: str,
    subject: str,
    *,
    person_id: int | None,
    project_id: int,
    reason: str,
    language: str,
    member: Membership,
) -> None:
    """Records who looks at what (`contribution:12`), and why; the person reads it, and the auditor."""
    seen = AccessRecord(
        person_id=person_id,
        membership_id=member.id,
        collectivity_id=member.collectivity_id,
        looked_by=", ".join(part for part in (member.function, member.collectivity.display_name) if part),
        subject=subject,
        reason=reason.strip(),
        language=language,
    )
    db.session.add(seen)
    record(action, subject, audience=Audience.AUDITOR, member=member, project_id=project_id)
    db.session.flush()
