"""Tables of persons, their credentials and sessions, and of who looked at an address."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation.database import Model


class Person(Model):
    """Anyone known to us, guest or account holder; the address is normalised, and empty once erased."""

    email: Mapped[str | None] = mapped_column(unique=True)
    display_name: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    account_opened_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    @property
    def has_account(self) -> bool:
        """Tells an account holder from a guest."""
        return self.account_opened_at is not None


class PersonAddress(Model):
    """A further address of somebody, proven by a link in its mail: whoever writes under it is this person."""

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(unique=True)

    person: Mapped[Person] = relationship()


class AddressLink(Model):
    """A link that proves a further address, used once while signed in; its token is made with the mail."""

    token_hash: Mapped[str | None] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    email: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class CredentialKind(enum.StrEnum):
    """How a person proves who they are, besides reading their mail."""

    PASSWORD = "password"  # noqa: S105 - a kind, not a secret


class Credential(Model):
    """One way of signing in; the secret is an argon2id hash."""

    __table_args__ = (sa.UniqueConstraint("person_id", "kind"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[CredentialKind]
    secret_hash: Mapped[str]

    person: Mapped[Person] = relationship()


class Session(Model):
    """A browser in which a person is signed in: listed on their page, revocable there."""

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(default="", server_default="")
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class SignInLink(Model):
    """A link that signs in once, within ten minutes; its token is made when the mail is written."""

    token_hash: Mapped[str | None] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    next_path: Mapped[str] = mapped_column(default="", server_default="")
    # The further address it was asked for; empty: the main one.
    address_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person_address.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    address: Mapped[PersonAddress | None] = relationship()


class AccessRecord(Model):
    """A member of staff looked at somebody's address: who, about what, why; kept twelve months."""

    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    membership_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    collectivity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("collectivity.id", ondelete="CASCADE"), index=True
    )
    # Function and collectivity in words, as they were that day: the person reads them for a year.
    looked_by: Mapped[str]
    # What was being dealt with (`contribution:12`).
    subject: Mapped[str]
    reason: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
