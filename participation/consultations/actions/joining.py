"""Becoming a participant of a consultation, or somebody who asks about a project outside any."""

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.holding import hold_period
from participation.consultations.models import (
    Assurance,
    Channel,
    Consultation,
    Participant,
    PerimeterSide,
)
from participation.consultations.permissions import ASSURANCES
from participation.consultations.queries import counted_in, is_verified
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import Project


def participant_for(
    consultation: Consultation,
    person: Person,
    *,
    display_name: str,
    assurance: Assurance = Assurance.EMAIL,
    postcode: str = "",
) -> Participant:
    """Returns this person in this consultation, the same one each time; the level of assurance only rises.

    Whoever the collectivity has seen at a desk is verified. Of the postcode, only on which side of the
    perimeter it lies is kept; said again, it replaces what was said.
    Raises NotAllowed for somebody who is leaving at this very moment, from another browser.
    """
    hold_period(consultation)
    found = Participant(consultation=consultation, consultation_id=consultation.id)
    participant = _joined(found, person, display_name, assurance)
    if consultation.postcodes and postcode:
        is_in = postcode in consultation.postcodes
        participant.perimeter_side = PerimeterSide.IN if is_in else PerimeterSide.OUT
        db.session.flush()
    return participant


def participant_outside(
    project: Project, person: Person, *, display_name: str, assurance: Assurance = Assurance.EMAIL
) -> Participant:
    """Returns this person in what is said of a project outside any consultation; the same each time."""
    hold(project, shared=True)
    found = Participant(outside_project=project, outside_project_id=project.id)
    return _joined(found, person, display_name, assurance)


def _joined(place: Participant, person: Person, display_name: str, assurance: Assurance) -> Participant:
    """Returns who takes part in the place of a new row, which is written the first time only."""
    hold(person, shared=True)
    if person.erased_at is not None:
        raise NotAllowed(_("Everything about you has just been erased, as you asked: nothing is recorded."))
    if place.consultation is not None and is_verified(person, place.consultation.project.collectivity_id):
        assurance = Assurance.VERIFIED
    participant = _participant_in(place, person)
    if participant is None:
        participant = _new_participant(place, person, display_name, assurance)
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


def _participant_in(place: Participant, person: Person) -> Participant | None:
    known = counted_in(place.consultation_id, place.outside_project_id, person)
    # Held, since the level is compared with what it was; forms of one person come one after the other.
    held = known.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalar(held)


def _new_participant(
    place: Participant, person: Person, display_name: str, assurance: Assurance
) -> Participant:
    place.person, place.person_id = person, person.id
    place.display_name, place.channel, place.assurance = display_name, Channel.ONLINE, assurance
    return add_or_find(place, lambda: _participant_in(place, person))
