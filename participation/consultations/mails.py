"""Mails about being seen at a desk."""

from participation.consultations.models import Verification
from participation.foundation.database import db
from participation.foundation.mail import Mail, composes


@composes("identity_verified")
def identity_verified(*, verification: int) -> Mail | None:
    """Tells somebody that they were confirmed, in case it wasn't they who stood there."""
    row = db.session.get(Verification, verification)
    return _mail(row, "identity_verified") if row is not None and row.revoked_at is None else None


@composes("verification_revoked")
def verification_revoked(*, verification: int) -> Mail | None:
    """Tells somebody that a confirmation was taken back, and why."""
    row = db.session.get(Verification, verification)
    return _mail(row, "verification_revoked") if row is not None and row.revoked_at is not None else None


def _mail(row: Verification, name: str) -> Mail | None:
    if row.person.email is None:
        return None
    context: dict[str, object] = {"verification": row, "body": row.collectivity}
    return Mail(row.person.email, f"consultations/mails/{name}.txt", row.person.language, context)
