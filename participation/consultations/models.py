"""Tables of consultations, of changes to their period, and of who takes part."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Person
from participation.collectivities.models import Membership
from participation.foundation import references
from participation.foundation.database import Model
from participation.projects.models import Project


class ModerationTime(enum.StrEnum):
    """Whether a text waits for a moderator or is read after it appears."""

    BEFORE = "before"
    AFTER = "after"


class Channel(enum.StrEnum):
    """How a participant reached us."""

    ONLINE = "online"
    PAPER = "paper"
    MEETING = "meeting"
    PHONE = "phone"
    DESK = "desk"


class Assurance(enum.StrEnum):
    """How sure we are that it is one real person of the perimeter, weakest first."""

    DECLARED = "declared"
    EMAIL = "email"
    ACCOUNT = "account"
    VERIFIED = "verified"


class Consultation(Model):
    """A period in which the public is asked about one project, and what was promised about the answers."""

    __table_args__ = (
        sa.CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        sa.Index("ix_consultation_period", "opens_at", "closes_at"),
    )

    ref: Mapped[str] = mapped_column(unique=True, default=references.poster_reference)
    slug: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    perimeter: Mapped[str] = mapped_column(default="", server_default="")
    use_of_answers: Mapped[str] = mapped_column(default="", server_default="")
    decided_by: Mapped[str] = mapped_column(default="", server_default="")
    answer_due_on: Mapped[date | None]
    moderation: Mapped[ModerationTime] = mapped_column(default=ModerationTime.BEFORE)
    minimum_assurance: Mapped[Assurance] = mapped_column(default=Assurance.EMAIL)

    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    # Until a moderator announces it, a consultation is a draft that nobody sees.
    announced_at: Mapped[datetime | None]
    announced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    rule_set: Mapped[str] = mapped_column(default="", server_default="")
    cancelled_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Tells whether answers are accepted: from the second it opens to the second it closes."""
        return self.is_public and self.cancelled_at is None and self.opens_at <= now < self.closes_at

    def is_closed(self, now: datetime) -> bool:
        """Tells whether the period is over, by its date or by cancellation."""
        return self.cancelled_at is not None or now >= self.closes_at

    @property
    def is_public(self) -> bool:
        """Tells whether it was announced."""
        return self.announced_at is not None


class PeriodChange(Model):
    """An extension or a cancellation after opening, with its public reason; nothing else may change."""

    consultation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    closed_at_before: Mapped[datetime]
    # Empty for a cancellation.
    closes_at_after: Mapped[datetime | None]
    reason: Mapped[str]
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))

    changed_by: Mapped[Membership | None] = relationship()


class Participant(Model):
    """A person in one consultation; without person for paper, imports, or once erased."""

    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "person_id"),
        sa.Index(
            "uq_participant_unidentified",
            "consultation_id",
            unique=True,
            sqlite_where=sa.text("NOT is_identified"),
            postgresql_where=sa.text("NOT is_identified"),
        ),
    )

    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    display_name: Mapped[str]
    channel: Mapped[Channel] = mapped_column(default=Channel.ONLINE)
    assurance: Mapped[Assurance] = mapped_column(default=Assurance.EMAIL)
    # False for the one that stands for every author the source of an import does not name: perhaps one
    # person, perhaps a hundred, so it is never counted as a person.
    is_identified: Mapped[bool] = mapped_column(default=True, server_default=sa.true())

    consultation: Mapped[Consultation] = relationship()
    person: Mapped[Person | None] = relationship()
