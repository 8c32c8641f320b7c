"""Who may draft a decision, and who may publish it."""

from participation.collectivities.models import Membership, Role

DRAFTERS = (Role.AGENT, Role.ADMINISTRATOR)


def may_draft(member: Membership, collectivity_id: int) -> bool:
    """Tells whether this member writes the decisions of that collectivity."""
    return member.role in DRAFTERS and _serves(member, collectivity_id)


def may_publish(member: Membership, collectivity_id: int) -> bool:
    """Tells whether this member may make a decision public and tell those who took part."""
    return member.role is Role.ADMINISTRATOR and _serves(member, collectivity_id)


def _serves(member: Membership, collectivity_id: int) -> bool:
    return member.collectivity_id == collectivity_id and member.ended_at is None
