"""Mails to future members of staff, and to whoever is named to review appeals."""

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.collectivities.models import AppealReviewer, Invitation
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.i18n import DEFAULT_LANGUAGE
from participation.foundation.mail import Mail, composes
from participation.foundation.references import hash_of, secret_token


@composes("staff_invitation")
def staff_invitation(*, invitation: int) -> Mail | None:
    """Makes the token of an invitation and writes to the address it was made for."""
    row = db.session.get(Invitation, invitation)
    if row is None or row.accepted_at or row.expires_at <= clock.now():
        return None
    token = secret_token()
    row.token_hash = hash_of(token)
    db.session.flush()
    known = db.session.scalar(sa.select(Person.language).filter_by(email=row.email))
    context: dict[str, object] = {"invitation": row, "collectivity": row.collectivity, "token": token}
    return Mail(row.email, "collectivities/mails/staff_invitation.txt", known or DEFAULT_LANGUAGE, context)


@composes("appeal_reviewer_named")
def appeal_reviewer_named(*, reviewer: int) -> Mail | None:
    """Tells a moderator which collectivity entrusts its appeals to them; not once it is over."""
    named = db.session.get(AppealReviewer, reviewer)
    if named is None:
        return None
    person = named.membership.person
    if person.email is None:
        return None
    context: dict[str, object] = {"collectivity": named.collectivity, "desk": named.membership.collectivity}
    return Mail(person.email, "collectivities/mails/appeal_reviewer_named.txt", person.language, context)
