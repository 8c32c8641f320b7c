"""Tables of consultations, of changes to their period, and of who takes part."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership
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


class PerimeterSide(enum.StrEnum):
    """Where a participant lives by the postcode they declared, beside those of the consultation."""

    IN = "in"
    OUT = "out"
    UNSAID = "unsaid"


class ChangeKind(enum.StrEnum):
    """What may still happen to the period of an announced consultation."""

    EXTENDED = "extended"
    CANCELLED = "cancelled"
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOSED_EARLY = "closed_early"


class Ground(enum.StrEnum):
    """The only two reasons for which a consultation is suspended."""

    COURT_ORDER = "court_order"
    ELECTION = "election"


class ProposalOutcome(enum.StrEnum):
    """What became of a proposal to close early."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Consultation(Model):
    """A period in which the public is asked about one project, and what was promised about the answers."""

    __table_args__ = (
        sa.CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        sa.CheckConstraint("paused_at >= opens_at AND paused_at < closes_at", name="paused_while_open"),
        sa.Index("ix_consultation_period", "opens_at", "closes_at"),
    )

    ref: Mapped[str] = mapped_column(unique=True, default=references.poster_reference)
    slug: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    perimeter: Mapped[str] = mapped_column(default="", server_default="")
    # Of the perimeter, sorted; empty when nobody is asked where they live.
    postcodes: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
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
    # Set while it is suspended: `closes_at` then stands still, and moves when it resumes (decision 0007).
    paused_at: Mapped[datetime | None]
    # The closing, once it has passed: the clock of the machine may go back, the period never (decision 0020).
    over_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()

    def took(self, sent_at: datetime) -> bool:
        """Tells whether what was sent then counts: from its opening to its closing or suspension."""
        if not self.is_public or self.cancelled_at is not None:
            return False
        return self.opens_at <= sent_at < (self.paused_at or self.closes_at)

    def is_open(self, now: datetime) -> bool:
        """Tells whether what is sent at the present moment counts; `now` is what the clock says."""
        return self.took(self.moment(now))

    def is_closed(self, now: datetime) -> bool:
        """Tells whether the period is over, by its date or by cancellation; never while it is suspended."""
        if self.cancelled_at is not None or self.over_at is not None:
            return True
        return self.paused_at is None and now >= self.closes_at

    def moment(self, now: datetime) -> datetime:
        """Returns the present moment here: never before a closing that has passed, whatever `now` says."""
        return max(now, self.over_at) if self.over_at is not None else now

    @property
    def is_paused(self) -> bool:
        """Tells whether it is suspended today."""
        return self.paused_at is not None

    @property
    def is_public(self) -> bool:
        """Tells whether it was announced."""
        return self.announced_at is not None


class PeriodChange(Model):
    """What happened to an announced period, with its public reason; nothing else may change."""

    __table_args__ = (
        sa.CheckConstraint("(kind = 'paused') = (ground IS NOT NULL)", name="ground_of_a_pause"),
        sa.CheckConstraint(
            "(closes_at_after IS NULL) = (kind IN ('cancelled', 'paused'))", name="closing_that_is_known"
        ),
    )

    kind: Mapped[ChangeKind]
    consultation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    closed_at_before: Mapped[datetime]
    # Empty for a cancellation, and for a suspension: the closing is known again once it resumes.
    closes_at_after: Mapped[datetime | None]
    ground: Mapped[Ground | None]
    reason: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    # Closing early needs a second person.
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))

    changed_by: Mapped[Membership | None] = relationship(foreign_keys=[changed_by_id])
    confirmed_by: Mapped[Membership | None] = relationship(foreign_keys=[confirmed_by_id])


class ClosingProposal(Model):
    """A wish to close early: without effect until somebody else confirms it."""

    __table_args__ = (
        # One at a time: two people who press at once propose once.
        sa.Index(
            "uq_closing_proposal_waiting",
            "consultation_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="outcome_once_ended"),
    )

    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    # Empty: as soon as it is confirmed.
    closes_at: Mapped[datetime | None]
    reason: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    proposed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    outcome: Mapped[ProposalOutcome | None]

    consultation: Mapped[Consultation] = relationship()
    proposed_by: Mapped[Membership | None] = relationship(foreign_keys=[proposed_by_id])

    def has_passed(self, now: datetime) -> bool:
        """Tells whether the day it asked for is over: it can no longer be confirmed."""
        return self.closes_at is not None and self.closes_at <= now


def _counted_once(name: str, place: str) -> sa.Index:
    """One person counts once in one place, whatever they signed in as."""
    counts = sa.text("same_as_id IS NULL")
    return sa.Index(name, place, "person_id", unique=True, sqlite_where=counts, postgresql_where=counts)


class Participant(Model):
    """A person in one consultation, or in what is said of one project outside any (decision 0013).

    Without person for paper, imports, or once erased. Of two identities of one person one counts, and the
    other is `same_as` it: it keeps its texts under its own name, and counts nowhere (decision 0015).
    """

    __table_args__ = (
        _counted_once("uq_participant_of_consultation", "consultation_id"),
        _counted_once("uq_participant_outside", "outside_project_id"),
        sa.CheckConstraint("(consultation_id IS NULL) <> (outside_project_id IS NULL)", name="one_place"),
        sa.CheckConstraint("same_as_id <> id", name="same_as_another"),
        sa.CheckConstraint("(same_as_id IS NULL) = (linked_at IS NULL)", name="linked_at_a_moment"),
        sa.Index(
            "uq_participant_unidentified",
            "consultation_id",
            unique=True,
            sqlite_where=sa.text("NOT is_identified"),
            postgresql_where=sa.text("NOT is_identified"),
        ),
    )

    consultation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    # The project, of somebody who asks outside any consultation; empty inside one, which has its own.
    outside_project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    display_name: Mapped[str]
    channel: Mapped[Channel] = mapped_column(default=Channel.ONLINE)
    assurance: Mapped[Assurance] = mapped_column(default=Assurance.EMAIL)
    # False for the one that stands for every author the source of an import does not name: perhaps one
    # person, perhaps a hundred, so it is never counted as a person.
    is_identified: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    # Said once by the postcode, which isn't kept: the count survives an erasure, the place does not exist.
    perimeter_side: Mapped[PerimeterSide] = mapped_column(
        default=PerimeterSide.UNSAID, server_default=PerimeterSide.UNSAID.value
    )
    # The participant of the same person that counts, here in the same place; never one that is linked too.
    same_as_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    linked_at: Mapped[datetime | None]
    # Both identities had taken a position when they were linked: the latest one counts.
    both_chose: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    consultation: Mapped[Consultation | None] = relationship()
    outside_project: Mapped[Project | None] = relationship()
    person: Mapped[Person | None] = relationship()

    @property
    def project(self) -> Project:
        """Returns the project it is about, inside a consultation or outside any."""
        return project_of(self.consultation, self.outside_project)

    @property
    def counted_id(self) -> int:
        """Returns the number of the participant that counts: its own, unless it was linked to another."""
        return self.same_as_id or self.id

    def is_same_human(self, other: "Participant") -> bool:
        """Tells whether both are one person in one consultation: what one wrote is the other's own."""
        return self.counted_id == other.counted_id


class Verification(Model):
    """An agent saw a person and a document that says who they are; no number of it is kept."""

    __table_args__ = (
        sa.UniqueConstraint("person_id", "collectivity_id"),
        sa.CheckConstraint("(revoked_at IS NULL) = (revocation_reason = '')", name="revoked_with_reason"),
    )

    # What the list of agents calls it: they read no name and no address there.
    ref: Mapped[str] = mapped_column(unique=True, default=references.contribution_reference)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    collectivity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("collectivity.id", ondelete="CASCADE"), index=True
    )
    verified_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    verified_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    revocation_reason: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")

    person: Mapped[Person] = relationship()
    collectivity: Mapped[Collectivity] = relationship()
    verified_by: Mapped[Membership | None] = relationship(foreign_keys=[verified_by_id])
    revoked_by: Mapped[Membership | None] = relationship(foreign_keys=[revoked_by_id])


class VerificationCode(Model):
    """What a person shows at the desk instead of spelling their address: one at a time, for a few days."""

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    code: Mapped[str] = mapped_column(unique=True, default=references.desk_code)
    expires_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


def project_of(consultation: Consultation | None, outside_project: Project | None) -> Project:
    """Returns the one project of a place: that of the consultation, else the one named outside any."""
    project = consultation.project if consultation is not None else outside_project
    if project is None:
        raise ValueError("Neither a consultation nor a project.")
    return project
