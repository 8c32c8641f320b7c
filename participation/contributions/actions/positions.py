"""Where a participant stands: one position each, enforced by the database; the last word counts."""

from datetime import datetime

import sqlalchemy as sa

from participation.consultations.holding import hold_counted, hold_period
from participation.consultations.models import Participant
from participation.consultations.permissions import present_moment, require_assurance, require_open
from participation.contributions.actions.last_word import POSITION, has_later_word
from participation.contributions.models import Choice, Position
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _


def take_position(
    participant: Participant, choice: Choice, *, now: datetime | None = None
) -> Position | None:
    """Records where a participant stands at `now`, when it was sent; what they said later is kept.

    Returns the position that counts; None when they withdrew it after sending this one.
    """
    participant, sent_at = hold_open(participant, now)
    require_assurance(participant)
    position = position_of(participant)
    if position is None:
        if has_later_word(participant, POSITION, sent_at):
            return None
        position = _first_position(participant, choice, sent_at)
    if position.changed_at <= sent_at:
        position.choice, position.changed_at = choice, sent_at
    db.session.flush()
    return position


def withdraw_position(participant: Participant, *, now: datetime | None = None) -> bool:
    """Takes a position back, until the closing; returns False when there was none, or a later one.

    That it was taken back is kept in the submission (`last_word`): a form sent before it and confirmed
    after it changes nothing.
    """
    participant, sent_at = hold_open(participant, now)
    position = position_of(participant)
    if position is None or position.changed_at > sent_at:
        return False
    db.session.delete(position)
    db.session.flush()
    return True


def hold_open(participant: Participant, now: datetime | None) -> tuple[Participant, datetime]:
    """Holds the period and checks that it takes what was sent at `now`, the present by default.

    Returns the participant that counts, and that moment. Outside a consultation, nothing is chosen.
    """
    if participant.consultation is None:
        raise NotPossibleNow(_("Outside a consultation, only questions to the service are taken."))
    hold_period(participant.consultation)
    sent_at = now or present_moment(participant.consultation)
    require_open(participant.consultation, sent_at)
    return hold_counted(participant), sent_at


def position_of(participant: Participant) -> Position | None:
    """Returns the row, held: of two changes at once, the second compares itself with what the first wrote."""
    taken = sa.select(Position).filter_by(
        consultation_id=participant.consultation_id, participant_id=participant.id
    )
    held = taken.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalar(held)


def _first_position(participant: Participant, choice: Choice, sent_at: datetime) -> Position:
    position = Position(
        consultation_id=participant.consultation_id,
        participant_id=participant.id,
        choice=choice,
        changed_at=sent_at,
    )
    return add_or_find(position, lambda: position_of(participant))
