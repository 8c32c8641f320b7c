"""Saying that two participants of one place are one person: one of them counts from now on."""

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.consultations.holding import hold_counted
from participation.consultations.models import Participant, PerimeterSide
from participation.consultations.permissions import ASSURANCES
from participation.foundation import clock
from participation.foundation.database import db


def hold_both(one: Participant, other: Participant) -> tuple[Participant, Participant]:
    """Takes both and returns the participants that count for them: the same one when they are linked.

    The second first, as somebody does who takes part under it: from what is linked up to what counts. The
    same two are never linked in opposite directions at once, `merge_people` holds the people before.
    Raises ValueError for participants of two places: one person takes part in each.
    """
    places = {(each.consultation_id, each.outside_project_id) for each in (one, other)}
    if len(places) != 1:
        raise ValueError("Two participants are linked in one place only.")
    other = hold_counted(other)
    return hold_counted(one), other


def mark_same(kept: Participant, other: Participant, *, both_chose: bool) -> None:
    """Notes that `kept` counts for both, which the caller holds; what was linked to `other` follows.

    A level of assurance that was proven by another address is kept; one that an agent typed in is not.
    """
    now = clock.now()
    before = sa.update(Participant).where(Participant.same_as_id == other.id)
    db.session.execute(before.values(same_as_id=kept.id, person_id=kept.person_id))
    is_proven = other.person_id is not None
    if is_proven and ASSURANCES.index(other.assurance) > ASSURANCES.index(kept.assurance):
        kept.assurance = other.assurance
    if kept.perimeter_side is PerimeterSide.UNSAID:
        kept.perimeter_side = other.perimeter_side
    other.same_as_id, other.linked_at, other.both_chose = kept.id, now, both_chose
    other.person, other.person_id = kept.person, kept.person_id
    record(
        "participant.linked",
        f"participant:{other.id}",
        audience=Audience.AUDITOR,
        participant_id=kept.id,
        project_id=kept.project.id,
        collectivity_id=kept.project.collectivity_id,
    )
    db.session.flush()


def identities_of(participant: Participant) -> list[int]:
    """Returns the numbers of a participant that counts and of those linked to it."""
    linked = sa.select(Participant.id).where(
        sa.or_(Participant.id == participant.id, Participant.same_as_id == participant.id)
    )
    return list(db.session.scalars(linked.order_by(Participant.id)))
