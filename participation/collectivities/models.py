"""Tables of public bodies, the staff roles held in them, invitations to hold one, and who reviews appeals."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Person
from participation.foundation.database import Model


class Role(enum.StrEnum):
    """What a member of staff may do in one collectivity (domain.md, decision 14)."""

    AGENT = "agent"
    MODERATOR = "moderator"
    OFFICIAL = "official"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Collectivity(Model):
    """A public body that publishes projects, and what its legal pages must say."""

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    display_name: Mapped[str]
    siret: Mapped[str] = mapped_column(default="", server_default="")
    population: Mapped[int | None]
    timezone: Mapped[str] = mapped_column(default="Europe/Paris", server_default="Europe/Paris")
    accent: Mapped[str] = mapped_column(default="#6A1B4D", server_default="#6A1B4D")
    address: Mapped[str] = mapped_column(default="", server_default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    telephone: Mapped[str] = mapped_column(default="", server_default="")
    opening_hours: Mapped[str] = mapped_column(default="", server_default="")
    publication_director: Mapped[str] = mapped_column(default="", server_default="")
    host: Mapped[str] = mapped_column(default="", server_default="")
    data_protection_contact: Mapped[str] = mapped_column(default="", server_default="")
    moderation_contact: Mapped[str] = mapped_column(default="", server_default="")
    # Working days within which a resident's question to a service is answered.
    answer_days: Mapped[int] = mapped_column(default=10, server_default="10")
    # The version of its AI charter in force, None without one; written when one is published, so that every
    # page knows whether there is a charter without asking.
    charter_number: Mapped[int | None]


class Membership(Model):
    """A role a person holds in a collectivity, with the function shown beside what they say."""

    __table_args__ = (sa.UniqueConstraint("person_id", "collectivity_id", "role"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    collectivity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("collectivity.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role]
    function: Mapped[str] = mapped_column(default="", server_default="")
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    collectivity: Mapped[Collectivity] = relationship()


class Invitation(Model):
    """An offer of a role, accepted by the reader of that address; its token is made with the mail."""

    token_hash: Mapped[str | None] = mapped_column(unique=True)
    collectivity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("collectivity.id", ondelete="CASCADE"), index=True
    )
    email: Mapped[str]
    role: Mapped[Role]
    function: Mapped[str] = mapped_column(default="", server_default="")
    invited_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]

    collectivity: Mapped[Collectivity] = relationship()


class AppealReviewer(Model):
    """A moderator of another collectivity, who answers the appeals for which nobody is left in this one."""

    collectivity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("collectivity.id", ondelete="CASCADE"), unique=True
    )
    membership_id: Mapped[int] = mapped_column(sa.ForeignKey("membership.id", ondelete="CASCADE"), index=True)

    collectivity: Mapped[Collectivity] = relationship()
    membership: Mapped[Membership] = relationship()


class AiReferent(Model):
    """Who receives the questions on the projects of a collectivity that name nobody of their own."""

    collectivity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("collectivity.id", ondelete="CASCADE"), unique=True
    )
    membership_id: Mapped[int] = mapped_column(sa.ForeignKey("membership.id", ondelete="CASCADE"), index=True)
