"""Tables of registers brought in: each run with its report, and the mapping of columns that is kept."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import references
from participation.foundation.database import Model


class RunState(enum.StrEnum):
    """How far a run is."""

    MAPPING = "mapping"  # somebody says what the columns hold
    WAITING = "waiting"  # the worker will take it
    RUNNING = "running"
    DONE = "done"


class RegisterImport(Model):
    """One file brought in: what was read, and the counts that add up at every moment.

    The content is deleted once done; the report stays.
    """

    ref: Mapped[str] = mapped_column(unique=True, default=references.contribution_reference)
    collectivity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("collectivity.id", ondelete="CASCADE"), index=True
    )
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    file_name: Mapped[str]
    # How the register is cited by the drafts.
    register: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    is_own_format: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    own_records_only: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    state: Mapped[RunState] = mapped_column(default=RunState.MAPPING)
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")

    total: Mapped[int] = mapped_column(default=0, server_default="0")
    # Rows read = imported + already there + refused: after every batch, also when a run is killed.
    read: Mapped[int] = mapped_column(default=0, server_default="0")
    imported: Mapped[int] = mapped_column(default=0, server_default="0")
    already_there: Mapped[int] = mapped_column(default=0, server_default="0")
    refused: Mapped[int] = mapped_column(default=0, server_default="0")
    remarks: Mapped[list[Any]] = mapped_column(sa.JSON, default=list, server_default="[]")
    done_at: Mapped[datetime | None]

    collectivity: Mapped[Collectivity] = relationship()
    member: Mapped[Membership | None] = relationship()

    @property
    def is_over(self) -> bool:
        """Tells whether every row was read."""
        return self.state is RunState.DONE

    @property
    def refusals(self) -> list[dict[str, Any]]:
        """Returns why rows were refused, in the order of the file."""
        return [one for one in self.remarks if one["is_refusal"]]

    @property
    def changes(self) -> list[dict[str, Any]]:
        """Returns what was taken otherwise than it was written."""
        return [one for one in self.remarks if not one["is_refusal"]]


class RegisterMapping(Model):
    """What the columns of a register hold, kept for the next file with the same columns."""

    __table_args__ = (sa.UniqueConstraint("collectivity_id", "header"),)

    collectivity_id: Mapped[int] = mapped_column(sa.ForeignKey("collectivity.id", ondelete="CASCADE"))
    # Digest of the names of the columns, in their order.
    header: Mapped[str]
    columns: Mapped[dict[str, Any]]
