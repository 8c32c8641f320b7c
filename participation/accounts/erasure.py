"""What accounts hold of a person, how it is erased, and the two ways of leaving that every domain knows."""

import enum

import sqlalchemy as sa

from participation.accounts.models import (
    AccessRecord,
    AddressLink,
    Credential,
    Person,
    PersonAddress,
    Session,
    SignInLink,
)
from participation.foundation import clock
from participation.foundation.database import Model, db

Facts = dict[str, object]
Traces = dict[str, list[Facts]]

# Every column that `erase_traces_of` empties or that goes with its row; a test finds what is missing.
HANDLES = (
    "person.email",
    "person.display_name",
    "person.language",
    "person_address.person_id",
    "person_address.email",
    "address_link.person_id",
    "address_link.email",
    "address_link.token_hash",
    "credential.person_id",
    "credential.secret_hash",
    "session.person_id",
    "session.token_hash",
    "session.device",
    "sign_in_link.person_id",
    "sign_in_link.token_hash",
    "sign_in_link.next_path",
    "access_record.person_id",
    "access_record.reason",
)


class ErasureChoice(enum.StrEnum):
    """What a person who leaves wants to become of their published texts."""

    EVERYTHING = "everything"
    KEEP_TEXTS = "keep_texts"


def facts(row: Model, *columns: str) -> Facts:
    """Returns some columns of a row by their names."""
    return {column: getattr(row, column) for column in columns}


def traces_of(person: Person) -> Traces:
    """Returns identity, ways of signing in, and who looked at the address; no secret and no hash of one."""
    return {
        "person": [facts(person, "email", "display_name", "language", "created_at", "account_opened_at")],
        "person_addresses": [facts(one, "email", "created_at") for one in _rows(PersonAddress, person)],
        "address_links": [
            facts(one, "email", "created_at", "expires_at", "used_at") for one in _rows(AddressLink, person)
        ],
        "credentials": [facts(one, "kind", "created_at") for one in _rows(Credential, person)],
        "sessions": [
            facts(one, "device", "created_at", "expires_at", "revoked_at") for one in _rows(Session, person)
        ],
        "sign_in_links": [
            facts(one, "created_at", "expires_at", "used_at") for one in _rows(SignInLink, person)
        ],
        "access_records": [
            facts(one, "looked_by", "reason", "created_at") for one in _rows(AccessRecord, person)
        ],
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Signs out everywhere and empties the person; the number stays, for the roles once held under it."""
    for table in (Credential, Session, SignInLink, AddressLink, PersonAddress):
        db.session.execute(sa.delete(table).where(table.person_id == person.id))
    # That staff looked stays on record for the auditor; why they did may name the person.
    looked = sa.update(AccessRecord).where(AccessRecord.person_id == person.id)
    db.session.execute(looked.values(person_id=None, reason=""))
    person.email = None
    person.display_name = ""
    person.language = "fr"
    person.account_opened_at = None
    person.erased_at = clock.now()
    db.session.flush()


def _rows(
    table: type[Credential]
    | type[Session]
    | type[SignInLink]
    | type[AddressLink]
    | type[PersonAddress]
    | type[AccessRecord],
    person: Person,
) -> list[Model]:
    held = sa.select(table).where(table.person_id == person.id).order_by(table.created_at, table.id)
    return list(db.session.scalars(held))
