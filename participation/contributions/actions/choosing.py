"""Positions, supports and useful votes: one of each per participant, enforced by the database."""

from datetime import datetime

import sqlalchemy as sa

from participation.consultations.holding import hold_counted, hold_period
from participation.consultations.models import Participant
from participation.consultations.permissions import require_assurance, require_open
from participation.contributions.models import (
    Choice,
    ConditionSupport,
    Contribution,
    Kind,
    Position,
    UsefulVote,
)
from participation.foundation import clock
from participation.foundation.adding import add_once, add_or_find
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _


def take_position(participant: Participant, choice: Choice, *, now: datetime | None = None) -> Position:
    """Records where a participant stands at `now`, when it was sent; a position taken later is kept."""
    sent_at = now or clock.now()
    participant = _hold_open(participant, sent_at)
    require_assurance(participant)
    position = _position_of(participant) or _first_position(participant, choice, sent_at)
    if position.changed_at <= sent_at:
        position.choice, position.changed_at = choice, sent_at
    db.session.flush()
    return position


def support_condition(
    participant: Participant, condition: Contribution, *, now: datetime | None = None
) -> bool:
    """Adds a support to a published condition; returns False when it was there already."""
    if condition.kind is not Kind.CONDITION:
        raise Invalid(_("Only a condition can be supported."))
    participant = _require_votable(participant, condition, now)
    return _add_once(
        ConditionSupport(contribution_id=condition.id, participant_id=participant.id),
        condition,
        Contribution.support_count,
    )


def stop_supporting(
    participant: Participant, condition: Contribution, *, now: datetime | None = None
) -> bool:
    """Takes a support back; returns False when there was none."""
    participant = _hold_open(participant, now or clock.now())
    return _remove(ConditionSupport, participant, condition, Contribution.support_count)


def find_useful(participant: Participant, contribution: Contribution, *, now: datetime | None = None) -> bool:
    """Adds a useful vote to a published contribution; returns False when it was there already."""
    participant = _require_votable(participant, contribution, now)
    return _add_once(
        UsefulVote(contribution_id=contribution.id, participant_id=participant.id),
        contribution,
        Contribution.useful_count,
    )


def stop_finding_useful(
    participant: Participant, contribution: Contribution, *, now: datetime | None = None
) -> bool:
    """Takes a useful vote back; returns False when there was none."""
    participant = _hold_open(participant, now or clock.now())
    return _remove(UsefulVote, participant, contribution, Contribution.useful_count)


def _position_of(participant: Participant) -> Position | None:
    taken = sa.select(Position).filter_by(
        consultation_id=participant.consultation_id, participant_id=participant.id
    )
    # Held: of two changes at once, the second compares itself with what the first wrote.
    held = taken.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalar(held)


def _first_position(participant: Participant, choice: Choice, sent_at: datetime) -> Position:
    position = Position(
        consultation_id=participant.consultation_id,
        participant_id=participant.id,
        choice=choice,
        changed_at=sent_at,
    )
    return add_or_find(position, lambda: _position_of(participant))


def _hold_open(participant: Participant, now: datetime) -> Participant:
    """Holds the period, checks that it takes what is chosen now, returns the participant that counts.

    Outside a consultation, nothing is chosen.
    """
    if participant.consultation is None:
        raise NotPossibleNow(_("Outside a consultation, only questions to the service are taken."))
    hold_period(participant.consultation)
    require_open(participant.consultation, now)
    return hold_counted(participant)


def _require_votable(
    participant: Participant, contribution: Contribution, now: datetime | None
) -> Participant:
    participant = _hold_open(participant, now or clock.now())
    require_assurance(participant)
    hold(contribution)
    if contribution.consultation_id != participant.consultation_id or not contribution.is_published:
        raise NotPossibleNow(_("This contribution is not published."))
    if _is_own(contribution, participant):
        raise NotAllowed(_("This is your own contribution: others say whether they agree with it."))
    return participant


def _is_own(contribution: Contribution, participant: Participant) -> bool:
    """Tells whether a person wrote it under any of their identities, which the caller holds."""
    wrote = sa.select(Participant.id).where(
        Participant.id == contribution.participant_id,
        sa.or_(Participant.id == participant.id, Participant.same_as_id == participant.id),
    )
    return db.session.scalar(wrote) is not None


def _add_once(
    vote: ConditionSupport | UsefulVote,
    contribution: Contribution,
    counter: sa.orm.InstrumentedAttribute[int],
) -> bool:
    if not add_once(vote):
        return False
    _count(contribution, counter, 1)
    return True


def _remove(
    table: type[ConditionSupport] | type[UsefulVote],
    participant: Participant,
    contribution: Contribution,
    counter: sa.orm.InstrumentedAttribute[int],
) -> bool:
    hold(contribution)
    own = sa.delete(table).where(
        table.contribution_id == contribution.id, table.participant_id == participant.id
    )
    # The row that is really taken away decides: taken back twice at once, it counts once.
    if db.session.execute(own).rowcount == 0:  # type: ignore[attr-defined]
        return False
    _count(contribution, counter, -1)
    return True


def _count(contribution: Contribution, counter: sa.orm.InstrumentedAttribute[int], change: int) -> None:
    row = sa.update(Contribution).where(Contribution.id == contribution.id)
    db.session.execute(row.values({counter: counter + change}))
