"""Tables of decisions, their versions, and the answer given to each theme."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.collectivities.models import Membership
from participation.foundation import references
from participation.foundation.database import Model
from participation.projects.models import Outcome, Project
from participation.summaries.models import Summary, Theme


class AnswerVerdict(enum.StrEnum):
    """What becomes of what was asked under a theme."""

    ADOPTED = "adopted"
    ADAPTED = "adapted"
    REFUSED = "refused"
    DEFERRED = "deferred"


class Decision(Model):
    """What was decided on a project; without summary only with a published reason."""

    __table_args__ = (
        sa.CheckConstraint(
            "summary_id IS NOT NULL OR reason_without_consultation <> ''", name="consulted_or_says_why_not"
        ),
        # Without consultation too, a project is decided once, then corrected by further versions.
        sa.Index(
            "uq_decision_without_consultation",
            "project_id",
            unique=True,
            sqlite_where=sa.text("summary_id IS NULL"),
            postgresql_where=sa.text("summary_id IS NULL"),
        ),
    )

    ref: Mapped[str] = mapped_column(unique=True, default=references.contribution_reference)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)
    summary_id: Mapped[int | None] = mapped_column(sa.ForeignKey("summary.id"), unique=True)
    reason_without_consultation: Mapped[str] = mapped_column(default="", server_default="")
    # Of that reason; each version has its own.
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")

    project: Mapped[Project] = relationship()
    summary: Mapped[Summary | None] = relationship()


class DecisionVersion(Model):
    """One wording of a decision; corrected only by a further version, that tells again."""

    __table_args__ = (sa.UniqueConstraint("decision_id", "number"),)

    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("decision.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1, server_default="1")
    outcome: Mapped[Outcome]
    title: Mapped[str]
    body: Mapped[str]
    act_number: Mapped[str] = mapped_column(default="", server_default="")
    held_on: Mapped[date]
    votes: Mapped[str] = mapped_column(default="", server_default="")
    reasons: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))

    decision: Mapped[Decision] = relationship()
    published_by: Mapped[Membership | None] = relationship()


class ThemeAnswer(Model):
    """What is answered to one theme, and why."""

    __table_args__ = (sa.UniqueConstraint("version_id", "theme_id"),)

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("decision_version.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(sa.ForeignKey("theme.id"), index=True)
    verdict: Mapped[AnswerVerdict]
    answer: Mapped[str]
    reason: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")

    version: Mapped[DecisionVersion] = relationship()
    theme: Mapped[Theme] = relationship()
