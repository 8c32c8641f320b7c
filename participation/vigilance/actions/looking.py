"""Looking for series among what was sent, by the worker: nothing is refused, hidden or left uncounted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.contributions.models import Contribution, Submission, Visibility
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.vigilance.models import Rule, Sending, SeriesMember, SuspectSeries, Verdict
from participation.vigilance.queries import counted_as
from participation.vigilance.rules import addresses, arrivals, texts

# What comes within a minute is looked at together.
LOOK_AFTER = timedelta(minutes=1)
AT_ONCE = 200
ALONE = (Rule.TRAP, Rule.FAST, Rule.UNSHOWN)
TEXTS_NAMED = 20


@dataclass(frozen=True)
class Fresh:
    """A form that was applied and not looked at yet: its row, its author, the texts it recorded."""

    sending: Sending
    participant_id: int
    texts: list[str]


def look_soon(consultation_id: int) -> None:
    """Queues a look at what was sent in a consultation; of several queued, the first looks at everything."""
    outbox.queue("vigilance.look", due_at=clock.now() + LOOK_AFTER, consultation=consultation_id)


@outbox.handles("vigilance.look")
def look_for_series(*, consultation: int) -> None:
    """Puts participants whose forms look alike into series; once more changes nothing."""
    now = clock.now()
    fresh = _fresh(consultation)
    if not fresh:
        return
    for rule in ALONE:
        _put_together(consultation, rule, {one.participant_id for one in fresh if rule in one.sending.signs})
    _look_at_addresses(consultation, {one.participant_id for one in fresh})
    _look_at_texts(consultation, {ref for one in fresh for ref in one.texts})
    _look_at_arrivals(consultation, {one.sending.network_key for one in fresh} - {None})
    for one in fresh:
        one.sending.looked_at = now
    db.session.flush()
    if len(fresh) == AT_ONCE:
        outbox.queue("vigilance.look", consultation=consultation)


def _fresh(consultation_id: int) -> list[Fresh]:
    waiting = (
        sa.select(Sending, counted_as(), Submission.recorded)
        .join(Submission, Submission.form_key == Sending.form_key)
        .join(Participant, Participant.id == Submission.participant_id)
        .where(Sending.consultation_id == consultation_id, Sending.looked_at.is_(None))
        .order_by(Sending.id)
        .limit(AT_ONCE)
    )
    return [
        Fresh(sending, participant_id, list(recorded.get("contributions", [])))
        for sending, participant_id, recorded in db.session.execute(waiting)
    ]


def _look_at_addresses(consultation_id: int, fresh: Collection[int]) -> None:
    known = (
        sa.select(Participant.id, Person.email)
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.consultation_id == consultation_id, Participant.same_as_id.is_(None))
        .where(Person.email.is_not(None))
    )
    by_participant = {number: str(email) for number, email in db.session.execute(known)}
    for group in addresses.alike(by_participant):
        if not group.isdisjoint(fresh):
            _put_together(consultation_id, Rule.ADDRESSES, group, least=addresses.SAME_BOX)


def _look_at_texts(consultation_id: int, fresh: Collection[str]) -> None:
    said = (
        sa.select(Contribution.id, Contribution.ref, counted_as(), Contribution.body)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(
            Contribution.consultation_id == consultation_id,
            Contribution.spoken_as == "",
            Contribution.visibility != Visibility.ERASED,
        )
        .order_by(Contribution.id.desc())
        .limit(texts.COMPARED)
    )
    rows = db.session.execute(said).all() if fresh else []
    compared = {number: (author, texts.folded(body)) for number, _ref, author, body in rows}
    for number, ref, author, body in rows:
        if ref in fresh:
            others = {other: one for other, one in compared.items() if other != number}
            group = texts.authors_alike(body, author, others)
            _put_together(consultation_id, Rule.TEXTS, group, least=texts.AUTHORS, texts=[ref])


def _look_at_arrivals(consultation_id: int, keys: Collection[str | None]) -> None:
    for newcomers in _newcomers(consultation_id, keys).values():
        _put_together(consultation_id, Rule.CROWD, arrivals.crowd(newcomers), least=arrivals.BURST)
        _put_together(
            consultation_id, Rule.RHYTHM, arrivals.regular(newcomers), least=arrivals.REGULAR_ARRIVALS
        )


def _newcomers(
    consultation_id: int, keys: Collection[str | None]
) -> Mapping[str | None, dict[int, datetime]]:
    """Returns when each participant first sent something from each of these networks."""
    newcomer = counted_as()
    first = (
        sa.select(Sending.network_key, newcomer, sa.func.min(Sending.created_at))
        .join(Submission, Submission.form_key == Sending.form_key)
        .join(Participant, Participant.id == Submission.participant_id)
        .where(Sending.consultation_id == consultation_id, Sending.network_key.in_(keys))
        .group_by(Sending.network_key, newcomer)
    )
    found: dict[str | None, dict[int, datetime]] = {}
    for key, participant_id, moment in db.session.execute(first) if keys else ():
        found.setdefault(key, {})[participant_id] = moment
    return found


def _put_together(
    consultation_id: int, rule: Rule, group: Collection[int], *, least: int = 1, texts: Iterable[str] = ()
) -> None:
    """Adds a group to the series it belongs to, or makes one; those once found harmless are left alone."""
    group = set(group) - _members(consultation_id, rule, harmless=True).keys()
    if len(group) < least or not group:
        return
    members = _members(consultation_id, rule, harmless=False)
    known = {members[one] for one in group if one in members}
    if rule in ALONE:
        known |= set(members.values())
    series = db.session.get(SuspectSeries, min(known)) if known else None
    if series is None:
        series = SuspectSeries(consultation_id=consultation_id, rule=rule, last_seen_at=clock.now())
        db.session.add(series)
        db.session.flush()
    _extend(series, [one for one in sorted(group) if one not in members], texts)


def _extend(series: SuspectSeries, added: list[int], texts: Iterable[str]) -> None:
    db.session.add_all(SeriesMember(series_id=series.id, participant_id=one) for one in added)
    known: list[Any] = series.evidence.get("texts", []) if series.evidence else []
    refs = [*known, *(ref for ref in texts if ref not in known)]
    series.evidence = {"texts": refs[:TEXTS_NAMED]} if refs else {}
    if added:
        series.last_seen_at = clock.now()
    db.session.flush()


def _members(consultation_id: int, rule: Rule, *, harmless: bool) -> dict[int, int]:
    """Returns the series of each participant under one rule: those found harmless, or all the others."""
    is_harmless = SuspectSeries.verdict.is_not_distinct_from(Verdict.HARMLESS)
    found = (
        sa.select(SeriesMember.participant_id, SeriesMember.series_id)
        .join(SuspectSeries, SuspectSeries.id == SeriesMember.series_id)
        .where(SuspectSeries.consultation_id == consultation_id, SuspectSeries.rule == rule)
        .where(is_harmless if harmless else ~is_harmless)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}
