"""Keeping a consultation as it is during a transaction, or having it alone to change it."""

from participation.consultations.models import Consultation, Participant
from participation.foundation.database import db
from participation.foundation.holding import hold


def hold_period(consultation: Consultation) -> None:
    """Keeps the period, and whether the summary is published: many hold them at once, nobody changes them.

    A cancellation or a publication waits for those who hold it, and those who come after wait for it.
    """
    hold(consultation, shared=True)


def hold_alone(consultation: Consultation) -> None:
    """Takes the project, then the consultation, to change its period or its summary."""
    hold(consultation.project)
    hold(consultation)


def hold_counted(participant: Participant) -> Participant:
    """Takes the participant that counts for this person: itself, or the one it was linked to meanwhile.

    What a person chooses at once under two identities comes one after the other, and lands on one of them.
    """
    hold(participant)
    while participant.same_as_id is not None:
        participant = db.session.get_one(Participant, participant.same_as_id)
        hold(participant)
    return participant
