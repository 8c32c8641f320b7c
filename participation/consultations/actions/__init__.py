"""The verbs of consultations: prepare, announce, extend, suspend, close (early), cancel, and take part."""

from participation.consultations.actions.closing import confirm_closing, propose_closing, refuse_closing
from participation.consultations.actions.ending import note_closings
from participation.consultations.actions.joining import (
    anonymous_participant,
    participant_for,
    participant_outside,
    unidentified_participant,
)
from participation.consultations.actions.pausing import pause_consultation, resume_consultation
from participation.consultations.actions.preparing import (
    announce_consultation,
    edit_consultation,
    prepare_consultation,
)
from participation.consultations.actions.raising import raise_to_account
from participation.consultations.actions.running import cancel_consultation, extend_consultation

__all__ = [
    "announce_consultation",
    "anonymous_participant",
    "cancel_consultation",
    "confirm_closing",
    "edit_consultation",
    "extend_consultation",
    "note_closings",
    "participant_for",
    "participant_outside",
    "pause_consultation",
    "prepare_consultation",
    "propose_closing",
    "raise_to_account",
    "refuse_closing",
    "resume_consultation",
    "unidentified_participant",
]
