"""Tables of reports, of moderation decisions and of appeals against them."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.collectivities.models import Membership
from participation.contributions.models import Contribution
from participation.foundation.database import Model
from participation.moderation import clocks


class Rule(enum.StrEnum):
    """The rules of the charter, in their published order."""

    OFF_TOPIC = "off_topic"
    ATTACK = "attack"
    UNFOUNDED_ACCUSATION = "unfounded_accusation"
    PERSONAL_DATA = "personal_data"
    HATE = "hate"
    ADVERTISING = "advertising"
    ONE_VOICE = "one_voice"


class Verdict(enum.StrEnum):
    """What a moderator did."""

    ACCEPTED = "accepted"
    HIDDEN = "hidden"
    RESTORED = "restored"


class AppealOutcome(enum.StrEnum):
    """What the second pair of eyes concluded."""

    UPHELD = "upheld"
    REVERSED = "reversed"


class Report(Model):
    """Somebody says that a contribution breaks a rule; no number of reports hides anything by itself."""

    contribution_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )
    reporter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    rule: Mapped[Rule]
    message: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    form_key: Mapped[str] = mapped_column(unique=True)
    handled_at: Mapped[datetime | None]

    contribution: Mapped[Contribution] = relationship()


class ModerationDecision(Model):
    """What was done to a contribution, under which rule, why, by whom."""

    contribution_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )
    verdict: Mapped[Verdict]
    # Both are empty when a contribution is accepted or restored without remark.
    rule: Mapped[Rule | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))

    contribution: Mapped[Contribution] = relationship()
    decided_by: Mapped[Membership | None] = relationship()


class Appeal(Model):
    """The author asks that somebody else looks again; one per decision."""

    decision_id: Mapped[int] = mapped_column(
        sa.ForeignKey("moderation_decision.id", ondelete="CASCADE"), unique=True
    )
    # The address of the appeal page, made when the author is told; hashed like every token.
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    message: Mapped[str] = mapped_column(default="", server_default="")
    # Of the message; whoever answers may write in another one.
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    lodged_at: Mapped[datetime | None]
    outcome: Mapped[AppealOutcome | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    reason_language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))

    decision: Mapped[ModerationDecision] = relationship()

    @property
    def due_at(self) -> datetime | None:
        """Returns until when it must be answered; None while nobody has appealed."""
        return self.lodged_at + clocks.APPEAL_WITHIN if self.lodged_at else None
