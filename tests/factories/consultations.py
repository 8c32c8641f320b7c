"""The smallest valid consultations and participants."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from participation.accounts.models import Person
from participation.collectivities.models import Membership, Role
from participation.consultations.actions import pause_consultation, propose_closing, resume_consultation
from participation.consultations.models import (
    Assurance,
    Channel,
    ClosingProposal,
    Consultation,
    Ground,
    ModerationTime,
    Participant,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.models import Project
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.projects import a_project

_numbers = count(1)


def a_consultation(
    project: Project | None = None,
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    announced: bool = True,
    moderation: ModerationTime = ModerationTime.AFTER,
    **columns: Any,
) -> Consultation:
    """Returns a consultation; open since yesterday, for a month, when nothing else is said."""
    now = clock.now()
    number = next(_numbers)
    project = project or a_project()
    values: dict[str, Any] = {
        "title": f"Consultation {number}",
        "slug": f"consultation-{number}",
        "perimeter": "Toute la commune.",
        "use_of_answers": "Le conseil municipal répond à chaque demande.",
        "decided_by": "Le conseil municipal",
        "answer_due_on": (now + timedelta(days=60)).date(),
        **columns,
    }
    consultation = Consultation(
        project=project,
        project_id=project.id,
        opens_at=opens_at or now - timedelta(days=1),
        closes_at=closes_at or now + timedelta(days=30),
        announced_at=now - timedelta(days=40) if announced else None,
        moderation=moderation,
        **values,
    )
    db.session.add(consultation)
    project.proposed_at = project.proposed_at or now - timedelta(days=50)
    if announced:
        project.opens_at, project.closes_at = consultation.opens_at, consultation.closes_at
    db.session.flush()
    return consultation


def an_open_consultation(project: Project | None = None, **columns: Any) -> Consultation:
    """Returns a consultation open now, whose texts appear at once."""
    return a_consultation(project, **columns)


def a_closed_consultation(project: Project | None = None, **columns: Any) -> Consultation:
    """Returns a consultation that closed yesterday."""
    now = clock.now()
    period = {"opens_at": now - timedelta(days=30), "closes_at": now - timedelta(days=1)}
    return a_consultation(project, **{**period, **columns})


def a_suspended_consultation(
    project: Project | None = None,
    *,
    at: datetime | None = None,
    reason: str = "Ordonnance du tribunal administratif.",
    **columns: Any,
) -> Consultation:
    """Returns an open consultation that was suspended an hour ago, or at the moment given."""
    consultation = an_open_consultation(project, **columns)
    suspend(consultation, at or clock.now() - timedelta(hours=1), reason=reason)
    return consultation


def suspend(consultation: Consultation, at: datetime, *, reason: str = "Ordonnance du 3 mars.") -> None:
    """Suspends a consultation at that moment, by a court order."""
    moderator = a_member(Role.MODERATOR, consultation.project.collectivity)
    with clock.pretend(at):
        pause_consultation(consultation, ground=Ground.COURT_ORDER, reason=reason, member=moderator)


def resume(consultation: Consultation, at: datetime) -> None:
    """Resumes a consultation at that moment."""
    moderator = a_member(Role.MODERATOR, consultation.project.collectivity)
    with clock.pretend(at):
        resume_consultation(consultation, reason="L’ordonnance est levée.", member=moderator)


def a_closing_proposal(
    consultation: Consultation,
    *,
    member: Membership | None = None,
    closes_at: datetime | None = None,
    reason: str = "Plus personne ne répond.",
) -> ClosingProposal:
    """Returns a moderator's wish to close three days before the date, or at the moment given."""
    moderator = member or a_member(Role.MODERATOR, consultation.project.collectivity)
    earlier = closes_at or consultation.closes_at - timedelta(days=3)
    return propose_closing(consultation, closes_at=earlier, reason=reason, member=moderator)


def a_participant(
    consultation: Consultation | None = None,
    *,
    outside: Project | None = None,
    person: Person | None = None,
    display_name: str = "Nadia B.",
    channel: Channel = Channel.ONLINE,
    assurance: Assurance = Assurance.EMAIL,
    without_person: bool = False,
) -> Participant:
    """Returns somebody who takes part, or asks `outside` any consultation; with a person of their own."""
    if outside is None:
        consultation = consultation or an_open_consultation()
    if person is None and not without_person:
        person = a_person()
    participant = Participant(
        consultation=consultation,
        consultation_id=consultation.id if consultation else None,
        outside_project=outside,
        outside_project_id=outside.id if outside else None,
        person=person,
        person_id=person.id if person else None,
        display_name=display_name,
        channel=channel,
        assurance=assurance,
    )
    db.session.add(participant)
    db.session.flush()
    return participant
