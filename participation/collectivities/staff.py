"""Entry to the back office: the address names the collectivity, the session never decides which."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import sqlalchemy as sa
from flask import abort, g

from participation.accounts.signing_in import current_person
from participation.collectivities.models import Collectivity, Role
from participation.collectivities.permissions import memberships_of
from participation.collectivities.site import show_as
from participation.foundation.database import db
from participation.web.access import to_sign_in

View = Callable[..., Any]


def staff(*roles: Role) -> Callable[[View], View]:
    """Lets in whoever holds one of these roles (any, when none is named) in the collectivity of the address.

    The address holds `<collectivity_slug>`; the view receives `collectivity` and `member`, the membership
    under which the person acts. Visitors are sent to sign in, others get 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, collectivity_slug: str, **kwargs: Any) -> Any:
            person = current_person()
            if person is None:
                return to_sign_in()
            collectivity = db.session.scalar(sa.select(Collectivity).filter_by(slug=collectivity_slug))
            if collectivity is None:
                abort(404)
            held = memberships_of(person, collectivity)
            member = next((one for role in roles or list(Role) for one in held if one.role is role), None)
            if member is None:
                abort(403)
            g.memberships = held
            show_as(collectivity)
            return view(*args, collectivity=collectivity, member=member, **kwargs)

        guarded.access = "staff: " + (", ".join(roles) or "any role")  # type: ignore[attr-defined]
        return guarded

    return guard


def held(may: Callable[..., bool], *about: object) -> bool:
    """Tells whether one of the roles this person holds here allows it: several feel like one desk."""
    return any(may(membership, *about) for membership in g.memberships)
