"""Leaving for good, and looking at an address on record."""

import sqlalchemy as sa

from participation.accounts import erasure as accounts
from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Person
from participation.activity import erasure as activity
from participation.activity.looking import note_look, require_look_reason
from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities import erasure as collectivities
from participation.collectivities.models import Membership
from participation.collectivities.queries import memberships_everywhere
from participation.consultations import erasure as consultations
from participation.contributions import erasure as contributions
from participation.contributions.models import Contribution
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.moderation import erasure as moderation
from participation.moderation.permissions import may_moderate
from participation.notifications import erasure as notifications
from participation.vigilance import erasure as vigilance

# Texts first, then what was written about them; what ties a person to their participants near the end,
# since those before it find their rows by it; the person last.
DOMAINS = (
    contributions,
    vigilance,
    moderation,
    notifications,
    activity,
    consultations,
    collectivities,
    accounts,
)


def erase_person(person: Person, choice: ErasureChoice | None) -> None:
    """Erases a person in every domain at once; once more changes nothing.

    Raises NotPossibleNow while they hold a staff role: their acts must have somebody in charge.
    """
    if choice is None:
        raise Invalid(_("Choose what becomes of your texts."), "choice")
    # What another browser of theirs sends meanwhile waits for the end of this transaction.
    db.session.execute(sa.select(Person.id).where(Person.id == person.id).with_for_update())
    db.session.refresh(person)
    if person.erased_at is not None:
        return
    if memberships_everywhere(person):
        raise NotPossibleNow(
            _("You hold a staff role. Ask an administrator of the collectivity to end it, then come back.")
        )
    for domain in DOMAINS:
        domain.erase_traces_of(person, choice)
    record("person.erased", f"person:{person.id}", audience=Audience.AUDITOR, choice=choice.value)
    db.session.flush()


def look_at_address(
    contribution: Contribution, *, reason: str, member: Membership, language: str = "fr"
) -> str:
    """Returns the e-mail address of an author, once it is on record who looks and why."""
    if not may_moderate(member, contribution):
        raise NotAllowed(
            _("Only the moderation of this collectivity may see this address, never for one’s own text.")
        )
    require_look_reason(reason)
    person = contribution.participant.person
    if person is None or person.email is None:
        raise NotPossibleNow(_("No address is known for this text."))
    note_look(
        "address.seen",
        f"contribution:{contribution.id}",
        person_id=person.id,
        project_id=contribution.project.id,
        reason=reason,
        language=language,
        member=member,
    )
    return person.email
