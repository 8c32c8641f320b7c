"""The verbs of a decision: draft, answer each theme, publish, correct by a further version."""

from participation.decisions.actions.answering import answer_theme
from participation.decisions.actions.correcting import correct_decision
from participation.decisions.actions.drafting import draft_decision, revise_decision
from participation.decisions.actions.publishing import publish_decision
from participation.decisions.actions.wording import Wording

__all__ = [
    "Wording",
    "answer_theme",
    "correct_decision",
    "draft_decision",
    "publish_decision",
    "revise_decision",
]
