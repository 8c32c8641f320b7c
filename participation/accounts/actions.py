"""What a person does with their account: be known, sign in, choose a password, close sessions."""

from datetime import timedelta

import sqlalchemy as sa

from participation.accounts.models import Credential, CredentialKind, Person, Session, SignInLink
from participation.accounts.passwords import LONGEST, SHORTEST, hash_of_password
from participation.accounts.queries import address_with_email
from participation.foundation import clock
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotPossibleNow
from participation.foundation.i18n import LANGUAGES
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.foundation.references import hash_of
from participation.foundation.text import clean

LINK_LASTS = timedelta(minutes=10)


def person_with_email(email: str, *, language: str = "fr") -> Person:
    """Returns the person of this address, known from now on if they weren't; case makes no difference.

    A further address, which somebody proved to be theirs, is that person too.
    """
    address = normalised(email)
    known = sa.select(Person).filter_by(email=address)
    person = db.session.scalar(known)
    if person is not None:
        return person
    further = address_with_email(address)
    if further is not None:
        return further.person
    person = Person(email=address, language=language if language in LANGUAGES else "fr")
    # Somebody may send the same address at the same second.
    return add_or_find(person, lambda: db.session.scalar(known))


def normalised(email: str) -> str:
    """Returns an address as it is stored and compared."""
    return clean(email).lower()


def ask_for_link(email: str, *, language: str, next_path: str = "") -> SignInLink:
    """Queues a mail with a link that signs in once; the same for a known address and for a new one.

    It opens no account: a guest comes in as they are, and sees what they said.
    """
    person = person_with_email(email, language=language)
    link = SignInLink(
        person=person,
        address=address_with_email(normalised(email)),
        next_path=next_path,
        expires_at=clock.now() + LINK_LASTS,
    )
    db.session.add(link)
    db.session.flush()
    queue_mail("sign_in_link", link=link.id)
    return link


def use_link(token: str) -> SignInLink:
    """Consumes a link and opens no account; raises NotPossibleNow when it was used or is too old."""
    now = clock.now()
    usable = (
        SignInLink.token_hash == hash_of(token),
        SignInLink.used_at.is_(None),
        SignInLink.expires_at > now,
    )
    # One statement decides: of two clicks at the same time, one signs in.
    used = db.session.execute(
        sa.update(SignInLink).where(*usable).values(used_at=now).returning(SignInLink.id)
    )
    link_id = used.scalar_one_or_none()
    link = db.session.get(SignInLink, link_id, populate_existing=True) if link_id is not None else None
    if link is None:
        raise NotPossibleNow(
            _("This link was already used, or is more than ten minutes old. Ask for another one.")
        )
    return link


def open_account(person: Person, display_name: str) -> None:
    """Makes an account holder of a guest; of an account holder, changes the name shown."""
    person.display_name = clean(display_name)
    person.account_opened_at = person.account_opened_at or clock.now()
    db.session.flush()


def change_identity(person: Person, *, display_name: str, language: str) -> None:
    """Changes the name shown from now on, and the language of mails."""
    if language not in LANGUAGES:
        raise Invalid(_("Choose one of the languages offered."), "language")
    person.display_name = clean(display_name)
    person.language = language
    db.session.flush()


def set_password(person: Person, password: str) -> None:
    """Sets the password, or replaces it; raises Invalid outside of 12 to 200 characters."""
    if not SHORTEST <= len(clean(password)) <= LONGEST:
        raise Invalid(
            _("Choose a password of 12 to 200 characters: a few words are easiest to remember."), "password"
        )
    # Hashed before the first query: it is slow on purpose, and a query may hold the write lock.
    secret_hash = hash_of_password(password)
    of_person = Credential.person_id == person.id, Credential.kind == CredentialKind.PASSWORD
    try:
        with db.session.begin_nested():
            if not _replace(secret_hash, *of_person):
                db.session.add(
                    Credential(person_id=person.id, kind=CredentialKind.PASSWORD, secret_hash=secret_hash)
                )
    except sa.exc.IntegrityError:
        # The first one was set in another window at the same second: the last one counts.
        _replace(secret_hash, *of_person)


def _replace(secret_hash: str, *which: sa.ColumnElement[bool]) -> bool:
    replaced = db.session.execute(sa.update(Credential).where(*which).values(secret_hash=secret_hash))
    return bool(replaced.rowcount)  # type: ignore[attr-defined]


def person_still_holding(person_id: int, secret_hash: str) -> Person | None:
    """Returns the person whose password still has this hash, and keeps it so until the transaction ends.

    The comparison is slow and made outside of it: a password changed meanwhile must not open a session that
    the change could no longer close.
    """
    still = sa.select(Credential.id).where(
        Credential.person_id == person_id, Credential.secret_hash == secret_hash
    )
    held = db.session.scalar(still.with_for_update(read=True))
    return db.session.get(Person, person_id) if held is not None else None


def revoke_session(person: Person, session_id: int) -> bool:
    """Signs a person out of one of their browsers; false when it isn't theirs or is over."""
    return _revoke(Session.person_id == person.id, Session.id == session_id) > 0


def revoke_other_sessions(person: Person, kept: Session) -> int:
    """Signs a person out of all their browsers but this one; returns of how many."""
    return _revoke(Session.person_id == person.id, Session.id != kept.id)


def _revoke(*which: sa.ColumnElement[bool]) -> int:
    live = sa.update(Session).where(*which, Session.revoked_at.is_(None))
    revoked = db.session.execute(live.values(revoked_at=clock.now()))
    return int(revoked.rowcount)  # type: ignore[attr-defined]
