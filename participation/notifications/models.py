"""The tables of who follows what, and of who was told what: each thing once, by the database."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activity.models import Event
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import Model


class NoticeState(enum.StrEnum):
    """How far the telling went."""

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"


class SubjectKind(enum.StrEnum):
    """What can be followed."""

    PROJECT = "project"
    CONSULTATION = "consultation"
    QUESTION = "question"


class Frequency(enum.StrEnum):
    """How often the news of what one follows are sent."""

    WEEKLY = "weekly"
    NEVER = "never"


class Turn(enum.StrEnum):
    """What happens to a consultation by the clock alone, without anybody doing anything."""

    OPENED = "opened"
    CLOSED = "closed"


class Notice(Model):
    """One person is told one decision version: once, by the database."""

    __table_args__ = (sa.UniqueConstraint("version_id", "person_id"),)

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("decision_version.id", ondelete="CASCADE"))
    # Empty once the person is erased: how many were told stays true.
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.QUEUED)
    told_at: Mapped[datetime | None]


class Subscription(Model):
    """A person follows a project, a consultation or a question to a service."""

    __table_args__ = (
        sa.UniqueConstraint("person_id", "subject_kind", "subject_id"),
        sa.Index("ix_subscription_subject", "subject_kind", "subject_id"),
        sa.CheckConstraint("remind_days IS NULL OR subject_kind = 'consultation'", name="closing_to_remind"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    subject_kind: Mapped[SubjectKind]
    subject_id: Mapped[int]
    # So many days before it closes, a reminder was asked for.
    remind_days: Mapped[int | None]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    # Empty while a guest has not used the link in their mail: then nothing is sent.
    confirmed_at: Mapped[datetime | None]


class FollowSetting(Model):
    """How often one person is told of what they follow; every week where there is no row."""

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    frequency: Mapped[Frequency]


class Digest(Model):
    """The one letter of a person in a week, named by its Monday."""

    __table_args__ = (sa.UniqueConstraint("person_id", "week"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    week: Mapped[date]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.QUEUED)
    told_at: Mapped[datetime | None]


class DigestItem(Model):
    """One piece of news for one person: an event, or the opening or closing of a consultation.

    Kept the moment it happens, and sent in one letter at most.
    """

    __table_args__ = (
        sa.UniqueConstraint("person_id", "event_id"),
        sa.UniqueConstraint("person_id", "consultation_id", "turn"),
        sa.CheckConstraint("(event_id IS NULL) <> (consultation_id IS NULL)", name="one_thing"),
        sa.CheckConstraint("(consultation_id IS NULL) = (turn IS NULL)", name="turn_of_a_consultation"),
        sa.Index("ix_digest_item_waiting", "digest_id", "created_at"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    turn: Mapped[Turn | None]
    # The letter it is in; empty while it waits for the next one.
    digest_id: Mapped[int | None] = mapped_column(sa.ForeignKey("digest.id", ondelete="CASCADE"))

    event: Mapped[Event | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()


class ClosingReminder(Model):
    """One person is reminded once of one closing; moved to another day, it is another closing."""

    __table_args__ = (sa.UniqueConstraint("person_id", "consultation_id", "closes_at"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    consultation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    closes_at: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.QUEUED)
    told_at: Mapped[datetime | None]
