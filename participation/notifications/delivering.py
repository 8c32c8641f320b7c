"""Handing over what is told once: the row is the memory, marked for good before the mail leaves.

Killed in between, the person may miss one mail but never gets it twice; a mail server that answers with an
error gets it again later, under the same Message-ID.
"""

import smtplib

import sqlalchemy as sa

from participation.foundation import clock, mail
from participation.foundation.database import db
from participation.notifications.models import ClosingReminder, Digest, Notice, NoticeState

Told = Notice | Digest | ClosingReminder


def deliver(row: Told, letter: mail.Mail | None) -> None:
    """Sends the letter of a row that waits; without letter there is nothing to tell any more."""
    if letter is None:
        _mark(row, NoticeState.QUEUED, NoticeState.REFUSED)
        return
    if not _mark(row, NoticeState.QUEUED, NoticeState.SENT):
        return
    try:
        mail.send(letter)
    except smtplib.SMTPRecipientsRefused:
        _mark(row, NoticeState.SENT, NoticeState.REFUSED)
    except Exception:
        _mark(row, NoticeState.SENT, NoticeState.QUEUED)
        raise


def _mark(row: Told, before: NoticeState, after: NoticeState) -> bool:
    """Moves a row from one state to another at once and for good; false when somebody else did."""
    table = type(row)
    moved = db.session.execute(
        sa.update(table)
        .where(table.id == row.id, table.state == before)
        .values(state=after, told_at=clock.now() if after is NoticeState.SENT else None)
    )
    db.session.commit()
    return bool(moved.rowcount)  # type: ignore[attr-defined]
