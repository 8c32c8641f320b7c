"""Reading confirmations: of one person, the last of a collectivity without names, one by its number."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.consultations.models import Verification, VerificationCode
from participation.foundation.database import db


def verifications_of(person: Person) -> list[Verification]:
    """Returns who confirmed this person, where and when, last first; those taken back too."""
    known = (
        sa.select(Verification)
        .where(Verification.person_id == person.id)
        .options(
            joinedload(Verification.collectivity),
            joinedload(Verification.verified_by),
            joinedload(Verification.revoked_by),
        )
        .order_by(Verification.verified_at.desc(), Verification.id.desc())
    )
    return list(db.session.scalars(known))


def code_of(person: Person, now: datetime) -> VerificationCode | None:
    """Returns the code a person may show at a desk; None when they asked for none or it is too old."""
    usable = sa.select(VerificationCode).where(
        VerificationCode.person_id == person.id, VerificationCode.expires_at > now
    )
    return db.session.scalar(usable)


def last_verifications_in(collectivity_id: int, limit: int = 20) -> list[Verification]:
    """Returns the last confirmations of a collectivity with who made them; whom they are of isn't read."""
    last = (
        sa.select(Verification)
        .where(Verification.collectivity_id == collectivity_id)
        .options(joinedload(Verification.verified_by), joinedload(Verification.revoked_by))
        .order_by(Verification.verified_at.desc(), Verification.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(last))


def verification_in(collectivity_id: int, ref: str) -> Verification | None:
    """Returns one confirmation of a collectivity by its number."""
    found = sa.select(Verification).filter_by(collectivity_id=collectivity_id, ref=ref)
    return db.session.scalar(found)
