"""What accounts forget by themselves, every night."""

from datetime import timedelta

import sqlalchemy as sa

from participation.accounts.models import AccessRecord, AddressLink, Session, SignInLink
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.jobs import every_day

ACCESS_RECORDS_KEPT = timedelta(days=365)
LINKS_KEPT = timedelta(days=1)


@every_day
def forget_old_traces() -> None:
    """Deletes records of access after twelve months, sessions once over, and sign-in links after a day."""
    now = clock.now()
    for old in (
        sa.delete(AccessRecord).where(AccessRecord.created_at < now - ACCESS_RECORDS_KEPT),
        sa.delete(Session).where(Session.expires_at < now),
        sa.delete(AddressLink).where(AddressLink.expires_at < now - LINKS_KEPT),
        sa.delete(SignInLink).where(SignInLink.expires_at < now - LINKS_KEPT),
    ):
        db.session.execute(old)
