"""Noting that a form was sent, and refusing what comes too often: counted in the database, for all processes.

In the transaction of the form: refused or failed, it leaves no trace. Two forms at the very same moment don't
see one another on PostgreSQL, so a limit may be passed by as many as there are processes (decision 0018).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import TooOften
from participation.foundation.i18n import lazy_ngettext
from participation.vigilance.models import Rule, Sending

WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    """How many forms are taken within an hour: of a person, to one mailbox, of a network, in all."""

    person: int
    mailbox: int
    network: int
    total: int


def note_sending(
    form_key: str,
    kind: str,
    *,
    person: Person | None = None,
    sends_mail: bool = False,
    consultation_id: int | None = None,
    network_keys: Sequence[str] = (),
    seconds: float | None = None,
    signs: Collection[Rule] = (),
    limits: Limits | None = None,
) -> None:
    """Notes one form, once per key; raises TooOften where its sender, network or all together sent too many.

    `network_keys` are those of today and of yesterday; none for a known network, which has no limit.
    """
    now = clock.now()
    counted = _counted(limits, person, network_keys, sends_mail=sends_mail) if limits else []
    known, *numbers = db.session.execute(
        sa.select(_noted(form_key), *(_number(which, now) for which, _most in counted))
    ).one()
    if known:
        return
    for (which, most), number in zip(counted, numbers, strict=True):
        if number >= most:
            raise _too_often(which, most, now)
    add_once(
        Sending(
            form_key=form_key,
            kind=kind,
            person_id=person.id if person else None,
            consultation_id=consultation_id,
            network_key=network_keys[0] if network_keys else None,
            seconds=round(seconds, 1) if seconds is not None else None,
            signs=sorted(signs),
            created_at=now,
        )
    )


def _counted(
    limits: Limits, person: Person | None, network_keys: Sequence[str], *, sends_mail: bool
) -> list[tuple[sa.ColumnElement[bool], int]]:
    """Returns whose forms are counted, and how many of them are taken."""
    return [
        (
            Sending.person_id == (person.id if person else None),
            limits.mailbox if sends_mail else limits.person,
        ),
        (Sending.network_key.in_(network_keys), limits.network),
        (sa.true(), limits.total),
    ]


def _noted(form_key: str) -> sa.ColumnElement[bool]:
    return sa.exists(sa.select(Sending.id).where(Sending.form_key == form_key))


def _number(which: sa.ColumnElement[bool], now: datetime) -> sa.ScalarSelect[int]:
    recent = sa.select(sa.func.count(Sending.id)).where(which, Sending.created_at > now - WITHIN)
    return recent.scalar_subquery()


def _too_often(which: sa.ColumnElement[bool], most: int, now: datetime) -> TooOften:
    """Returns the refusal, with the seconds until the oldest of the last `most` forms is an hour old."""
    oldest = (
        sa.select(Sending.created_at)
        .where(which)
        .order_by(Sending.created_at.desc())
        .offset(most - 1)
        .limit(1)
    )
    since = db.session.scalar(oldest) or now
    seconds = max(1, int((since + WITHIN - now).total_seconds()) + 1)
    return TooOften(
        lazy_ngettext(
            "Many forms came from you or from your network within an hour. Nothing is lost: "
            "leave this page open and send it again in %(num)s minute.",
            "Many forms came from you or from your network within an hour. Nothing is lost: "
            "leave this page open and send it again in %(num)s minutes.",
            -(-seconds // 60),
        ),
        seconds,
    )
