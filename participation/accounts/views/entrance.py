"""What the pages about oneself share: who is signed in, on which device, how often one may try."""

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from participation.accounts import actions
from participation.accounts.devices import device_named
from participation.accounts.models import Person
from participation.accounts.signing_in import current_person
from participation.consultations.actions import raise_to_account
from participation.foundation.references import hash_of

blueprint = Blueprint("accounts", __name__)

LARGEST_NUMBER = 2**31 - 1
LINKS_TO_ONE_ADDRESS = "6 per 15 minutes"
Answer = str | tuple[str, int] | Response


def typed_address() -> str:
    """Returns a stand-in for the address typed, so that limits follow it without keeping it."""
    return hash_of(actions.normalised(request.form.get("email", "")))


def this_device() -> str:
    """Returns what this browser is called."""
    return device_named(request.user_agent.string)


def open_account_of(person: Person) -> None:
    """Opens the account somebody asked for; what they said as a guest counts under it from now on."""
    if not person.has_account:
        actions.open_account(person, person.display_name)
        raise_to_account(person)


def signed_in_person() -> Person:
    """Returns who is signed in, guest or account holder."""
    person = current_person()
    if person is None:
        abort(403)
    return person
