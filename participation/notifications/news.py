"""Keeping the news of what people follow: each thing for each person once, from the moment it happens."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from participation.accounts.models import Person
from participation.activity.models import Audience, Event
from participation.activity.reading import reads_events
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.decisions.models import Decision
from participation.foundation import clock
from participation.foundation.database import db
from participation.notifications.models import (
    DigestItem,
    FollowSetting,
    Frequency,
    SubjectKind,
    Subscription,
    Turn,
)
from participation.summaries.models import Summary

# What is told; a version of the dossier says by itself what led to it.
TOLD = frozenset(
    {
        "dossier.published",
        "consultation.announced",
        "consultation.extended",
        "consultation.cancelled",
        "consultation.paused",
        "consultation.resumed",
        "consultation.closed_early",
        "question.answered",
        "summary.published",
        "decision.published",
    }
)

Subject = tuple[SubjectKind, int]


@reads_events("digest", Audience.PUBLIC)
def note_news(event: Event) -> None:
    """Keeps an event for each person who follows what it is about, until their next letter."""
    if event.action in TOLD:
        keep_for_followers(subjects_of(event), event.created_at, event_id=event.id)


def note_turns(consultation: Consultation) -> None:
    """Keeps the opening and the closing of a consultation once its clock has come to them."""
    now = clock.now()
    subjects = [
        (SubjectKind.CONSULTATION, consultation.id),
        (SubjectKind.PROJECT, consultation.project_id),
    ]
    if consultation.cancelled_at is None and consultation.opens_at <= now:
        opened = consultation.opens_at
        keep_for_followers(subjects, opened, consultation_id=consultation.id, turn=Turn.OPENED)
    if consultation.cancelled_at is None and consultation.is_closed(now):
        closed = consultation.closes_at
        keep_for_followers(subjects, closed, consultation_id=consultation.id, turn=Turn.CLOSED)


def subjects_of(event: Event) -> list[Subject]:
    """Returns what one may follow to be told of an event."""
    kind, _colon, number = event.subject.partition(":")
    subjects = [(SubjectKind.PROJECT, event.project_id)] if event.project_id is not None else []
    consultation_id = _consultation_of(kind, int(number)) if number.isdigit() else None
    if consultation_id is not None:
        subjects.append((SubjectKind.CONSULTATION, consultation_id))
    if kind == "contribution":
        subjects.append((SubjectKind.QUESTION, int(number)))
    return subjects


def keep_for_followers(
    subjects: Collection[Subject],
    at: datetime,
    *,
    event_id: int | None = None,
    consultation_id: int | None = None,
    turn: Turn | None = None,
) -> None:
    """Adds one piece of news for each who followed one of these when it happened and has none of it yet."""
    if not subjects:
        return
    thing = (
        DigestItem.event_id == event_id
        if event_id is not None
        else sa.and_(DigestItem.consultation_id == consultation_id, DigestItem.turn == turn)
    )
    known = sa.select(DigestItem.id).where(DigestItem.person_id == Person.id, thing)
    columns = ("person_id", "event_id", "consultation_id", "turn", "created_at")
    values = (
        Person.id,
        sa.literal(event_id, sa.Integer()),
        sa.literal(consultation_id, sa.Integer()),
        sa.literal(turn, DigestItem.__table__.c.turn.type),
        sa.literal(clock.now(), DigestItem.__table__.c.created_at.type),
    )
    news = sa.select(*values).where(_followed(subjects, at), _wants_letters(), ~known.exists())
    try:
        with db.session.begin_nested():
            db.session.execute(sa.insert(DigestItem).from_select(columns, news))
    except IntegrityError:
        # Another worker at the same news wrote the same rows first.
        return


def _followed(subjects: Collection[Subject], at: datetime) -> sa.ColumnElement[bool]:
    any_of_these = sa.or_(
        *(
            sa.and_(Subscription.subject_kind == kind, Subscription.subject_id == number)
            for kind, number in subjects
        )
    )
    followed = sa.select(Subscription.id).where(
        Subscription.person_id == Person.id, Subscription.confirmed_at <= at, any_of_these
    )
    return followed.exists()


def _wants_letters() -> sa.ColumnElement[bool]:
    refused = sa.select(FollowSetting.id).where(
        FollowSetting.person_id == Person.id, FollowSetting.frequency == Frequency.NEVER
    )
    return sa.and_(Person.email.is_not(None), ~refused.exists())


def _consultation_of(kind: str, number: int) -> int | None:
    """Returns the consultation in which something happened; None outside any."""
    if kind == "consultation":
        return number
    found = {
        "summary": sa.select(Summary.consultation_id).where(Summary.id == number),
        "contribution": sa.select(Contribution.consultation_id).where(Contribution.id == number),
        "decision": sa.select(Summary.consultation_id)
        .join(Decision, Decision.summary_id == Summary.id)
        .where(Decision.id == number),
    }.get(kind)
    return db.session.scalar(found) if found is not None else None
