"""Two persons turn out to be one: all that one holds is given to the other, and nothing counts twice."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from participation.accounts.actions import person_with_email
from participation.accounts.addresses.actions import keep_address, use_address_link
from participation.accounts.models import Person
from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.queries import memberships_everywhere
from participation.consultations.models import Consultation, Participant, Verification
from participation.consultations.verifying.actions import raise_to_verified
from participation.contributions.actions import Linked, link_participation
from participation.contributions.models import PendingSubmission
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.holding import hold_several
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.projects.models import Project

# Ways of signing in and what was only just asked for: they end with the identity they belonged to.
ENDED = ("credential", "session", "sign_in_link", "address_link", "verification_code")
# Given over by `link_participation`, which knows what counts.
LINKED = ("participant",)
# Of two, both stay: acts were done under each.
KEPT_APART = ("membership",)


def add_address(token: str, person: Person) -> list[Linked]:
    """Adds the address that a link proves; whoever was known by it becomes the person signed in.

    Returns the participants that were linked. Raises NotPossibleNow for a link that is over, or when that
    address is of somebody who holds a staff role, or was added to another account.
    """
    link = use_address_link(token, person)
    # Known from now on in any case: of two who claim an address at once, one finds the other's row.
    other = person_with_email(link.email)
    if other.id == person.id:
        return []
    if other.email != link.email:
        # Reading one of somebody's mailboxes is not enough to take their account.
        raise NotPossibleNow(
            _(
                "This address was already added to another account. Sign in with it and add your main "
                "address there."
            )
        )
    moment = clock.now()
    linked = merge_people(person, other)
    address = keep_address(person, link.email)
    # Before what was linked: the mails tell what came of this address.
    address.created_at = moment
    record("person.address_added", f"person:{person.id}", audience=Audience.AUDITOR, linked=len(linked))
    for to_main in (0, 1):
        queue_mail("address_added", address=address.id, to_main=to_main)
    db.session.flush()
    return linked


def merge_people(kept: Person, other: Person) -> list[Linked]:
    """Gives all that `other` holds to `kept` and empties it; sessions and passwords of `other` end.

    Its participants are moved, or linked where both took part. Raises NotPossibleNow while `other` holds a
    staff role, since acts must keep who is in charge, and when one of them has just been erased.
    """
    _hold_all(kept, other)
    if kept.erased_at is not None or other.erased_at is not None:
        raise NotPossibleNow(_("One of these identities has just been erased: nothing is left to link."))
    if memberships_everywhere(other):
        raise NotPossibleNow(
            _(
                "This address belongs to somebody who holds a staff role. Sign in with it and add your other "
                "address there, or ask an administrator to end the role."
            )
        )
    linked = link_participation(kept, other)
    _prefer_standing_verifications(kept, other)
    for table, column in keys_to_a_person():
        if table.name in ENDED:
            db.session.execute(sa.delete(table).where(column == other.id))
        elif table.name not in LINKED:
            _move(table, column, kept, other)
    other.email, other.display_name, other.account_opened_at = None, "", None
    other.erased_at = clock.now()
    record("person.merged", f"person:{kept.id}", audience=Audience.AUDITOR, linked=len(linked))
    db.session.flush()
    # Rows were moved under the session: whoever asks reads them again.
    db.session.expire_all()
    for collectivity_id in _verified_in(kept):
        raise_to_verified(kept, collectivity_id)
    return linked


def keys_to_a_person() -> list[tuple[sa.Table, sa.Column[Any]]]:
    """Returns every column that names a person, with its table: a new one is moved without being listed."""
    return [
        (table, key.parent)
        for table in db.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name))
        if key.column.table.name == "person"
    ]


def _hold_all(kept: Person, other: Person) -> None:
    """Takes what confirmations and forms take, in their order: forms, places, people."""
    held = sa.select(PendingSubmission.id).filter_by(person_id=other.id).with_for_update()
    db.session.scalars(held.order_by(PendingSubmission.id)).all()
    places = sa.select(Participant.outside_project_id, Participant.consultation_id).filter_by(
        person_id=other.id
    )
    found = db.session.execute(places).all()
    hold_several(Project, {project for project, _one in found if project}, shared=True)
    hold_several(Consultation, {one for _project, one in found if one}, shared=True)
    hold_several(Person, {kept.id, other.id})


def _move(table: sa.Table, column: sa.Column[Any], kept: Person, other: Person) -> None:
    """Gives each row over; what `kept` has already is dropped, or stays where acts depend on it."""
    for number in db.session.scalars(sa.select(table.c.id).where(column == other.id).order_by(table.c.id)):
        row = table.c.id == number
        try:
            with db.session.begin_nested():
                db.session.execute(sa.update(table).where(row).values({column: kept.id}))
        except IntegrityError:
            if table.name not in KEPT_APART:
                db.session.execute(sa.delete(table).where(row))


def _prefer_standing_verifications(kept: Person, other: Person) -> None:
    """Where both were seen at a desk and one of the two was taken back, the one that stands is kept."""
    standing = sa.select(Verification.collectivity_id).filter_by(person_id=other.id, revoked_at=None)
    revoked = sa.delete(Verification).where(
        Verification.person_id == kept.id,
        Verification.revoked_at.is_not(None),
        Verification.collectivity_id.in_(standing),
    )
    db.session.execute(revoked, execution_options={"synchronize_session": False})


def _verified_in(person: Person) -> list[int]:
    standing = sa.select(Verification.collectivity_id).filter_by(person_id=person.id, revoked_at=None)
    return list(db.session.scalars(standing.order_by(Verification.collectivity_id)))
