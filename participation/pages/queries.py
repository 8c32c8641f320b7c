"""What the home pages show, of all collectivities or of one, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from participation.consultations.models import Consultation
from participation.contributions.queries import Tally, position_tallies
from participation.decisions.models import Decision, DecisionVersion
from participation.decisions.queries import latest_published
from participation.foundation.database import db
from participation.pages.deadlines import Owed, Punctuality, late_for_the_public, punctuality
from participation.pages.remaining import Remaining, remaining
from participation.projects.models import Project

LISTED = 12
DECISIONS_LISTED = 3


@dataclass(frozen=True)
class OpenNow:
    """A consultation with the positions taken and the time left."""

    consultation: Consultation
    tally: Tally
    left: Remaining


@dataclass(frozen=True)
class Home:
    """Everything a home page shows."""

    open_now: list[OpenNow]
    paused: list[Consultation]
    coming: list[Consultation]
    decided: list[DecisionVersion]
    late: list[Owed]
    punctuality: Punctuality


def home_of(now: datetime, *, collectivity_id: int | None = None) -> Home:
    """Returns what is open (closing soonest first), suspended, coming, decided, owed and late."""
    period = _not_over(now, collectivity_id)
    tallies = position_tallies([consultation.id for consultation in period])
    return Home(
        open_now=[_open_now(one, tallies[one.id], now) for one in period if one.is_open(now)],
        paused=[one for one in period if one.is_paused],
        coming=sorted((one for one in period if now < one.opens_at), key=lambda one: one.opens_at),
        decided=_just_decided(now, collectivity_id),
        late=late_for_the_public(now, collectivity_id),
        punctuality=punctuality(now, collectivity_id),
    )


def _not_over(now: datetime, collectivity_id: int | None) -> list[Consultation]:
    is_open = sa.and_(Consultation.opens_at <= now, Consultation.paused_at.is_(None))
    listed = (
        sa.select(Consultation)
        .join(Consultation.project)
        .where(
            Consultation.announced_at.is_not(None),
            Consultation.cancelled_at.is_(None),
            sa.or_(Consultation.closes_at > now, Consultation.paused_at.is_not(None)),
        )
        .options(contains_eager(Consultation.project).joinedload(Project.collectivity))
        .order_by(sa.case((is_open, 0), else_=1), Consultation.closes_at, Consultation.id)
        .limit(LISTED)
    )
    if collectivity_id is not None:
        listed = listed.where(Project.collectivity_id == collectivity_id)
    return list(db.session.scalars(listed))


def _open_now(consultation: Consultation, tally: Tally, now: datetime) -> OpenNow:
    zone = consultation.project.collectivity.timezone
    return OpenNow(consultation, tally, remaining(now, consultation.closes_at, zone))


def _just_decided(now: datetime, collectivity_id: int | None) -> list[DecisionVersion]:
    latest = latest_published().subquery()
    in_force = sa.and_(
        DecisionVersion.decision_id == latest.c.decision_id, DecisionVersion.number == latest.c.number
    )
    decided = (
        sa.select(DecisionVersion)
        .join(latest, in_force)
        .join(DecisionVersion.decision)
        .join(Decision.project)
        .where(DecisionVersion.published_at <= now)
        .options(
            contains_eager(DecisionVersion.decision)
            .contains_eager(Decision.project)
            .options(joinedload(Project.collectivity))
        )
        .order_by(DecisionVersion.held_on.desc(), DecisionVersion.id.desc())
        .limit(DECISIONS_LISTED)
    )
    if collectivity_id is not None:
        decided = decided.where(Project.collectivity_id == collectivity_id)
    return list(db.session.scalars(decided))
