"""Tables of themes, summaries, findings and what each rests on."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.foundation.database import Model


class FindingKind(enum.StrEnum):
    """What a finding says about the contributions it rests on."""

    ASKED = "asked"
    FEARED = "feared"
    EXPERIENCED = "experienced"
    CONDITION = "condition"
    QUESTION = "question"
    DISAGREEMENT = "disagreement"


class OrphanReason(enum.StrEnum):
    """Why a contribution is a source of no finding: a closed list, published."""

    OFF_TOPIC = "off_topic"
    DUPLICATE = "duplicate"
    UNINTELLIGIBLE = "unintelligible"
    ALREADY_ANSWERED = "already_answered"
    THEME_ANSWERED = "theme_answered"


class Theme(Model):
    """A subject that the contributions of one consultation are sorted under."""

    __table_args__ = (sa.UniqueConstraint("consultation_id", "name"),)

    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    position: Mapped[int] = mapped_column(default=0, server_default="0")

    consultation: Mapped[Consultation] = relationship()


class ThemeAssignment(Model):
    """A contribution is about a theme; it may be about several."""

    __table_args__ = (sa.UniqueConstraint("contribution_id", "theme_id"),)

    contribution_id: Mapped[int] = mapped_column(sa.ForeignKey("contribution.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(sa.ForeignKey("theme.id", ondelete="CASCADE"), index=True)


class Summary(Model):
    """The document for the decision; once published its figures are frozen, corrections are new numbers."""

    __table_args__ = (sa.UniqueConstraint("consultation_id", "number"),)

    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1, server_default="1")
    introduction: Mapped[str] = mapped_column(default="", server_default="")
    method: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    published_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)

    consultation: Mapped[Consultation] = relationship()
    signed_by: Mapped[Membership | None] = relationship()


class Finding(Model):
    """One sentence of a summary, under one theme."""

    summary_id: Mapped[int] = mapped_column(sa.ForeignKey("summary.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[int] = mapped_column(sa.ForeignKey("theme.id"), index=True)
    kind: Mapped[FindingKind]
    text: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    position: Mapped[int] = mapped_column(default=0, server_default="0")

    theme: Mapped[Theme] = relationship()


class FindingSource(Model):
    """A contribution on which a finding rests."""

    __table_args__ = (sa.UniqueConstraint("finding_id", "contribution_id"),)

    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id", ondelete="CASCADE"))
    contribution_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )


class Orphan(Model):
    """A contribution that is a source of no finding, with why; listed publicly."""

    __table_args__ = (sa.UniqueConstraint("summary_id", "contribution_id"),)

    summary_id: Mapped[int] = mapped_column(sa.ForeignKey("summary.id", ondelete="CASCADE"))
    contribution_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[OrphanReason]

    contribution: Mapped[Contribution] = relationship()
