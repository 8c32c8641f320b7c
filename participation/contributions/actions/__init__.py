"""The verbs of contributions: say, choose, support, withdraw, erase, confirm, note what changed a dossier."""

from participation.contributions.actions.answering import answer_question, release_answers
from participation.contributions.actions.changing import note_cause
from participation.contributions.actions.choosing import (
    find_useful,
    stop_finding_useful,
    stop_supporting,
    support_condition,
)
from participation.contributions.actions.confirming import confirm_submission, hold_submission
from participation.contributions.actions.editing import edit_contribution
from participation.contributions.actions.merging import Linked, link_participants, link_participation
from participation.contributions.actions.positions import take_position, withdraw_position
from participation.contributions.actions.recording import record_submission
from participation.contributions.actions.submitting import (
    erase_contribution,
    submit_contribution,
    withdraw_contribution,
)
from participation.contributions.actions.visibility import change_visibility, hold_texts

__all__ = [
    "Linked",
    "answer_question",
    "change_visibility",
    "confirm_submission",
    "edit_contribution",
    "erase_contribution",
    "find_useful",
    "hold_submission",
    "hold_texts",
    "link_participants",
    "link_participation",
    "note_cause",
    "record_submission",
    "release_answers",
    "stop_finding_useful",
    "stop_supporting",
    "submit_contribution",
    "support_condition",
    "take_position",
    "withdraw_contribution",
    "withdraw_position",
]
