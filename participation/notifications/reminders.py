"""Reminders of closings: to those who asked, so many days before, once for each closing."""

from datetime import date, datetime

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity
from participation.consultations.models import Consultation
from participation.foundation import clock, outbox
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.dates import local_day
from participation.foundation.jobs import every_day
from participation.foundation.mail import Mail, composes
from participation.notifications.delivering import deliver
from participation.notifications.following import SubjectShown, shown_subject
from participation.notifications.models import (
    ClosingReminder,
    NoticeState,
    SubjectKind,
    Subscription,
)
from participation.notifications.tokens import following_token, stopping_token
from participation.notifications.unsubscribing import unsubscribe_headers
from participation.projects.models import Project


@every_day
def remind_of_closings() -> None:
    """Queues the reminders whose day has come; done again, or by two workers at once, adds none twice."""
    for row in db.session.execute(_asked_for(clock.now())).all():
        if not _is_due(row.closes_at, row.remind_days, clock.today(row.timezone), row.timezone):
            continue
        reminder = ClosingReminder(
            person_id=row.person_id, consultation_id=row.subject_id, closes_at=row.closes_at
        )
        if add_once(reminder):
            outbox.queue("reminders.send", reminder=reminder.id)
    db.session.flush()


@outbox.handles("reminders.send")
def send_reminder(*, reminder: int) -> None:
    """Writes one reminder; nothing when that was done."""
    row = db.session.get(ClosingReminder, reminder)
    if row is not None and row.state is NoticeState.QUEUED:
        deliver(row, closing_letter(row))


def closing_letter(row: ClosingReminder) -> Mail | None:
    """Returns the reminder; None once it closed or its day was moved, or nobody wants it any more."""
    person = db.session.get(Person, row.person_id)
    consultation = db.session.get(Consultation, row.consultation_id)
    if person is None or not person.email or consultation is None:
        return None
    if not consultation.is_open(clock.now()) or consultation.closes_at != row.closes_at:
        return None
    subject = SubjectKind.CONSULTATION, consultation.id
    wanted = sa.select(Subscription.id).where(
        Subscription.person_id == person.id,
        Subscription.subject_kind == subject[0],
        Subscription.subject_id == subject[1],
        Subscription.remind_days.is_not(None),
        Subscription.confirmed_at.is_not(None),
    )
    if db.session.scalar(wanted) is None:
        return None
    token = stopping_token(person.id, subject)
    zone = consultation.project.collectivity.timezone
    context: dict[str, object] = {
        "consultation": consultation,
        "project": consultation.project,
        "zone": zone,
        "days": (local_day(consultation.closes_at, zone) - clock.today(zone)).days,
        "token": token,
    }
    return Mail(
        person.email,
        "notifications/mails/closing_reminder.txt",
        person.language,
        context,
        key=f"closing_reminder:{row.id}",
        headers=unsubscribe_headers(token, person.language),
    )


@composes("follow_confirmation")
def follow_confirmation(*, subscription: int) -> Mail | None:
    """Sends a guest the link by which they follow what they asked for; not once it is confirmed."""
    row = db.session.get(Subscription, subscription)
    if row is None or row.confirmed_at is not None:
        return None
    person = db.session.get_one(Person, row.person_id)
    shown: SubjectShown | None = shown_subject(row.subject_kind, row.subject_id)
    if not person.email or shown is None:
        return None
    context = {"shown": shown, "subscription": row, "token": following_token(row.id)}
    return Mail(person.email, "notifications/mails/follow_confirmation.txt", person.language, context)


def _asked_for(now: datetime) -> sa.Select[int, int, int | None, datetime, str]:
    """Selects who asked to be reminded of an open consultation and has not been told of its closing."""
    told = sa.select(ClosingReminder.id).where(
        ClosingReminder.person_id == Subscription.person_id,
        ClosingReminder.consultation_id == Consultation.id,
        ClosingReminder.closes_at == Consultation.closes_at,
    )
    return (
        sa.select(
            Subscription.person_id,
            Subscription.subject_id,
            Subscription.remind_days,
            Consultation.closes_at,
            Collectivity.timezone,
        )
        .join(Consultation, Consultation.id == Subscription.subject_id)
        .join(Project, Project.id == Consultation.project_id)
        .join(Collectivity, Collectivity.id == Project.collectivity_id)
        .where(
            Subscription.subject_kind == SubjectKind.CONSULTATION,
            Subscription.remind_days.is_not(None),
            Subscription.confirmed_at.is_not(None),
            Consultation.announced_at.is_not(None),
            Consultation.cancelled_at.is_(None),
            Consultation.paused_at.is_(None),
            Consultation.opens_at <= now,
            Consultation.closes_at > now,
            ~told.exists(),
        )
        .order_by(Subscription.id)
    )


def _is_due(closes_at: datetime, days: int, today: date, zone: str) -> bool:
    return (local_day(closes_at, zone) - today).days <= days
