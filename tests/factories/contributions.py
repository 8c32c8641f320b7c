"""The smallest valid contributions, conditions and positions."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.models import Consultation, Participant
from participation.contributions.actions import change_visibility
from participation.contributions.models import Choice, Contribution, Kind, Position, Stance, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.models import Project
from tests.factories.consultations import a_participant


def a_contribution(
    consultation: Consultation | None = None,
    *,
    participant: Participant | None = None,
    body: str = "Ma mère doit savoir tout de suite que c’est une machine.",
    kind: Kind = Kind.COMMENT,
    stance: Stance = Stance.NEUTRAL,
    visibility: Visibility = Visibility.PUBLISHED,
    parent: Contribution | None = None,
    **columns: Any,
) -> Contribution:
    """Returns a contribution, published when nothing else is said, by somebody of its own."""
    if participant is None:
        participant = a_participant(parent.consultation if parent else consultation)
    contribution = Contribution(
        kind=kind,
        consultation=participant.consultation,
        consultation_id=participant.consultation_id,
        outside_project=participant.outside_project,
        outside_project_id=participant.outside_project_id,
        participant=participant,
        participant_id=participant.id,
        parent_id=parent.id if parent else None,
        reply_to_id=parent.id if parent else None,
        body=body,
        stance=stance,
        visibility=visibility,
        **columns,
    )
    db.session.add(contribution)
    if parent is not None and visibility is Visibility.PUBLISHED:
        parent.reply_count += 1
    db.session.flush()
    return contribution


def a_question(
    project: Project,
    *,
    at: datetime | None = None,
    body: str = "Qui écoute les appels ?",
    participant: Participant | None = None,
    **columns: Any,
) -> Contribution:
    """Returns a public question to the service, asked outside any consultation, owed since `at`."""
    with clock.pretend(at or clock.now()):
        asked = a_contribution(
            participant=participant or a_participant(outside=project),
            kind=Kind.SERVICE_QUESTION,
            visibility=Visibility.PENDING,
            body=body,
            **columns,
        )
        change_visibility(asked, Visibility.PUBLISHED)
    return asked


def a_condition(consultation: Consultation | None = None, **columns: Any) -> Contribution:
    """Returns a published condition that others may support."""
    values = {"body": "La touche 0 mène à un agent à tout moment", **columns}
    return a_contribution(consultation, kind=Kind.CONDITION, **values)


def a_position(
    consultation: Consultation | None = None,
    choice: Choice = Choice.FAVOURABLE,
    *,
    participant: Participant | None = None,
) -> Position:
    """Returns the position of somebody."""
    participant = participant or a_participant(consultation)
    position = Position(
        consultation_id=participant.consultation_id,
        participant_id=participant.id,
        choice=choice,
        changed_at=clock.now(),
    )
    db.session.add(position)
    db.session.flush()
    return position


def contributions_of_person(person: Person) -> list[Contribution]:
    """Returns everything a person said anywhere, newest first; erased texts left out."""
    said = (
        sa.select(Contribution)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(Participant.person_id == person.id, Contribution.visibility != Visibility.ERASED)
        .order_by(Contribution.created_at.desc(), Contribution.id.desc())
    )
    return list(db.session.scalars(said))
