"""Becoming a participant of a consultation."""

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.holding import hold_period
from participation.consultations.models import (
    Assurance,
    Channel,
    Consultation,
    Participant,
)
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _

ASSURANCES = tuple(Assurance)


def participant_for(
    consultation: Consultation, person: Person, *, display_name: str, assurance: Assurance = Assurance.EMAIL
) -> Participant:
    """Returns this person in this consultation, the same one each time; the level of assurance only rises.

    Raises NotAllowed for somebody who is leaving at this very moment, from another browser.
    """
    hold_period(consultation)
    hold(person, shared=True)
    if person.erased_at is not None:
        raise NotAllowed(_("Everything about you has just been erased, as you asked: nothing is recorded."))
    participant = _participant_of(consultation, person)
    if participant is None:
        participant = _new_participant(consultation, person, display_name, assurance)
    if display_name:
        participant.display_name = display_name
    if ASSURANCES.index(assurance) > ASSURANCES.index(participant.assurance):
        participant.assurance = assurance
    db.session.flush()
    return participant


def anonymous_participant(consultation: Consultation, *, display_name: str, channel: Channel) -> Participant:
    """Adds somebody without address: a paper form, an author of an import."""
    participant = Participant(
        consultation=consultation,
        consultation_id=consultation.id,
        display_name=display_name,
        channel=channel,
        assurance=Assurance.DECLARED,
    )
    db.session.add(participant)
    db.session.flush()
    return participant


def unidentified_participant(consultation: Consultation) -> Participant:
    """Returns the one that stands for all authors the source of an import does not name: never counted."""
    known = sa.select(Participant).filter_by(consultation_id=consultation.id, is_identified=False)
    participant = db.session.scalar(known)
    if participant is None:
        participant = Participant(
            consultation=consultation,
            consultation_id=consultation.id,
            display_name="",
            channel=Channel.ONLINE,
            assurance=Assurance.DECLARED,
            is_identified=False,
        )
        db.session.add(participant)
        db.session.flush()
    return participant


def _participant_of(consultation: Consultation, person: Person) -> Participant | None:
    known = sa.select(Participant).filter_by(consultation_id=consultation.id, person_id=person.id)
    # Held, since the level is compared with what it was; forms of one person come one after the other.
    held = known.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalar(held)


def _new_participant(
    consultation: Consultation, person: Person, display_name: str, assurance: Assurance
) -> Participant:
    participant = Participant(
        consultation=consultation,
        consultation_id=consultation.id,
        person=person,
        person_id=person.id,
        display_name=display_name,
        channel=Channel.ONLINE,
        assurance=assurance,
    )
    return add_or_find(participant, lambda: _participant_of(consultation, person))
