"""Telling each person once what was decided: queued with the decision, in batches, safe to kill and resume.

The rows in `notice` are the memory. A batch writes its notices and queues its mails in one transaction, and
UNIQUE(version, person) refuses a second notice. The modules named last bring in the other letters.
"""

from participation.decisions.models import DecisionVersion
from participation.foundation import outbox
from participation.foundation.database import db
from participation.foundation.holding import hold
from participation.notifications import digests, forgetting, news, reminders
from participation.notifications.delivering import deliver
from participation.notifications.letters import decision_notice
from participation.notifications.models import Notice, NoticeState
from participation.notifications.queries import people_to_tell

BATCH = 200

# Brought in for what they declare: readers, handlers and the work of the night.
__all__ = ["add_notices", "digests", "fill_notices", "forgetting", "news", "reminders", "tell"]


@outbox.handles("notices.decision_published")
def fill_notices(*, version: int) -> None:
    """Adds a notice and a queued mail for each person who took part; done again, adds only who is missing."""
    told = db.session.get(DecisionVersion, version)
    if told is None or told.published_at is None:
        return
    while add_notices(told):
        # Each batch stands on its own: what is committed is not begun again.
        db.session.commit()


def add_notices(version: DecisionVersion, limit: int = BATCH) -> int:
    """Adds the next notices with their queued mails, and returns how many; the caller commits."""
    # Held: another worker at the same version waits, then sees who was added.
    hold(version)
    people = people_to_tell(version, limit)
    notices = [Notice(version_id=version.id, person_id=person_id) for person_id in people]
    db.session.add_all(notices)
    db.session.flush()
    for notice in notices:
        outbox.queue("notices.tell", notice=notice.id)
    db.session.flush()
    return len(notices)


@outbox.handles("notices.tell")
def tell(*, notice: int) -> None:
    """Writes to one person; nothing when that was done, or when a newer version replaced this one."""
    row = db.session.get(Notice, notice)
    if row is None or row.state is not NoticeState.QUEUED:
        return
    deliver(row, decision_notice(row))
