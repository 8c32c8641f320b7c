"""What consultations hold of a person: that they took part, and under which name."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.erasure import ErasureChoice, Facts, Traces, facts
from participation.accounts.models import Person
from participation.consultations.models import Participant, Verification, VerificationCode
from participation.foundation.database import db

HANDLES = (
    "participant.person_id",
    "participant.display_name",
    # Stays, between two that have no person any more: counted once as before.
    "participant.same_as_id",
    "verification.person_id",
    "verification_code.person_id",
    "verification_code.code",
)

# Stands where a name stood, beside texts that their author left without it; the same in every language.
NAME_AFTER_ERASURE = "Participant·e"


def traces_of(person: Person) -> Traces:
    """Returns the consultations a person took part in, and the name they chose in each."""
    took_part = (
        sa.select(Participant)
        .where(Participant.person_id == person.id)
        .options(joinedload(Participant.consultation), joinedload(Participant.outside_project))
        .order_by(Participant.id)
    )
    verified = (
        sa.select(Verification)
        .where(Verification.person_id == person.id)
        .options(joinedload(Verification.collectivity))
        .order_by(Verification.id)
    )
    codes = sa.select(VerificationCode).where(VerificationCode.person_id == person.id)
    return {
        "participants": [
            {
                "consultation" if one.consultation else "project": (one.consultation or one.project).title,
                **facts(
                    one, "display_name", "channel", "assurance", "perimeter_side", "created_at", "linked_at"
                ),
            }
            for one in db.session.scalars(took_part)
        ],
        "verifications": [_verified(one) for one in db.session.scalars(verified)],
        "verification_codes": [
            facts(one, "code", "created_at", "expires_at") for one in db.session.scalars(codes)
        ],
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Cuts each participant from the person; channel and assurance stay, for the figures to stay equal."""
    for table in (Verification, VerificationCode):
        db.session.execute(sa.delete(table).where(table.person_id == person.id))
    own = sa.update(Participant).where(Participant.person_id == person.id)
    db.session.execute(own.values(person_id=None, display_name=NAME_AFTER_ERASURE))


def _verified(one: Verification) -> Facts:
    held = facts(one, "ref", "verified_at", "revoked_at", "revocation_reason")
    return {"collectivity": one.collectivity.display_name, **held}
