"""The verbs of collectivities: create one, give and end roles, invite, name who reviews appeals elsewhere."""

from participation.collectivities.actions.appointing import appoint, end_membership
from participation.collectivities.actions.inviting import accept_invitation, invite, withdraw_invitation
from participation.collectivities.actions.referring import require_able_to_answer, set_answering
from participation.collectivities.actions.reviewing import name_appeal_reviewer, release_appeal_reviewer
from participation.collectivities.actions.settling import Setting, change_settings, create_collectivity

__all__ = [
    "Setting",
    "accept_invitation",
    "appoint",
    "change_settings",
    "create_collectivity",
    "end_membership",
    "invite",
    "name_appeal_reviewer",
    "release_appeal_reviewer",
    "require_able_to_answer",
    "set_answering",
    "withdraw_invitation",
]
