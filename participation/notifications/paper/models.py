"""The table of which letters were printed, when and by whom."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.database import Model


class PaperLetter(Model):
    """A letter about one form was printed: that it was recorded, or what a version decided."""

    __table_args__ = (
        sa.UniqueConstraint("form_id", "version_id"),
        # The one that says that it was recorded is about no decision.
        sa.Index(
            "uq_paper_letter_recorded",
            "form_id",
            unique=True,
            sqlite_where=sa.text("version_id IS NULL"),
            postgresql_where=sa.text("version_id IS NULL"),
        ),
    )

    form_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_form.id", ondelete="CASCADE"))
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decision_version.id", ondelete="CASCADE"))
    # The last time: printed again, it is not a second letter.
    printed_at: Mapped[datetime]
    printed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
