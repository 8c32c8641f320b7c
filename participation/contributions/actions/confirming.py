"""A guest's form: held until the link in their mail is used, then applied like any other."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from participation.accounts.models import Person, PersonAddress
from participation.consultations.actions import participant_for, participant_outside
from participation.consultations.models import Assurance, Consultation, Participant
from participation.consultations.permissions import (
    present_moment,
    require_open,
)
from participation.contributions.actions.assuring import require_level_online
from participation.contributions.actions.recording import record_submission, submission_with_key
from participation.contributions.actions.repeating import (
    other_person,
    other_words,
    require_same_person,
    require_same_words,
    without_language,
)
from participation.contributions.models import PendingSubmission, Place, Submission
from participation.contributions.permissions import require_askable
from participation.foundation import clock, outbox
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.foundation.references import hash_of

CONFIRM_WITHIN = timedelta(hours=48)


def confirmed_until(consultation: Consultation, now: datetime) -> datetime | None:
    """Returns until when what was sent before the closing may still be confirmed; None once that is over."""
    last = consultation.closes_at + CONFIRM_WITHIN
    is_waiting = consultation.is_closed(now) and consultation.cancelled_at is None and now < last
    return last if is_waiting else None


def hold_submission(
    place: Place,
    person: Person,
    *,
    kind: str,
    payload: dict[str, Any],
    form_key: str,
    language: str = "fr",
    address: PersonAddress | None = None,
) -> PendingSubmission:
    """Keeps a guest's form for 48 hours and sends its link; the same key again changes nothing.

    Also after the closing, when it had arrived before. The link goes to `address`, a further one of that
    person, else to their main one. Raises SentBefore for the key of another person, or when it says something
    else than the first time.
    """
    known = _held_before(person, kind, payload, form_key)
    if known is not None:
        return known
    now = _hold_while_it_takes(place, kind)
    # Before a mail is sent in vain; the same for every address, so that nobody learns whose is known.
    require_level_online(place, Assurance.EMAIL, kind, payload)
    hold(person, shared=True)
    if person.erased_at is not None:
        raise NotPossibleNow(_("This address has just been given to an account, or erased. Send it again."))
    pending = PendingSubmission(
        **_columns_of(place),
        person_id=person.id,
        address_id=address.id if address else None,
        kind=kind,
        payload=payload,
        form_key=form_key,
        language=language,
        # The moment that was checked is the one it counts from, however long writing takes.
        created_at=now,
        expires_at=now + CONFIRM_WITHIN,
    )
    kept = add_or_find(pending, lambda: _held_before(person, kind, payload, form_key))
    if kept is not pending:
        return kept
    queue_mail("submission_confirmation", pending=pending.id)
    outbox.queue("contributions.forget_unconfirmed", due_at=pending.expires_at, pending=pending.id)
    db.session.flush()
    return pending


@outbox.handles("contributions.forget_unconfirmed")
def forget_unconfirmed(*, pending: int) -> None:
    """Erases what was held and never confirmed, once its link has expired."""
    unconfirmed = sa.delete(PendingSubmission).where(
        PendingSubmission.id == pending, PendingSubmission.confirmed_at.is_(None)
    )
    db.session.execute(unconfirmed)


def confirm_submission(token: str, now: datetime | None = None) -> Submission:
    """Applies what was held, as of the moment it was sent; a second use returns what the first one recorded.

    Raises NotPossibleNow for an unknown link or one older than 48 hours.
    """
    pending = pending_with_token(token, lock=True)
    if pending is None:
        raise NotPossibleNow(_("This link is not known. Check that you copied all of it."))
    applied = submission_with_key(pending.form_key)
    if applied is not None:
        require_same_person(applied, pending.person_id)
        return applied
    place = pending.place
    _hold(place)
    now = now or clock.now()
    if now > pending.expires_at:
        raise NotPossibleNow(_("This link was valid for 48 hours and has expired. Send your opinion again."))
    person = db.session.get_one(Person, pending.person_id)
    name = str(pending.payload.get("display_name", ""))
    participant = participant_at(
        place,
        person,
        display_name=name,
        assurance=Assurance.EMAIL,
        postcode=str(pending.payload.get("postcode", "")),
    )
    require_level_online(place, participant.assurance, pending.kind, pending.payload)
    submission = record_submission(
        participant, pending.kind, pending.payload, form_key=pending.form_key, now=pending.created_at
    )
    pending.confirmed_at = now
    # What was said is now in its own tables; a second copy would escape an erasure.
    pending.payload = {}
    db.session.flush()
    return submission


def pending_with_token(token: str, *, lock: bool = False) -> PendingSubmission | None:
    """Returns the held form that a link belongs to, confirmed or not."""
    held = sa.select(PendingSubmission).filter_by(token_hash=hash_of(token))
    if lock:
        held = held.with_for_update(of=PendingSubmission).execution_options(populate_existing=True)
    return db.session.scalar(held)


def participant_at(
    place: Place, person: Person, *, display_name: str, assurance: Assurance, postcode: str = ""
) -> Participant:
    """Returns this person in a consultation, or among those who ask about a project outside any."""
    if isinstance(place, Consultation):
        return participant_for(
            place, person, display_name=display_name, assurance=assurance, postcode=postcode
        )
    return participant_outside(place, person, display_name=display_name, assurance=assurance)


def _hold(place: Place) -> None:
    hold(place, shared=True)


def _hold_while_it_takes(place: Place, kind: str) -> datetime:
    """Holds a place, checks that it takes what is sent now, and returns that moment.

    A text can be taken back at any time.
    """
    _hold(place)
    consultation = place if isinstance(place, Consultation) else None
    now = present_moment(consultation)
    if kind == "withdraw":
        return now
    if isinstance(place, Consultation):
        require_open(place, now)
    else:
        require_askable(place, now)
    return now


def _columns_of(place: Place) -> dict[str, Any]:
    if isinstance(place, Consultation):
        return {"consultation": place, "consultation_id": place.id}
    return {"outside_project": place, "outside_project_id": place.id}


def _held_before(
    person: Person, kind: str, payload: dict[str, Any], form_key: str
) -> PendingSubmission | None:
    """Returns what the same person sent with the same key, None when this is the first time."""
    applied, known = submission_with_key(form_key), _held_with_key(form_key)
    if applied is not None:
        require_same_person(applied, person.id)
        require_same_words(applied, kind, payload)
    if known is None:
        return None
    if known.person_id != person.id:
        raise other_person()
    says_the_same = known.kind == kind and without_language(known.payload) == without_language(payload)
    if known.confirmed_at is None and not says_the_same:
        raise other_words()
    return known


def _held_with_key(form_key: str) -> PendingSubmission | None:
    return db.session.scalar(sa.select(PendingSubmission).filter_by(form_key=form_key))
