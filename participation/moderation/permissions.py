"""Who may moderate what, and who may look again."""

from datetime import datetime, timedelta

from participation.collectivities.models import Membership, Role
from participation.contributions.models import Contribution
from participation.moderation.models import Appeal

MODERATING = (Role.MODERATOR, Role.ADMINISTRATOR)
APPEAL_WITHIN = timedelta(days=183)


def may_moderate(member: Membership, contribution: Contribution) -> bool:
    """Tells whether a member of this collectivity's moderation may act on a text they did not write."""
    return (
        member.role in MODERATING
        and member.ended_at is None
        and member.collectivity_id == contribution.consultation.project.collectivity_id
        and not wrote(member.person_id, contribution)
    )


def may_decide_appeal(member: Membership, appeal: Appeal) -> bool:
    """Tells whether somebody else than the first to decide, and than the author, looks again."""
    decided_by = appeal.decision.decided_by
    first_person_id = decided_by.person_id if decided_by else None
    return may_moderate(member, appeal.decision.contribution) and member.person_id != first_person_id


def may_still_appeal(appeal: Appeal, now: datetime) -> bool:
    """Tells whether six months have not passed since the decision."""
    return now < appeal.decision.created_at + APPEAL_WITHIN


def wrote(person_id: int | None, contribution: Contribution) -> bool:
    """Tells whether a person is the author of a text."""
    return person_id is not None and contribution.participant.person_id == person_id
