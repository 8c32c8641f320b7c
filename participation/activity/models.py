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
    """Something owed: what about, by whom (a function), due when, done when."""

    __table_args__ = (
        sa.UniqueConstraint("kind", "subject"),
        sa.Index("ix_deadline_open", "collectivity_id", "done_at", "due_at"),
    )

    kind: Mapped[str]
    subject: Mapped[str]
    collectivity_id: Mapped[int] = mapped_column(sa.ForeignKey("collectivity.id", ondelete="CASCADE"))
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    owed_by: Mapped[str]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
