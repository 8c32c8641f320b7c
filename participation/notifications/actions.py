"""Following something, no longer following it, and how often one is told."""

from datetime import timedelta

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.foundation import clock
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.notifications.models import FollowSetting, Frequency, SubjectKind, Subscription

CONFIRM_WITHIN = timedelta(hours=48)
# So many days before a consultation closes, one may be reminded.
REMINDERS = (1, 3, 7)

Scope = tuple[SubjectKind, int] | None


def follow(
    person: Person, kind: SubjectKind, subject_id: int, *, remind_days: int | None = None
) -> Subscription:
    """Follows something from now on; once more changes the reminder only."""
    subscription = _subscription(person, kind, subject_id, remind_days)
    subscription.remind_days = remind_days
    subscription.confirmed_at = subscription.confirmed_at or clock.now()
    db.session.flush()
    return subscription


def ask_to_follow(
    person: Person, kind: SubjectKind, subject_id: int, *, remind_days: int | None = None
) -> Subscription:
    """Sends a guest the link that makes them follow something; whoever follows it already gets no mail.

    Somebody else may have typed this address: nothing that was confirmed changes.
    """
    subscription = _subscription(person, kind, subject_id, remind_days)
    if subscription.confirmed_at is None:
        subscription.remind_days, subscription.asked_at = remind_days, clock.now()
        queue_mail("follow_confirmation", subscription=subscription.id)
    db.session.flush()
    return subscription


def confirm_following(subscription: Subscription) -> Subscription:
    """Makes a guest follow what they asked for; once more changes nothing.

    Raises NotPossibleNow 48 hours after they asked.
    """
    hold(subscription)
    if subscription.confirmed_at is not None:
        return subscription
    if clock.now() > subscription.asked_at + CONFIRM_WITHIN:
        raise NotPossibleNow(_("This link was valid for 48 hours and has expired. Ask for another one."))
    subscription.confirmed_at = clock.now()
    db.session.flush()
    return subscription


def stop_following(person: Person, subscription_id: int) -> bool:
    """No longer follows one thing; false when it isn't theirs, or was stopped already."""
    return _delete(Subscription.person_id == person.id, Subscription.id == subscription_id)


def stop_by_link(person_id: int, scope: Scope) -> None:
    """Stops one thing, or every letter and reminder at once; again, or once erased, changes nothing."""
    if scope is not None:
        kind, subject_id = scope
        _delete(
            Subscription.person_id == person_id,
            Subscription.subject_kind == kind,
            Subscription.subject_id == subject_id,
        )
        return
    person = db.session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        return
    set_frequency(person, Frequency.NEVER)
    own = sa.update(Subscription).where(Subscription.person_id == person_id)
    db.session.execute(own.values(remind_days=None))


def set_frequency(person: Person, frequency: Frequency) -> None:
    """Chooses how often one is told of what one follows."""
    _hold_living(person)
    known = sa.select(FollowSetting).filter_by(person_id=person.id)
    setting = db.session.scalar(known) or add_or_find(
        FollowSetting(person_id=person.id, frequency=frequency), lambda: db.session.scalar(known)
    )
    setting.frequency = frequency
    db.session.flush()


def _subscription(
    person: Person, kind: SubjectKind, subject_id: int, remind_days: int | None
) -> Subscription:
    if remind_days is not None and (kind is not SubjectKind.CONSULTATION or remind_days not in REMINDERS):
        raise Invalid(_("Choose one of the days offered."), "remind_days")
    _hold_living(person)
    known = (
        sa.select(Subscription)
        .filter_by(person_id=person.id, subject_kind=kind, subject_id=subject_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = db.session.scalar(known)
    if found is not None:
        return found
    new = Subscription(person_id=person.id, subject_kind=kind, subject_id=subject_id, remind_days=remind_days)
    return add_or_find(new, lambda: db.session.scalar(known))


def _hold_living(person: Person) -> None:
    hold(person, shared=True)
    if person.erased_at is not None:
        raise NotAllowed(_("Everything about you has just been erased, as you asked: nothing is recorded."))


def _delete(*which: sa.ColumnElement[bool]) -> bool:
    gone = db.session.execute(sa.delete(Subscription).where(*which))
    return bool(gone.rowcount)  # type: ignore[attr-defined]
