"""Tables of what participants say and choose, and of what still waits for a confirmation."""

import enum
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import PersonAddress
from participation.collectivities.models import Membership
from participation.consultations.models import Consultation, Participant, project_of
from participation.foundation import references
from participation.foundation.database import Model
from participation.projects.models import DossierVersion, OpenPoint, Project

# How the number of an imported proposal begins in `source_key`.
PROPOSAL = "proposal:"
EDIT_WITHIN = timedelta(minutes=30)
# Where something is said: in a consultation, or of a project outside any.
Place = Consultation | Project


def project_at(place: Place) -> Project:
    """Returns the project of a consultation, or the one that is asked about outside any."""
    return place.project if isinstance(place, Consultation) else place


class Kind(enum.StrEnum):
    """What a contribution is."""

    COMMENT = "comment"
    EXPERIENCE = "experience"
    POSITION_REASON = "position_reason"
    CONDITION = "condition"
    SERVICE_QUESTION = "service_question"
    ANSWER = "answer"
    STATEMENT = "statement"


# What its author may change: others support a condition as it is, and a service answers a question as asked.
EDITABLE = (Kind.COMMENT, Kind.EXPERIENCE, Kind.POSITION_REASON)


class Stance(enum.StrEnum):
    """The side a comment takes."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Visibility(enum.StrEnum):
    """Who may read a contribution; written only by `contributions.actions`."""

    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Choice(enum.StrEnum):
    """A position on a project, always shown in this order."""

    FAVOURABLE = "favourable"
    CONDITIONS = "conditions"
    OPPOSED = "opposed"
    INFORMATION = "information"


class AnswerOutcome(enum.StrEnum):
    """What a question to the service led to."""

    UPDATED = "updated"
    UNCHANGED = "unchanged"


def _order_index(name: str, key: str) -> sa.Index:
    """Returns the index of one order of a discussion, ties by number: a page reads its beginning only."""
    top_level = sa.text("parent_id IS NULL")
    return sa.Index(name, "consultation_id", key, "id", sqlite_where=top_level, postgresql_where=top_level)


class Contribution(Model):
    """Anything a participant says in words, in a consultation or of a project outside any."""

    __table_args__ = (
        sa.Index("ix_contribution_listed", "consultation_id", "visibility", "parent_id", "created_at"),
        # The lanes of a discussion, each in the order it is shown, then its other orders.
        sa.Index(
            "ix_contribution_lane",
            "consultation_id",
            "stance",
            "created_at",
            "id",
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        ),
        _order_index("ix_contribution_said", "created_at"),
        _order_index("ix_contribution_useful", "useful_rank"),
        _order_index("ix_contribution_discussed", "thread_count"),
        # All that the counts of the tabs need: the comments themselves are not read.
        sa.Index(
            "ix_contribution_counted",
            "consultation_id",
            "parent_id",
            "kind",
            "visibility",
            "stance",
            "reply_count",
            "thread_count",
        ),
        # Questions are few among comments, whichever project they are about.
        sa.Index("ix_contribution_asked", "kind", "parent_id", "visibility"),
        # The questions to the service outside any consultation, with their answers.
        sa.Index("ix_contribution_outside", "outside_project_id", "visibility", "parent_id"),
        sa.UniqueConstraint("consultation_id", "source_key"),
        sa.CheckConstraint("(consultation_id IS NULL) <> (outside_project_id IS NULL)", name="one_place"),
    )

    ref: Mapped[str] = mapped_column(unique=True, default=references.contribution_reference)
    kind: Mapped[Kind]
    # That of its participant: a consultation, or the project of what is asked outside any.
    consultation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    outside_project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), index=True)
    # The thread it belongs to, at most two levels deep; `reply_to_id` is what it really answers.
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contribution.id"), index=True)
    reply_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contribution.id"))
    dossier_field: Mapped[str | None]
    open_point_id: Mapped[int | None] = mapped_column(sa.ForeignKey("open_point.id", ondelete="SET NULL"))
    stance: Mapped[Stance] = mapped_column(default=Stance.NEUTRAL)
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    title: Mapped[str] = mapped_column(default="", server_default="")
    body: Mapped[str]
    # The function under which a member of staff or an elected person spoke; empty for residents.
    spoken_as: Mapped[str] = mapped_column(default="", server_default="")
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PENDING)
    salt: Mapped[bytes] = mapped_column(default=references.salt)
    # Number of the row in the platform it was imported from.
    source_key: Mapped[str | None]

    # Kept in the transaction of each vote or reply, by SQL; a test recounts them.
    useful_count: Mapped[int] = mapped_column(default=0, server_default="0")
    support_count: Mapped[int] = mapped_column(default=0, server_default="0")
    reply_count: Mapped[int] = mapped_column(default=0, server_default="0")
    # Of a comment: where it stands among the most useful (see `ranking`), and its replies of both levels.
    useful_rank: Mapped[int] = mapped_column(default=0, server_default="0")
    thread_count: Mapped[int] = mapped_column(default=0, server_default="0")

    # When its author pressed the button; a guest's text is written once confirmed. Empty before this
    # was noted.
    sent_at: Mapped[datetime | None]
    # When its author last changed words that others could read: the former ones are in its history.
    edited_at: Mapped[datetime | None]

    consultation: Mapped[Consultation | None] = relationship()
    outside_project: Mapped[Project | None] = relationship()
    participant: Mapped[Participant] = relationship()
    open_point: Mapped[OpenPoint | None] = relationship()

    @property
    def project(self) -> Project:
        """Returns the project it is about, said in a consultation or outside any."""
        return project_of(self.consultation, self.outside_project)

    @property
    def place(self) -> Place:
        """Returns where it was said: both have a title and its language."""
        return self.consultation or self.project

    @property
    def is_public_place(self) -> bool:
        """Tells whether everybody knows of where it was said: an announced consultation, a project shown."""
        if self.consultation is not None:
            return self.consultation.is_public
        return self.project.proposed_at is not None

    def is_debated(self, now: datetime) -> bool:
        """Tells whether others may react to it: inside the period of its consultation only."""
        return self.consultation is not None and self.consultation.is_open(now)

    @property
    def editable_until(self) -> datetime:
        """Returns until when its author may change the words: half an hour after they were sent."""
        return (self.sent_at or self.created_at) + EDIT_WITHIN

    def is_editable(self, now: datetime) -> bool:
        """Tells whether its author may be offered to change it; who reacted unseen is known by the action."""
        return (
            self.kind in EDITABLE
            and not self.spoken_as
            and self.visibility in (Visibility.PENDING, Visibility.PUBLISHED)
            and now < self.editable_until
            and not (self.useful_count or self.reply_count)
            and self.is_debated(now)
        )

    @property
    def wording(self) -> str:
        """Returns a word that changes with the text: a vote is about the words that were read."""
        return self.edited_at.isoformat() if self.edited_at else ""

    @property
    def is_question(self) -> bool:
        """Tells whether a resident asks the service something, and an answer is owed."""
        return self.kind is Kind.SERVICE_QUESTION and not self.spoken_as and self.parent_id is None

    @property
    def is_published(self) -> bool:
        """Tells whether everyone may read it."""
        return self.visibility is Visibility.PUBLISHED

    @property
    def is_proposal(self) -> bool:
        """Tells whether it was a proposal on the platform it was imported from."""
        return (self.source_key or "").startswith(PROPOSAL)


class Position(Model):
    """Where a participant stands: one per consultation, the last word counts."""

    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "participant_id"),
        sa.Index("ix_position_tally", "consultation_id", "choice"),
    )

    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"))
    choice: Mapped[Choice]
    changed_at: Mapped[datetime]


class ConditionSupport(Model):
    """A participant supports a condition: once."""

    __table_args__ = (sa.UniqueConstraint("contribution_id", "participant_id"),)

    contribution_id: Mapped[int] = mapped_column(sa.ForeignKey("contribution.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), index=True)


class UsefulVote(Model):
    """A participant finds a contribution useful: once."""

    __table_args__ = (sa.UniqueConstraint("contribution_id", "participant_id"),)

    contribution_id: Mapped[int] = mapped_column(sa.ForeignKey("contribution.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), index=True)


class ContributionVersion(Model):
    """Words that everybody could read before their author changed them: erased with the text."""

    __table_args__ = (sa.UniqueConstraint("contribution_id", "number"),)

    contribution_id: Mapped[int] = mapped_column(sa.ForeignKey("contribution.id", ondelete="CASCADE"))
    # 1 for the first wording; the present one, which comes after the last, stands in the contribution.
    number: Mapped[int]
    body: Mapped[str]
    # When it was written; `created_at` says until when it stood.
    written_at: Mapped[datetime]


class FormerStanding(Model):
    """Where a comment stood until a vote or a reply moved it, for whoever is reading page after page.

    Kept for two days: each page of a discussion is in the order of the moment the first one was read.
    """

    __table_args__ = (sa.Index("ix_former_standing_moved", "consultation_id", "created_at"),)

    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    contribution_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )
    useful_rank: Mapped[int]
    thread_count: Mapped[int]


class ReportedTotal(Model):
    """A total that came without people: «reported by the source», outside our counts."""

    __table_args__ = (sa.UniqueConstraint("contribution_id", "label"),)

    contribution_id: Mapped[int] = mapped_column(sa.ForeignKey("contribution.id", ondelete="CASCADE"))
    label: Mapped[str]
    total: Mapped[int]


class DossierChange(Model):
    """A version of the dossier was published because of what somebody said: told once of each text."""

    __table_args__ = (sa.UniqueConstraint("version_id", "contribution_id"),)

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("dossier_version.id", ondelete="CASCADE"))
    # A text that is erased stays as a place, and so does what it led to; only a project takes both away.
    contribution_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )


class ServiceAnswer(Model):
    """What a service answered to a question: once. Until the version it waits for, nobody reads it."""

    __table_args__ = (
        sa.CheckConstraint("reply_id IS NOT NULL OR outcome = 'updated'", name="waits_for_a_version"),
    )

    question_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contribution.id", ondelete="CASCADE"), unique=True
    )
    outcome: Mapped[AnswerOutcome]
    # The public reply under the question; empty while the answer waits for the next version of the dossier.
    reply_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contribution.id", ondelete="CASCADE"), unique=True
    )
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dossier_version.id", ondelete="SET NULL"))
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    # What will be said then; empty once it is said.
    body: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    revision: Mapped[int] = mapped_column(default=1, server_default="1")

    version: Mapped[DossierVersion | None] = relationship()
    answered_by: Mapped[Membership | None] = relationship()

    @property
    def waits(self) -> bool:
        """Tells whether it is written and still read by nobody."""
        return self.reply_id is None


class Submission(Model):
    """A form that was sent once: the same key sent again gives the same confirmation."""

    form_key: Mapped[str] = mapped_column(unique=True)
    ref: Mapped[str] = mapped_column(unique=True, default=references.contribution_reference)
    participant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    # References and the choice recorded, for the confirmation page; no resident's text.
    recorded: Mapped[dict[str, Any]] = mapped_column(default=dict)

    participant: Mapped[Participant] = relationship()


class PendingSubmission(Model):
    """A guest's input that waits for the link in their mail; applied by the normal action."""

    __table_args__ = (
        sa.CheckConstraint("(consultation_id IS NULL) <> (outside_project_id IS NULL)", name="one_place"),
    )

    token_hash: Mapped[str | None] = mapped_column(unique=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    consultation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    outside_project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # The further address it was sent under, to which its link goes; empty: the main one.
    address_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person_address.id", ondelete="SET NULL"))
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    address: Mapped[PersonAddress | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    outside_project: Mapped[Project | None] = relationship()

    @property
    def place(self) -> Place:
        """Returns where it was sent: both have a title and its language."""
        return self.consultation or project_of(None, self.outside_project)
