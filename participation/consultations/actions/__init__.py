"""The verbs of consultations: prepare, announce, extend, cancel, and take part."""

from participation.consultations.actions.joining import (
    anonymous_participant,
    participant_for,
    unidentified_participant,
)
from participation.consultations.actions.preparing import (
    announce_consultation,
    edit_consultation,
    prepare_consultation,
)
from participation.consultations.actions.running import cancel_consultation, extend_consultation

__all__ = [
    "announce_consultation",
    "anonymous_participant",
    "cancel_consultation",
    "edit_consultation",
    "extend_consultation",
    "participant_for",
    "prepare_consultation",
    "unidentified_participant",
]
