"""Builds the demo town: fictional people do, in their order, what people do on the pages."""

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from participation.collectivities.models import Collectivity, Role
from participation.decisions.models import DecisionVersion
from participation.demo import tales
from participation.demo.charter import CharterTale
from participation.demo.chronicle import Chronicle
from participation.demo.debate import DebateTale
from participation.demo.dossier import DossierTale
from participation.demo.following import tell_following
from participation.demo.outcome import OutcomeTale
from participation.demo.people import Town, settle_town
from participation.demo.questions import QuestionsTale
from participation.demo.tales import Calendar, Tale
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.outbox import OutboxMessage
from participation.notifications.mails import add_notices
from participation.notifications.models import Notice, NoticeState
from participation.notifications.paper.actions import print_letters
from participation.notifications.paper.queries import letters_of

# What stands in the demo's mailbox when it opens: the last things that happened.
MAILS_KEPT = 6


def is_empty() -> bool:
    """Tells whether no collectivity lives in the database yet."""
    return db.session.scalar(sa.select(Collectivity.id).limit(1)) is None


def holds_a_real_collectivity() -> bool:
    """Tells whether somebody else's collectivity lives in the database: the demo must not open its doors."""
    fictional = [told["slug"] for told in tales.town()["collectivities"]]
    return (
        db.session.scalar(sa.select(Collectivity.id).where(Collectivity.slug.not_in(fictional))) is not None
    )


def build_town(app: Flask) -> None:
    """Tells the whole town in one transaction: killed on the way, nothing is half built."""
    with app.app_context():
        calendar = Calendar(datetime.now(UTC))
        first = min(tale["milestones"]["proposed_day"] for tale in tales.projects())
        with clock.pretend(calendar.at(first - 30, tales.OPENS_AT)):
            town = settle_town(tales.town())
        for tale in tales.projects():
            _tell_project(town, tale, calendar)
        _tell_charter(town, calendar)
        _print_old_letters(town, calendar)
        tell_following(calendar.built_at)
        _forget_old_mails()
        db.session.commit()


def _tell_project(town: Town, tale: Tale, calendar: Calendar) -> None:
    chronicle = Chronicle(calendar.built_at)
    dossier = DossierTale(town, tale, calendar)
    dossier.note(chronicle)
    debate = DebateTale(town, dossier, calendar) if "consultation" in tale else None
    if debate is not None:
        debate.note(chronicle)
    QuestionsTale(town, dossier, calendar).note(chronicle)
    outcome = OutcomeTale(town, dossier, debate, calendar)
    outcome.note(chronicle)
    chronicle.tell()
    if outcome.published is not None:
        _tell_everybody(town, outcome.published)
    db.session.flush()


def _print_old_letters(town: Town, calendar: Calendar) -> None:
    """Prints what was owed for consultations that are over: the letters of the open ones wait."""
    for body in town.collectivities.values():
        agent = town.member(body, Role.AGENT)
        old = [one for one in letters_of(body.id) if one.form.consultation.closes_at < calendar.built_at]
        if old:
            print_letters([one.key for one in old], member=agent)


def _tell_charter(town: Town, calendar: Calendar) -> None:
    chronicle = Chronicle(calendar.built_at)
    CharterTale(town, tales.charter(), calendar).note(chronicle)
    chronicle.tell()


def _tell_everybody(town: Town, version: DecisionVersion) -> None:
    """Marks as told those who took part; the residents of the town really receive their mail."""
    if version.published_at is None:
        return
    with clock.pretend(version.published_at):
        while add_notices(version):
            pass
    residents = [person.id for person in town.residents.values() if person.has_account]
    old = sa.update(Notice).where(Notice.version_id == version.id, Notice.person_id.not_in(residents))
    db.session.execute(old.values(state=NoticeState.SENT, told_at=version.published_at))


def _forget_old_mails() -> None:
    """Marks the work of the past as done, but for the last mails: a mailbox of hundreds says nothing."""
    db.session.flush()
    waiting = sa.select(OutboxMessage.id).where(OutboxMessage.done_at.is_(None))
    last = waiting.where(OutboxMessage.kind.like("mail.%")).order_by(
        OutboxMessage.created_at.desc(), OutboxMessage.id.desc()
    )
    kept = set(db.session.scalars(last.limit(MAILS_KEPT))) | _notices_to_send() | _letters_to_send()
    forgotten = sa.update(OutboxMessage).where(OutboxMessage.done_at.is_(None), OutboxMessage.id.not_in(kept))
    db.session.execute(forgotten.values(done_at=OutboxMessage.created_at))


def _notices_to_send() -> set[int]:
    queued = set(db.session.scalars(sa.select(Notice.id).where(Notice.state == NoticeState.QUEUED)))
    telling = sa.select(OutboxMessage).where(OutboxMessage.kind == "notices.tell")
    return {row.id for row in db.session.scalars(telling) if row.payload["notice"] in queued}


def _letters_to_send() -> set[int]:
    letters = sa.select(OutboxMessage.id).where(
        OutboxMessage.kind == "digests.send", OutboxMessage.done_at.is_(None)
    )
    return set(db.session.scalars(letters))
