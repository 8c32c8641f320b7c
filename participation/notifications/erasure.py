"""What notifications hold of a person: what they were told of, what they follow, their letters."""

import sqlalchemy as sa

from participation.accounts.erasure import ErasureChoice, Facts, Traces, facts
from participation.accounts.models import Person
from participation.activity.models import Event
from participation.consultations.models import Consultation
from participation.decisions.models import DecisionVersion
from participation.foundation.database import db
from participation.notifications.following import shown_subject
from participation.notifications.models import (
    ClosingReminder,
    Digest,
    DigestItem,
    FollowSetting,
    Notice,
    NoticeState,
    Subscription,
)

HANDLES = (
    "notice.person_id",
    "subscription.person_id",
    "follow_setting.person_id",
    "digest.person_id",
    "digest_item.person_id",
    "closing_reminder.person_id",
)


def traces_of(person: Person) -> Traces:
    """Returns the decisions a person was told of, what they follow, their letters with what stood in them."""
    told = (
        sa.select(Notice, DecisionVersion.title)
        .join(DecisionVersion, DecisionVersion.id == Notice.version_id)
        .where(Notice.person_id == person.id)
        .order_by(Notice.id)
    )
    return {
        "notices": [
            {"decision": title, **facts(notice, "state", "told_at", "created_at")}
            for notice, title in db.session.execute(told)
        ],
        "subscriptions": _subscriptions(person),
        "follow_settings": [
            facts(one, "frequency", "created_at")
            for one in db.session.scalars(sa.select(FollowSetting).filter_by(person_id=person.id))
        ],
        "digests": _digests(person),
        "closing_reminders": _reminders(person),
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Cuts each notice from the person, so that the number of people told stays; forgets what they follow."""
    own = sa.update(Notice).where(Notice.person_id == person.id)
    db.session.execute(own.where(Notice.state == NoticeState.QUEUED).values(state=NoticeState.REFUSED))
    db.session.execute(own.values(person_id=None))
    for table in (DigestItem, Digest, ClosingReminder, FollowSetting, Subscription):
        db.session.execute(sa.delete(table).where(table.person_id == person.id))


def _subscriptions(person: Person) -> list[Facts]:
    followed = sa.select(Subscription).filter_by(person_id=person.id).order_by(Subscription.id)
    found = []
    for one in db.session.scalars(followed):
        shown = shown_subject(one.subject_kind, one.subject_id)
        columns = facts(one, "subject_kind", "remind_days", "asked_at", "confirmed_at", "created_at")
        found.append({"subject": shown.title if shown else None, **columns})
    return found


def _digests(person: Person) -> list[Facts]:
    """Returns each piece of news kept for a person, with the week of the letter it was in, if any."""
    kept = (
        sa.select(DigestItem, Digest, Event.action, Consultation.title)
        .outerjoin(Digest, Digest.id == DigestItem.digest_id)
        .outerjoin(Event, Event.id == DigestItem.event_id)
        .outerjoin(Consultation, Consultation.id == DigestItem.consultation_id)
        .where(DigestItem.person_id == person.id)
        .order_by(DigestItem.id)
    )
    return [
        {
            "week": digest.week if digest else None,
            "state": digest.state if digest else None,
            "told_at": digest.told_at if digest else None,
            "news": action or f"consultation.{item.turn.value if item.turn else ''}",
            "consultation": title,
            "created_at": item.created_at,
        }
        for item, digest, action, title in db.session.execute(kept)
    ]


def _reminders(person: Person) -> list[Facts]:
    reminded = (
        sa.select(ClosingReminder, Consultation.title)
        .join(Consultation, Consultation.id == ClosingReminder.consultation_id)
        .where(ClosingReminder.person_id == person.id)
        .order_by(ClosingReminder.id)
    )
    return [
        {"consultation": title, **facts(one, "closes_at", "state", "told_at", "created_at")}
        for one, title in db.session.execute(reminded)
    ]
