"""What vigilance forgets by itself, every night."""

from datetime import timedelta

import sqlalchemy as sa

from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.jobs import every_day
from participation.vigilance.models import Sending

SENDINGS_KEPT = timedelta(days=14)


@every_day
def forget_sendings() -> None:
    """Deletes after two weeks how forms were sent, and so the keys of their networks."""
    old = sa.delete(Sending).where(Sending.created_at < clock.now() - SENDINGS_KEPT)
    db.session.execute(old)
