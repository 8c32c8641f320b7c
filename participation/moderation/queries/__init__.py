"""Reading moderation: what waits, what was decided about one text, the public register and its figures."""

from participation.moderation.queries.appealing import (
    Entrusted,
    any_appeal_goes_to_nobody,
    entrusted_to,
    waiting_appeals,
)
from participation.moderation.queries.deciding import (
    appeal_with_number,
    appeal_with_token,
    decisions_about,
    has_open_reports,
    hiding_rules,
    latest_appeal_of,
    latest_decision,
    open_reports_about,
    reasons_of_appeals,
    report_with_key,
    waiting_appeal_of,
)
from participation.moderation.queries.register import (
    Figures,
    moderation_figures,
    recent_decisions,
    register_page,
)
from participation.moderation.queries.waiting import (
    Queue,
    Reason,
    Waiting,
    contributions_to_accept,
    queue_of,
)

__all__ = [
    "Entrusted",
    "Figures",
    "Queue",
    "Reason",
    "Waiting",
    "any_appeal_goes_to_nobody",
    "appeal_with_number",
    "appeal_with_token",
    "contributions_to_accept",
    "decisions_about",
    "entrusted_to",
    "has_open_reports",
    "hiding_rules",
    "latest_appeal_of",
    "latest_decision",
    "moderation_figures",
    "open_reports_about",
    "queue_of",
    "reasons_of_appeals",
    "recent_decisions",
    "register_page",
    "report_with_key",
    "waiting_appeal_of",
    "waiting_appeals",
]
