"""Somebody who follows something, and news about it."""

from datetime import datetime, timedelta

from participation.accounts.models import Person
from participation.activity.models import Audience, Event
from participation.activity.recording import record
from participation.consultations.models import Consultation
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.notifications import actions
from participation.notifications.digests import prepare_digests, this_week
from participation.notifications.models import SubjectKind
from participation.projects.models import Project
from tests.factories.accounts import a_person

Followed = Project | Consultation


def a_follower(of: Followed, *, remind_days: int | None = None, email: str | None = None) -> Person:
    """Returns an account holder who has followed this for a month."""
    person = a_person(email=email)
    kind = SubjectKind.PROJECT if isinstance(of, Project) else SubjectKind.CONSULTATION
    with clock.pretend(clock.now() - timedelta(days=30)):
        actions.follow(person, kind, of.id, remind_days=remind_days)
    return person


def last_week() -> datetime:
    """Returns a moment of the week before this one, at noon of its Wednesday."""
    now = clock.now()
    days = (clock.today() - this_week()).days + 5
    return now - timedelta(days=days)


def some_news(of: Followed, *, at: datetime | None = None, action: str = "") -> Event:
    """Records a public event about this, as of last week, and lets its readers read it then."""
    project = of if isinstance(of, Project) else of.project
    is_project = isinstance(of, Project)
    with clock.pretend(at or last_week()):
        event = record(
            action or ("dossier.published" if is_project else "consultation.extended"),
            f"project:{of.id}" if is_project else f"consultation:{of.id}",
            audience=Audience.PUBLIC,
            project_id=project.id,
            **({"number": 2, "reason": "Les horaires"} if is_project else {}),
        )
        db.session.commit()
        outbox.drain()
    return event


def send_letters() -> None:
    """Does the work of the night, then what it queued."""
    prepare_digests()
    db.session.commit()
    outbox.drain()
