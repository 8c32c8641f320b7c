"""Looking for series among what was sent, by the worker: nothing is refused, hidden or left uncounted.

What is compared is read first and the database given back, since comparing takes its time; then series are
written. Two looks at once may write one series twice, which counts nobody twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.contributions.models import Contribution, Submission, Visibility
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.vigilance.actions.grouping import Group, put_together
from participation.vigilance.models import Rule, Sending
from participation.vigilance.queries import counted_as
from participation.vigilance.rules import addresses, arrivals, texts

# What comes within a minute is looked at together.
LOOK_AFTER = timedelta(minutes=1)
AT_ONCE = 200


@dataclass(frozen=True)
class Said:
    """A text, with its author."""

    ref: str
    author: int
    body: str


@dataclass
class Seen:
    """What one look compares; participants by number, the one that counts for each person."""

    sendings: list[int] = field(default_factory=list)
    senders: set[int] = field(default_factory=set)
    by_sign: dict[str, set[int]] = field(default_factory=dict)
    new_texts: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    addresses: dict[int, str] = field(default_factory=dict)
    texts: dict[int, Said] = field(default_factory=dict)
    arrivals: dict[str, dict[int, datetime]] = field(default_factory=dict)


def look_soon(consultation_id: int) -> None:
    """Queues a look at what was sent in a consultation; of several queued, the first looks at everything."""
    outbox.queue("vigilance.look", due_at=clock.now() + LOOK_AFTER, consultation=consultation_id)


@outbox.handles("vigilance.look")
def look_for_series(*, consultation: int) -> None:
    """Puts participants whose forms look alike into series; once more changes nothing."""
    seen = _fresh(consultation)
    if not seen.sendings:
        return
    _read_what_is_compared(consultation, seen)
    db.session.commit()
    for group in list(_groups(seen)):
        put_together(consultation, group)
    looked_at = sa.update(Sending).where(Sending.id.in_(seen.sendings)).values(looked_at=clock.now())
    db.session.execute(looked_at)
    if len(seen.sendings) == AT_ONCE:
        outbox.queue("vigilance.look", consultation=consultation)
    db.session.flush()


def _fresh(consultation_id: int) -> Seen:
    """Returns the forms that were applied and not looked at yet."""
    waiting = (
        sa.select(Sending.id, Sending.signs, Sending.network_key, counted_as(), Submission.recorded)
        .join(Submission, Submission.form_key == Sending.form_key)
        .join(Participant, Participant.id == Submission.participant_id)
        .where(Sending.consultation_id == consultation_id, Sending.looked_at.is_(None))
        .order_by(Sending.id)
        .limit(AT_ONCE)
    )
    seen = Seen()
    for number, signs, key, participant, recorded in db.session.execute(waiting):
        seen.sendings.append(number)
        seen.senders.add(participant)
        seen.new_texts.update(recorded.get("contributions", []))
        if key is not None:
            seen.keys.add(key)
        for sign in signs:
            seen.by_sign.setdefault(sign, set()).add(participant)
    return seen


def _read_what_is_compared(consultation_id: int, seen: Seen) -> None:
    known = (
        sa.select(Participant.id, Person.email)
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.consultation_id == consultation_id, Participant.same_as_id.is_(None))
        .where(Person.email.is_not(None))
    )
    seen.addresses = {number: str(email) for number, email in db.session.execute(known)}
    said = (
        sa.select(Contribution.id, Contribution.ref, counted_as(), Contribution.body)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(Contribution.consultation_id == consultation_id, Contribution.spoken_as == "")
        .where(Contribution.visibility != Visibility.ERASED)
        .order_by(Contribution.id.desc())
        .limit(texts.COMPARED)
    )
    if seen.new_texts:
        seen.texts = {row[0]: Said(row[1], row[2], row[3]) for row in db.session.execute(said)}
    newcomer = counted_as()
    first = (
        sa.select(Sending.network_key, newcomer, sa.func.min(Sending.created_at))
        .join(Submission, Submission.form_key == Sending.form_key)
        .join(Participant, Participant.id == Submission.participant_id)
        .where(Sending.consultation_id == consultation_id, Sending.network_key.in_(seen.keys))
        .group_by(Sending.network_key, newcomer)
    )
    for key, participant, moment in db.session.execute(first) if seen.keys else ():
        seen.arrivals.setdefault(str(key), {})[participant] = moment


def _groups(seen: Seen) -> Iterator[Group]:
    for sign, participants in seen.by_sign.items():
        yield Group(Rule(sign), participants)
    for alike in addresses.alike(seen.addresses):
        if not alike.isdisjoint(seen.senders):
            yield Group(Rule.ADDRESSES, alike, least=addresses.SAME_BOX)
    yield from _of_one_text(seen)
    for newcomers in seen.arrivals.values():
        yield Group(Rule.CROWD, arrivals.crowd(newcomers), least=arrivals.BURST)
        yield Group(Rule.RHYTHM, arrivals.regular(newcomers), least=arrivals.REGULAR_ARRIVALS)


def _of_one_text(seen: Seen) -> Iterator[Group]:
    compared = {number: (said.author, texts.folded(said.body)) for number, said in seen.texts.items()}
    for number, said in seen.texts.items():
        if said.ref in seen.new_texts:
            others = {other: one for other, one in compared.items() if other != number}
            authors = texts.authors_alike(said.body, said.author, others)
            yield Group(Rule.TEXTS, authors, least=texts.AUTHORS, text=said.ref)
