"""An agent saw a person who showed a code and a document; one takes it back, with a reason."""

from datetime import timedelta

import sqlalchemy as sa

from participation.accounts.actions import person_with_email
from participation.accounts.models import Person
from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.collectivities.permissions import ANSWERING
from participation.consultations.models import (
    Assurance,
    Channel,
    Participant,
    Verification,
    VerificationCode,
)
from participation.consultations.queries import not_over_in
from participation.foundation import clock
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.foundation.reasons import is_reason
from participation.foundation.references import desk_code

CODE_LASTS = timedelta(days=14)


def ask_for_code(person: Person) -> VerificationCode:
    """Returns a new code to show at a desk; the one asked for before no longer works."""
    hold(person)
    code = db.session.scalar(sa.select(VerificationCode).filter_by(person_id=person.id))
    if code is None:
        code = VerificationCode(person=person, person_id=person.id)
        db.session.add(code)
    code.code, code.expires_at = desk_code(), clock.now() + CODE_LASTS
    db.session.flush()
    return code


def person_at_desk(code_or_email: str) -> Person:
    """Returns whose code or address was given; somebody unknown is known from now on by the address.

    Raises Invalid for a code that nobody was given, or that is too old.
    """
    if "@" in code_or_email:
        return person_with_email(code_or_email)
    shown = sa.select(VerificationCode).where(
        VerificationCode.code == code_or_email.strip().lower(), VerificationCode.expires_at > clock.now()
    )
    found = db.session.scalar(shown)
    if found is None:
        raise Invalid(
            _("Nobody was given this code, or more than fourteen days ago. Check it, or ask for a new one."),
            "who",
        )
    return found.person


def verify_person(person: Person, *, member: Membership) -> Verification:
    """Records that an agent saw this person with a document; they are verified wherever they take part here.

    In every consultation of the collectivity that is not over, and in those to come; the person is told.
    """
    if member.role not in ANSWERING or member.ended_at is not None:
        raise NotAllowed(_("Only an agent or an administrator confirms who somebody is."))
    if person.id == member.person_id:
        raise NotAllowed(_("A colleague confirms who you are: nobody does it for themselves."), "who")
    hold(person)
    known = sa.select(Verification).filter_by(person_id=person.id, collectivity_id=member.collectivity_id)
    verification = db.session.scalar(known.execution_options(populate_existing=True))
    if verification is None:
        verification = add_or_find(
            Verification(
                person=person,
                person_id=person.id,
                collectivity_id=member.collectivity_id,
                verified_at=clock.now(),
                verified_by=member,
            ),
            lambda: db.session.scalar(known),
        )
    elif verification.revoked_at is None:
        raise AlreadyDone(_("This person was already confirmed here."), "who")
    verification.verified_at, verification.verified_by = clock.now(), member
    verification.revoked_at, verification.revoked_by, verification.revocation_reason = None, None, ""
    db.session.execute(sa.delete(VerificationCode).where(VerificationCode.person_id == person.id))
    raise_to_verified(person, member.collectivity_id)
    _record("identity.verified", verification, member)
    queue_mail("identity_verified", verification=verification.id)
    db.session.flush()
    return verification


def revoke_verification(
    verification: Verification, *, reason: str, member: Membership, language: str = "fr"
) -> None:
    """Takes a confirmation back, for a reason the person reads; what they said and chose stays.

    Where they take part they fall back to what they prove by themselves: their account or their address.
    """
    if member.role not in ANSWERING or member.collectivity_id != verification.collectivity_id:
        raise NotAllowed(_("Only an agent or an administrator of this collectivity takes it back."))
    if not is_reason(reason):
        raise Invalid(_("Give a reason in one sentence at least: the person will read it."), "reason")
    hold(verification.person)
    hold(verification)
    if verification.revoked_at is not None:
        raise AlreadyDone(_("This confirmation was already taken back."))
    verification.revoked_at, verification.revoked_by = clock.now(), member
    verification.revocation_reason, verification.language = reason.strip(), language
    level = Assurance.ACCOUNT if verification.person.has_account else Assurance.EMAIL
    lowered = _here(verification.person, verification.collectivity_id).where(
        Participant.assurance == Assurance.VERIFIED, Participant.channel == Channel.ONLINE
    )
    db.session.execute(lowered.values(assurance=level))
    _record("identity.verification_revoked", verification, member)
    queue_mail("verification_revoked", verification=verification.id)
    db.session.flush()


def raise_to_verified(person: Person, collectivity_id: int) -> None:
    """Makes somebody verified where they already take part; results of what is over stay as they were."""
    db.session.execute(_here(person, collectivity_id).values(assurance=Assurance.VERIFIED))


def _here(person: Person, collectivity_id: int) -> sa.Update:
    return sa.update(Participant).where(
        Participant.person_id == person.id,
        Participant.consultation_id.in_(not_over_in(collectivity_id, clock.now())),
    )


def _record(action: str, verification: Verification, member: Membership) -> None:
    """By number only: the log names nobody."""
    record(action, f"verification:{verification.id}", audience=Audience.AUDITOR, member=member)
