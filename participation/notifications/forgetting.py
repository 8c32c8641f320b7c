"""What following leaves behind and is forgotten by itself, every night."""

from datetime import timedelta

import sqlalchemy as sa

from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.jobs import every_day
from participation.notifications.actions import CONFIRM_WITHIN
from participation.notifications.models import ClosingReminder, Digest, DigestItem, Subscription

# Long after anything could be told again.
KEPT = timedelta(days=365)


@every_day
def forget_old_letters() -> None:
    """Deletes what guests never confirmed, and what was told or written a year ago."""
    now = clock.now()
    unconfirmed = sa.delete(Subscription).where(
        Subscription.confirmed_at.is_(None), Subscription.asked_at < now - CONFIRM_WITHIN
    )
    db.session.execute(unconfirmed)
    for table in (DigestItem, Digest, ClosingReminder):
        db.session.execute(sa.delete(table).where(table.created_at < now - KEPT))
