"""Asking to add an address to one's account, and using the link that proves it."""

from datetime import timedelta

import sqlalchemy as sa

from participation.accounts.actions import normalised
from participation.accounts.models import AddressLink, Person, PersonAddress
from participation.accounts.queries import address_with_email
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.foundation.references import hash_of

LINK_LASTS = timedelta(hours=1)


def ask_to_add(person: Person, email: str) -> AddressLink:
    """Queues a mail with a link that proves an address; the same for a known address and for a new one."""
    address = normalised(email)
    known = address_with_email(address)
    if address == person.email or (known is not None and known.person_id == person.id):
        raise Invalid(_("This address is already yours here."), "email")
    link = AddressLink(person=person, person_id=person.id, email=address, expires_at=clock.now() + LINK_LASTS)
    db.session.add(link)
    db.session.flush()
    queue_mail("address_to_confirm", link=link.id)
    return link


def use_address_link(token: str, person: Person) -> AddressLink:
    """Consumes a link of the person signed in; raises NotPossibleNow when used, too old or of another."""
    now = clock.now()
    usable = (
        AddressLink.token_hash == hash_of(token),
        AddressLink.person_id == person.id,
        AddressLink.used_at.is_(None),
        AddressLink.expires_at > now,
    )
    # One statement decides: of two clicks at the same time, one adds the address.
    used = db.session.execute(
        sa.update(AddressLink).where(*usable).values(used_at=now).returning(AddressLink.id)
    )
    link_id = used.scalar_one_or_none()
    if link_id is None:
        raise NotPossibleNow(
            _("This link was already used, or is more than one hour old. Ask for another one.")
        )
    return db.session.get_one(AddressLink, link_id, populate_existing=True)


def keep_address(person: Person, email: str) -> PersonAddress:
    """Writes a further address, which no other person holds any more: the caller saw to it."""
    address = PersonAddress(person=person, person_id=person.id, email=email)
    db.session.add(address)
    db.session.flush()
    return address
