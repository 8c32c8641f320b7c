"""The smallest valid people."""

from itertools import count

from participation.accounts.actions import ask_for_link, set_password
from participation.accounts.models import Person, SignInLink
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of

PASSWORD = "correct cheval pile agrafe"
_numbers = count(1)


def a_person(
    *,
    email: str | None = None,
    display_name: str = "Camille",
    language: str = "fr",
    account: bool = True,
    password: str | None = None,
) -> Person:
    """Returns an account holder, or a guest when `account` is false."""
    opened = clock.now() if account else None
    person = Person(
        email=email or f"person{next(_numbers)}@mail.example",
        display_name=display_name,
        language=language,
        account_opened_at=opened,
    )
    db.session.add(person)
    db.session.flush()
    if password is not None:
        set_password(person, password)
    return person


def a_sign_in_link(person: Person, token: str, *, next_path: str = "") -> SignInLink:
    """Returns a link as it is once its mail was written with this token."""
    link = ask_for_link(str(person.email), language="fr", next_path=next_path)
    link.token_hash = hash_of(token)
    db.session.flush()
    return link
