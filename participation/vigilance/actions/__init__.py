"""What is done about abuse: noting how forms are sent, finding series, saying what they are."""

from participation.vigilance.actions.judging import judge_series
from participation.vigilance.actions.looking import look_for_series, look_soon
from participation.vigilance.actions.networks import declare_network, forget_network
from participation.vigilance.actions.noting import Limits, note_sending

__all__ = [
    "Limits",
    "declare_network",
    "forget_network",
    "judge_series",
    "look_for_series",
    "look_soon",
    "note_sending",
]
