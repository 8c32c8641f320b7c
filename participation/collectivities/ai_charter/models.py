"""Tables of the AI charter: the working copy of its articles, its published versions."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.database import Model


class CharterHeading(enum.StrEnum):
    """What an article is about: the five headings of the Senate's report n° 447 (2024-2025)."""

    ETHICS = "ethics"
    TECHNOLOGY = "technology"
    PERSONAL_DATA = "personal_data"
    GOVERNANCE = "governance"
    ENVIRONMENT = "environment"


class CharterArticle(Model):
    """The working copy of one article; what projects say hangs on its key, which stays under another title.

    `revision` refuses to overwrite a colleague's newer text.
    """

    __table_args__ = (sa.UniqueConstraint("collectivity_id", "key"),)

    collectivity_id: Mapped[int] = mapped_column(sa.ForeignKey("collectivity.id", ondelete="CASCADE"))
    key: Mapped[str]
    heading: Mapped[CharterHeading]
    title: Mapped[str]
    text: Mapped[str]
    # From 1; the number readers see is the place in this order.
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    revision: Mapped[int] = mapped_column(default=1, server_default="1")


class CharterVersion(Model):
    """A whole published charter with its reason; the only thing that public pages and projects read."""

    __table_args__ = (sa.UniqueConstraint("collectivity_id", "number"),)

    collectivity_id: Mapped[int] = mapped_column(sa.ForeignKey("collectivity.id", ondelete="CASCADE"))
    number: Mapped[int]
    reason: Mapped[str]
    # Of the reason; each article of the snapshot says its own.
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    snapshot: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    # The function under which it was published, as it was then.
    published_as: Mapped[str] = mapped_column(default="", server_default="")
