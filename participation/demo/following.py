"""What the resident of the demonstration follows: a letter of the last weeks waits in the mailbox."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from participation.activity.models import Audience, Event
from participation.consultations.models import Consultation
from participation.demo.personas import PERSONAS, persona_person
from participation.foundation import clock
from participation.foundation.database import db
from participation.notifications.actions import follow
from participation.notifications.digests import add_digests, this_week
from participation.notifications.models import SubjectKind
from participation.notifications.news import note_news, note_turns
from participation.projects.models import Project

FOLLOWED_FOR = timedelta(days=35)


def tell_following(built_at: datetime) -> None:
    """Makes the resident follow an open consultation and the project with the latest decision."""
    resident = persona_person(PERSONAS[0])
    consultation, project = _open_consultation(built_at), _decided_project()
    if resident is None or consultation is None or project is None:
        return
    with clock.pretend(built_at - FOLLOWED_FOR):
        follow(resident.person, SubjectKind.PROJECT, project.id)
        follow(resident.person, SubjectKind.CONSULTATION, consultation.id, remind_days=3)
    for event in _since(built_at - FOLLOWED_FOR):
        with clock.pretend(event.created_at):
            note_news(event)
    with clock.pretend(max(consultation.opens_at, built_at - FOLLOWED_FOR) + timedelta(minutes=1)):
        note_turns(consultation)
    add_digests(this_week())


def _open_consultation(now: datetime) -> Consultation | None:
    """Returns the consultation that closes next."""
    is_open = sa.select(Consultation).where(
        Consultation.announced_at.is_not(None),
        Consultation.cancelled_at.is_(None),
        Consultation.paused_at.is_(None),
        Consultation.opens_at <= now,
        Consultation.closes_at > now,
    )
    return db.session.scalar(is_open.order_by(Consultation.closes_at, Consultation.id).limit(1))


def _decided_project() -> Project | None:
    decided = sa.select(Project).where(Project.decided_at.is_not(None), Project.imported_from.is_(None))
    return db.session.scalar(decided.order_by(Project.decided_at.desc(), Project.id).limit(1))


def _since(moment: datetime) -> list[Event]:
    told = sa.select(Event).where(Event.audience == Audience.PUBLIC, Event.created_at >= moment)
    return list(db.session.scalars(told.order_by(Event.created_at, Event.id)))
