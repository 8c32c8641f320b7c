"""One letter a week, never empty, never twice; prepared every night, so that a night off loses none.

A letter holds what was kept before its Monday. Its row is UNIQUE for a person and a week, each piece of news
is in one letter, and both are written before the mail leaves.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import current_app

from participation.consultations.models import Consultation
from participation.foundation import clock, outbox
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.jobs import every_day
from participation.notifications.delivering import deliver
from participation.notifications.digest_letters import digest_letter
from participation.notifications.models import Digest, DigestItem, NoticeState
from participation.notifications.news import note_turns

BATCH = 200
# A worker that was away for longer than this forgets what opened or closed before.
LOOKS_BACK = timedelta(days=35)


@every_day
def prepare_digests() -> None:
    """Queues the letters of this week that are not queued yet; done again, adds only who is missing."""
    for consultation in _turned():
        note_turns(consultation)
        db.session.commit()
    week = this_week()
    while add_digests(week):
        # Each batch stands on its own: what is committed is not begun again.
        db.session.commit()


def this_week() -> date:
    """Returns the Monday of the present week, where the installation is."""
    today = clock.today(_zone())
    return today - timedelta(days=today.weekday())


def add_digests(week: date, limit: int = BATCH) -> int:
    """Adds the next letters of a week with their queued work; returns for how many people it tried."""
    written = sa.select(Digest.id).where(Digest.person_id == DigestItem.person_id, Digest.week == week)
    waiting = (
        sa.select(DigestItem.person_id)
        .where(DigestItem.digest_id.is_(None), DigestItem.created_at < _beginning(week), ~written.exists())
        .distinct()
        .order_by(DigestItem.person_id)
        .limit(limit)
    )
    people = list(db.session.scalars(waiting))
    for person_id in people:
        digest = Digest(person_id=person_id, week=week)
        # Another worker at the same week may have been quicker.
        if add_once(digest):
            outbox.queue("digests.send", digest=digest.id)
    db.session.flush()
    return len(people)


@outbox.handles("digests.send")
def send_digest(*, digest: int) -> None:
    """Writes one letter; nothing when that was done."""
    row = db.session.get(Digest, digest)
    if row is None or row.state is not NoticeState.QUEUED:
        return
    db.session.execute(
        sa.update(DigestItem)
        .where(
            DigestItem.person_id == row.person_id,
            DigestItem.digest_id.is_(None),
            DigestItem.created_at < _beginning(row.week),
        )
        .values(digest_id=row.id)
    )
    deliver(row, digest_letter(row))


def _turned() -> list[Consultation]:
    """Returns the announced consultations that opened or closed not long ago."""
    now = clock.now()
    turned = sa.select(Consultation).where(
        Consultation.announced_at.is_not(None),
        Consultation.cancelled_at.is_(None),
        sa.or_(
            Consultation.opens_at.between(now - LOOKS_BACK, now),
            Consultation.closes_at.between(now - LOOKS_BACK, now),
        ),
    )
    return list(db.session.scalars(turned.order_by(Consultation.id)))


def _beginning(week: date) -> datetime:
    return datetime.combine(week, time(), ZoneInfo(_zone())).astimezone(UTC)


def _zone() -> str:
    return str(current_app.config["DEFAULT_TIMEZONE"])
