"""The smallest valid public bodies, members of their staff, and invitations."""

from itertools import count
from typing import Any

from participation.accounts.models import Person
from participation.collectivities.actions import appoint, create_collectivity, invite
from participation.collectivities.models import Collectivity, Invitation, Membership, Role
from participation.foundation.database import db
from participation.foundation.references import hash_of
from tests.factories.accounts import a_person

_numbers = count(1)


def a_collectivity(**settings: Any) -> Collectivity:
    """Returns a town with a slug of its own."""
    number = next(_numbers)
    values = {
        "slug": f"ville-{number}",
        "name": f"Ville {number}",
        "display_name": f"Ville de Ville {number}",
    }
    return create_collectivity(**{**values, **settings})


def a_member(
    role: Role,
    collectivity: Collectivity | None = None,
    *,
    person: Person | None = None,
    function: str = "Fonction",
) -> Membership:
    """Returns a new person (unless one is given) holding this role."""
    return appoint(person or a_person(), collectivity or a_collectivity(), role, function=function)


def an_invitation(
    collectivity: Collectivity | None = None,
    *,
    token: str,
    email: str = "nouvelle@mail.example",
    role: Role = Role.AGENT,
) -> Invitation:
    """Returns an invitation as it is once its mail was written with this token."""
    body = collectivity or a_collectivity()
    invitation = invite(body, email=email, role=role, function="Cheffe de projet", member=None)
    invitation.token_hash = hash_of(token)
    db.session.flush()
    return invitation
