"""Reading accounts: a password's hash, a link that still works, browsers signed in, who looked."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import (
    AccessRecord,
    AddressLink,
    Credential,
    CredentialKind,
    Person,
    PersonAddress,
    Session,
    SignInLink,
)
from participation.foundation.database import db
from participation.foundation.references import hash_of


def password_hash_of(email: str) -> tuple[int, str] | None:
    """Returns a person's number and the hash of their password; None when there is no such password."""
    found = (
        sa.select(Person.id, Credential.secret_hash)
        .join(Credential, Credential.person_id == Person.id)
        .where(
            sa.or_(Person.email == email, Person.id.in_(_holders(email))),
            Credential.kind == CredentialKind.PASSWORD,
        )
    )
    row = db.session.execute(found).one_or_none()
    return (row[0], row[1]) if row else None


def address_with_email(email: str) -> PersonAddress | None:
    """Returns a further address of somebody, already normalised; None for a main one or an unknown one."""
    return db.session.scalar(sa.select(PersonAddress).filter_by(email=email))


def addresses_of(person: Person) -> list[PersonAddress]:
    """Returns the further addresses of a person, in the order they were added."""
    further = sa.select(PersonAddress).filter_by(person_id=person.id).order_by(PersonAddress.id)
    return list(db.session.scalars(further))


def usable_address_link(token: str, person: Person, now: datetime) -> AddressLink | None:
    """Returns a link of this person that can still prove an address."""
    found = sa.select(AddressLink).where(
        AddressLink.token_hash == hash_of(token),
        AddressLink.person_id == person.id,
        AddressLink.used_at.is_(None),
        AddressLink.expires_at > now,
    )
    return db.session.scalar(found)


def _holders(email: str) -> sa.Select[int]:
    return sa.select(PersonAddress.person_id).where(PersonAddress.email == email)


def has_password(person: Person) -> bool:
    """Tells whether this person chose a password."""
    held = sa.select(Credential.id).filter_by(person_id=person.id, kind=CredentialKind.PASSWORD)
    return db.session.scalar(held) is not None


def usable_link(token: str, now: datetime) -> SignInLink | None:
    """Returns a sign-in link that can still be used, with its person."""
    found = (
        sa.select(SignInLink)
        .where(
            SignInLink.token_hash == hash_of(token), SignInLink.used_at.is_(None), SignInLink.expires_at > now
        )
        .options(joinedload(SignInLink.person))
    )
    return db.session.scalar(found)


def live_sessions_of(person: Person, now: datetime) -> list[Session]:
    """Returns the browsers in which a person is signed in, latest first."""
    live = (
        sa.select(Session)
        .where(Session.person_id == person.id, Session.revoked_at.is_(None), Session.expires_at > now)
        .order_by(Session.created_at.desc(), Session.id.desc())
    )
    return list(db.session.scalars(live))


def access_records_of(person: Person) -> list[AccessRecord]:
    """Returns each time a member of staff looked at this person's address, last first."""
    looked = sa.select(AccessRecord).filter_by(person_id=person.id)
    return list(db.session.scalars(looked.order_by(AccessRecord.created_at.desc(), AccessRecord.id.desc())))
