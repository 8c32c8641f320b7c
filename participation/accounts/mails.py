"""Mails about signing in."""

from datetime import timedelta

from participation.accounts.actions import LINK_LASTS
from participation.accounts.addresses.actions import LINK_LASTS as ADDRESS_LINK_LASTS
from participation.accounts.models import AddressLink, Person, SignInLink
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.mail import Mail, composes
from participation.foundation.references import hash_of, secret_token

# A link asked for so long ago is no longer expected: the person asked for another one.
STALE = timedelta(hours=1)


@composes("sign_in_link")
def sign_in_link(*, link: int) -> Mail | None:
    """Makes the token of a sign-in link; its ten minutes begin when the mail leaves."""
    row = db.session.get(SignInLink, link)
    now = clock.now()
    if row is None or row.used_at or not row.person.email or row.created_at < now - STALE:
        return None
    token = secret_token()
    row.token_hash = hash_of(token)
    row.expires_at = now + LINK_LASTS
    db.session.flush()
    # To the address it was asked for: somebody may read only one of theirs today.
    email = row.address.email if row.address else row.person.email
    context: dict[str, object] = {"token": token, "has_account": row.person.has_account}
    return Mail(email, "accounts/mails/sign_in_link.txt", row.person.language, context)


@composes("address_to_confirm")
def address_to_confirm(*, link: int) -> Mail | None:
    """Makes the token of a link that proves a further address; its hour begins when the mail leaves."""
    row = db.session.get(AddressLink, link)
    now = clock.now()
    if row is None or row.used_at or row.created_at < now - STALE:
        return None
    token = secret_token()
    row.token_hash = hash_of(token)
    row.expires_at = now + ADDRESS_LINK_LASTS
    db.session.flush()
    return Mail(row.email, "accounts/mails/address_to_confirm.txt", row.person.language, {"token": token})


@composes("password_set")
def password_set(*, person: int) -> Mail | None:
    """Tells a person that a password was set, in case it wasn't they who did it."""
    row = db.session.get(Person, person)
    if row is None or not row.email:
        return None
    return Mail(row.email, "accounts/mails/password_set.txt", row.language)
