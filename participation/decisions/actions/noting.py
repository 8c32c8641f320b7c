"""Who may change a draft, and noting what was done to a decision."""

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.decisions.models import DecisionVersion
from participation.decisions.permissions import may_draft
from participation.foundation.errors import NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import Project


def ensure_drafter(member: Membership, project: Project) -> None:
    if not may_draft(member, project.collectivity_id):
        raise NotAllowed(_("Only an agent or an administrator of this collectivity writes its decisions."))


def ensure_draft(version: DecisionVersion) -> None:
    """Takes the version: while it is being published one waits, then it is no longer rewritten."""
    hold(version)
    if version.published_at is not None:
        raise NotPossibleNow(_("This version is published. Correct it by a further version."))


def note(
    action: str, version: DecisionVersion, member: Membership, *, audience: Audience = Audience.STAFF
) -> None:
    record(
        action,
        f"decision:{version.decision_id}",
        audience=audience,
        member=member,
        project_id=version.decision.project_id,
        number=version.number,
        outcome=version.outcome.value,
    )
