"""People seen at a desk, and people who turn out to be one."""

from participation.accounts.addresses.actions import ask_to_add
from participation.accounts.models import AddressLink, Person
from participation.collectivities.models import Collectivity, Role
from participation.consultations.models import Verification
from participation.consultations.verifying.actions import verify_person
from participation.foundation.database import db
from participation.foundation.references import hash_of
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member


def a_verification(body: Collectivity, person: Person | None = None) -> Verification:
    """Returns the confirmation of somebody whom an agent saw."""
    return verify_person(person or a_person(), member=a_member(Role.AGENT, body))


def a_verified_person(body: Collectivity) -> Person:
    """Returns somebody whom an agent of that collectivity saw."""
    return a_verification(body).person


def an_address_link(person: Person, email: str, token: str) -> AddressLink:
    """Returns a link as it is once its mail was written with this token."""
    link = ask_to_add(person, email)
    link.token_hash = hash_of(token)
    db.session.flush()
    return link
