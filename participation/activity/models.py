"""Tables of what happened, and of what is owed by a date."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.database import Model


class Audience(enum.StrEnum):
    """Who may read an event."""

    PUBLIC = "public"
    STAFF = "staff"
    AUDITOR = "auditor"


class Event(Model):
    """Who did what to what, when; details hold no resident's text or name."""

    __table_args__ = (sa.Index("ix_event_project", "project_id", "created_at"),)

    action: Mapped[str]
    subject: Mapped[str]
    audience: Mapped[Audience]
    actor_membership_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("membership.id", ondelete="SET NULL")
    )
    actor_participant_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("participant.id", ondelete="SET NULL")
    )
    collectivity_id: Mapped[int | None] = mapped_column(sa.ForeignKey("collectivity.id", ondelete="SET NULL"))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Deadline(Model):
    """Something owed: what about, by whom (a function), due when, done when; its clock may stand still."""

    __table_args__ = (
        sa.UniqueConstraint("kind", "subject"),
        sa.Index("ix_deadline_open", "collectivity_id", "done_at", "due_at"),
    )

    kind: Mapped[str]
    subject: Mapped[str]
    collectivity_id: Mapped[int] = mapped_column(sa.ForeignKey("collectivity.id", ondelete="CASCADE"))
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    # The consultation whose suspension suspends this clock too; empty when none does.
    consultation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    owed_by: Mapped[str]
    due_at: Mapped[datetime]
    # While set, time doesn't count: `due_at` moves once the clock runs again.
    suspended_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    def is_late(self, now: datetime) -> bool:
        """Tells whether it is past due, by the time its clock shows."""
        return self.due_at < self.shown_at(now)

    def shown_at(self, now: datetime) -> datetime:
        """Returns the moment its clock shows: the present one, or the one at which it was stopped."""
        return self.suspended_at or now
