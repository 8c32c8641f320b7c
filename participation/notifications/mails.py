"""Telling each person once what was decided: queued with the decision, in batches, safe to kill and resume.

The rows in `notice` are the memory. A batch writes its notices and queues its mails in one transaction, and
UNIQUE(version, person) refuses a second notice. A notice is marked as sent, for good, before its mail is
handed over: killed in between, the person may miss one mail but never gets it twice; a mail server that
answers with an error gets it again later.
"""

import smtplib

import sqlalchemy as sa

from participation.decisions.models import DecisionVersion
from participation.foundation import clock, mail, outbox
from participation.foundation.database import db
from participation.foundation.holding import hold
from participation.notifications.letters import decision_notice
from participation.notifications.models import Notice, NoticeState
from participation.notifications.queries import people_to_tell

BATCH = 200


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
    letter = decision_notice(row)
    if letter is None:
        _mark(row.id, NoticeState.QUEUED, NoticeState.REFUSED)
        return
    if not _mark(row.id, NoticeState.QUEUED, NoticeState.SENT):
        return
    try:
        mail.send(letter)
    except smtplib.SMTPRecipientsRefused:
        _mark(row.id, NoticeState.SENT, NoticeState.REFUSED)
    except Exception:
        _mark(row.id, NoticeState.SENT, NoticeState.QUEUED)
        raise


def _mark(notice_id: int, before: NoticeState, after: NoticeState) -> bool:
    """Moves a notice from one state to another at once and for good; false when somebody else did."""
    moved = db.session.execute(
        sa.update(Notice)
        .where(Notice.id == notice_id, Notice.state == before)
        .values(state=after, told_at=clock.now() if after is NoticeState.SENT else None)
    )
    db.session.commit()
    return bool(moved.rowcount)  # type: ignore[attr-defined]
