"""The table of what staff typed in for somebody: one row beside each participant of that kind."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.collectivities.models import Membership
from participation.consultations.models import Channel, Consultation, Participant
from participation.contributions.models import Choice
from participation.foundation.database import Model


class Ending(enum.StrEnum):
    """Why a form no longer stands: typed in by mistake, or erased as its author asked."""

    UNDONE = "undone"
    ERASED = "erased"


class BesideOnline(enum.StrEnum):
    """What became of the position on a form whose author also chose under their e-mail address."""

    NONE = "none"
    # The form came last: its position stands in place of the other one.
    REPLACED = "replaced"
    # What they chose online came last, and stands.
    OLDER = "older"


class PaperForm(Model):
    """A form that somebody handed in and a member of staff typed in; names and addresses go with erasure."""

    __table_args__ = (
        # The same sheet of the same pile, typed in by two people at once, is recorded once; `copy` counts
        # the further ones that somebody recorded knowingly. Empty once it no longer stands.
        sa.UniqueConstraint("consultation_id", "source", "number", "copy"),
        sa.Index("ix_paper_form_entered", "consultation_id", "entered_by_id", "id"),
        sa.CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ending_once_ended"),
        sa.CheckConstraint("(scan_file IS NULL) = (scan_purge_on IS NULL)", name="scan_with_its_end"),
    )

    # That of its receipt: what its author was given, printed on each letter.
    ref: Mapped[str] = mapped_column(unique=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id", ondelete="CASCADE"))
    # The one under whom it counts; two forms of one person count under the same.
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), index=True)
    # How it came, kept here too: its participant may be the one of somebody who also came online.
    channel: Mapped[Channel]
    received_on: Mapped[date]
    # Where it was handed in (an urn, a meeting), and its number in that pile.
    source: Mapped[str]
    number: Mapped[str | None]
    copy: Mapped[int | None] = mapped_column(default=0)
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    # Why it was recorded although it looked like another one.
    recorded_anyway: Mapped[str] = mapped_column(default="", server_default="")
    # Where the answer goes, for whoever left no e-mail address.
    postal_address: Mapped[str] = mapped_column(default="", server_default="")
    # Whether an e-mail address was left: the person it belongs to is that of the participant.
    by_email: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # What it added, so that undoing takes away no more: references of its texts and, where its author took
    # part online too, of the conditions nobody supported under that address before.
    contributions: Mapped[list[Any]] = mapped_column(default=list)
    added_supports: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    beside_online: Mapped[BesideOnline] = mapped_column(
        default=BesideOnline.NONE, server_default=BesideOnline.NONE.value
    )
    # What stood before, for undoing; empty once its author asked for erasure.
    replaced_choice: Mapped[Choice | None]
    replaced_at: Mapped[datetime | None]
    scan_file: Mapped[str | None]
    scan_purge_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    ending: Mapped[Ending | None]
    ending_reason: Mapped[str] = mapped_column(default="", server_default="")

    consultation: Mapped[Consultation] = relationship()
    participant: Mapped[Participant] = relationship()
    entered_by: Mapped[Membership | None] = relationship(foreign_keys=[entered_by_id])
    ended_by: Mapped[Membership | None] = relationship(foreign_keys=[ended_by_id])

    @property
    def stands(self) -> bool:
        """Tells whether it counts: neither undone nor erased."""
        return self.ended_at is None

    @property
    def waits_for_letter(self) -> bool:
        """Tells whether its author is answered by post."""
        return self.stands and bool(self.postal_address)
