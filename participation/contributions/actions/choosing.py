"""Positions, supports and useful votes: one of each per participant, enforced by the database."""

from datetime import datetime

import sqlalchemy as sa

from participation.consultations.holding import hold_period
from participation.consultations.models import Participant
from participation.consultations.permissions import present_moment, require_open
from participation.contributions.models import (
    Choice,
    ConditionSupport,
    Contribution,
    Kind,
    Position,
    UsefulVote,
)
from participation.foundation.adding import add_once, add_or_find
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _


def take_position(participant: Participant, choice: Choice, *, now: datetime | None = None) -> Position:
    """Records where a participant stands at `now`, when it was sent; a position taken later is kept."""
    sent_at = _hold_open(participant, now)
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
    _require_votable(participant, condition, now)
    return _add_once(
        ConditionSupport(contribution_id=condition.id, participant_id=participant.id),
        condition,
        Contribution.support_count,
    )


def stop_supporting(
    participant: Participant, condition: Contribution, *, now: datetime | None = None
) -> bool:
    """Takes a support back; returns False when there was none."""
    _hold_open(participant, now)
    return _remove(ConditionSupport, participant, condition, Contribution.support_count)


def find_useful(participant: Participant, contribution: Contribution, *, now: datetime | None = None) -> bool:
    """Adds a useful vote to a published contribution; returns False when it was there already."""
    _require_votable(participant, contribution, now)
    return _add_once(
        UsefulVote(contribution_id=contribution.id, participant_id=participant.id),
        contribution,
        Contribution.useful_count,
    )


def stop_finding_useful(
    participant: Participant, contribution: Contribution, *, now: datetime | None = None
) -> bool:
    """Takes a useful vote back; returns False when there was none."""
    _hold_open(participant, now)
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


def _hold_open(participant: Participant, now: datetime | None) -> datetime:
    """Holds the period, checks that it takes what was sent at `now`, the present by default, and returns it.

    Outside a consultation, nothing is chosen.
    """
    if participant.consultation is None:
        raise NotPossibleNow(_("Outside a consultation, only questions to the service are taken."))
    hold_period(participant.consultation)
    sent_at = now or present_moment(participant.consultation)
    require_open(participant.consultation, sent_at)
    return sent_at


def _require_votable(participant: Participant, contribution: Contribution, now: datetime | None) -> None:
    _hold_open(participant, now)
    hold(contribution)
    if contribution.consultation_id != participant.consultation_id or not contribution.is_published:
        raise NotPossibleNow(_("This contribution is not published."))
    if contribution.participant_id == participant.id:
        raise NotAllowed(_("This is your own contribution: others say whether they agree with it."))


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
