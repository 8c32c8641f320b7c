"""The verbs of moderation."""

from participation.moderation.actions.appealing import decide_appeal, lodge_appeal
from participation.moderation.actions.deciding import (
    accept_contribution,
    accept_several,
    hide_contribution,
    restore_contribution,
)
from participation.moderation.actions.reporting import report_contribution

__all__ = [
    "accept_contribution",
    "accept_several",
    "decide_appeal",
    "hide_contribution",
    "lodge_appeal",
    "report_contribution",
    "restore_contribution",
]
