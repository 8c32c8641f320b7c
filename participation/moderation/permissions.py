"""Who may moderate what, and who may look again."""

from datetime import datetime, timedelta

from participation.collectivities.models import Membership
from participation.collectivities.permissions import MODERATING, Reviewers, reviewers_of
from participation.contributions.models import Contribution
from participation.moderation.models import Appeal

APPEAL_WITHIN = timedelta(days=183)


def may_moderate(member: Membership, contribution: Contribution) -> bool:
    """Tells whether a member of this collectivity's moderation may act on a text they did not write."""
    return (
        member.role in MODERATING
        and member.ended_at is None
        and member.collectivity_id == contribution.project.collectivity_id
        and not wrote(member.person_id, contribution)
    )


def reviewers_for(appeal: Appeal, reviewers: Reviewers) -> list[Membership]:
    """Returns to whom an appeal goes, never to whoever decided nor to the author; empty: nobody is left."""
    decided_by = appeal.decision.decided_by
    first_to_decide = decided_by.person_id if decided_by else None
    return reviewers.besides({first_to_decide, appeal.decision.contribution.participant.person_id})


def may_decide_appeal(member: Membership, appeal: Appeal) -> bool:
    """Tells whether the appeal goes to this member, here or in another collectivity."""
    project = appeal.decision.contribution.project
    return goes_to(member, appeal, reviewers_of(project.collectivity_id))


def goes_to(member: Membership, appeal: Appeal, reviewers: Reviewers) -> bool:
    """Tells the same for many appeals of one collectivity, whose reviewers are read once."""
    return any(one.id == member.id for one in reviewers_for(appeal, reviewers))


def may_still_appeal(appeal: Appeal, now: datetime) -> bool:
    """Tells whether six months have not passed since the decision."""
    return now < appeal.decision.created_at + APPEAL_WITHIN


def wrote(person_id: int | None, contribution: Contribution) -> bool:
    """Tells whether a person is the author of a text."""
    return person_id is not None and contribution.participant.person_id == person_id
