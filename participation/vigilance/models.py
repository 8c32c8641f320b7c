"""Tables of what was sent and how, of series that look alike, and of networks known to be shared."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.collectivities.models import Collectivity, Membership
from participation.consultations.models import Consultation, Participant
from participation.foundation import references
from participation.foundation.database import Model


class Rule(enum.StrEnum):
    """Why several participants are looked at together; none of them says that anybody cheated."""

    TRAP = "trap"
    FAST = "fast"
    UNSHOWN = "unshown"
    TEXTS = "texts"
    ADDRESSES = "addresses"
    CROWD = "crowd"
    RHYTHM = "rhythm"


class Verdict(enum.StrEnum):
    """What somebody said after looking."""

    HARMLESS = "harmless"
    KEPT = "kept"


class Sending(Model):
    """One form of the public that was recorded or held: when, how, from which network; kept two weeks.

    The network is a key of that day, never an address; empty for a known network and once forgotten.
    """

    __table_args__ = (
        sa.Index("ix_sending_network", "network_key", "created_at"),
        sa.Index("ix_sending_person", "person_id", "created_at"),
        sa.Index("ix_sending_created", "created_at"),
        sa.Index("ix_sending_to_look_at", "consultation_id", "looked_at"),
    )

    form_key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    consultation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    network_key: Mapped[str | None]
    seconds: Mapped[float | None]
    # Those of `Rule` that one form alone can break.
    signs: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    looked_at: Mapped[datetime | None]


class SuspectSeries(Model):
    """Participants of one consultation whom one rule puts together; nothing they said or chose changes."""

    __table_args__ = (
        sa.Index("ix_suspect_series_listed", "consultation_id", "rule"),
        sa.CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name="verdict_with_moment"),
    )

    ref: Mapped[str] = mapped_column(unique=True, default=references.contribution_reference)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    rule: Mapped[Rule]
    # Figures and references of texts: no word, no address, no key of a network.
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    last_seen_at: Mapped[datetime]
    verdict: Mapped[Verdict | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))

    consultation: Mapped[Consultation] = relationship()
    decided_by: Mapped[Membership | None] = relationship()

    @property
    def is_flagged(self) -> bool:
        """Tells whether it counts as flagged in the results: unless somebody found it harmless."""
        return self.verdict is not Verdict.HARMLESS


class SeriesMember(Model):
    """A participant is in a series: once."""

    __table_args__ = (sa.UniqueConstraint("series_id", "participant_id"),)

    series_id: Mapped[int] = mapped_column(sa.ForeignKey("suspect_series.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )

    series: Mapped[SuspectSeries] = relationship()
    participant: Mapped[Participant] = relationship()


class KnownNetwork(Model):
    """A range of addresses that many people share, a library or a school, with why: it has no limit."""

    __table_args__ = (sa.UniqueConstraint("collectivity_id", "cidr"),)

    collectivity_id: Mapped[int] = mapped_column(sa.ForeignKey("collectivity.id", ondelete="CASCADE"))
    cidr: Mapped[str]
    reason: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))

    collectivity: Mapped[Collectivity] = relationship()
