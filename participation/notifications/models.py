"""The table of who was told what."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.database import Model


class NoticeState(enum.StrEnum):
    """How far the telling went."""

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"


class Notice(Model):
    """One person is told one decision version: once, by the database."""

    __table_args__ = (sa.UniqueConstraint("version_id", "person_id"),)

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("decision_version.id", ondelete="CASCADE"))
    # Empty once the person is erased: how many were told stays true.
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.QUEUED)
    told_at: Mapped[datetime | None]
