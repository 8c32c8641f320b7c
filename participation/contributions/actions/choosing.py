"""Supports and useful votes: one of each per participant, enforced by the database."""

from datetime import datetime

import sqlalchemy as sa

from participation.consultations.models import Participant
from participation.consultations.permissions import require_assurance
from participation.contributions.actions.last_word import SUPPORT, USEFUL, has_later_word
from participation.contributions.actions.positions import hold_open
from participation.contributions.actions.standing import stand_again
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    Kind,
    UsefulVote,
)
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _


def support_condition(
    participant: Participant, condition: Contribution, *, now: datetime | None = None
) -> bool:
    """Adds a support to a published condition; returns False when it was there, or taken back since."""
    if condition.kind is not Kind.CONDITION:
        raise Invalid(_("Only a condition can be supported."))
    participant, sent_at = _require_votable(participant, condition, now)
    if has_later_word(participant, SUPPORT, sent_at, condition.ref):
        return False
    return _add_once(
        ConditionSupport(contribution_id=condition.id, participant_id=participant.id),
        condition,
        Contribution.support_count,
    )


def stop_supporting(
    participant: Participant, condition: Contribution, *, now: datetime | None = None
) -> bool:
    """Takes a support back; returns False when there was none, or a later one."""
    participant, sent_at = hold_open(participant, now)
    if has_later_word(participant, SUPPORT, sent_at, condition.ref):
        return False
    return _remove(ConditionSupport, participant, condition, Contribution.support_count)


def find_useful(participant: Participant, contribution: Contribution, *, now: datetime | None = None) -> bool:
    """Adds a useful vote to a published contribution; False when it was there, or taken back since."""
    participant, sent_at = _require_votable(participant, contribution, now)
    if has_later_word(participant, USEFUL, sent_at, contribution.ref):
        return False
    return _add_once(
        UsefulVote(contribution_id=contribution.id, participant_id=participant.id),
        contribution,
        Contribution.useful_count,
    )


def stop_finding_useful(
    participant: Participant, contribution: Contribution, *, now: datetime | None = None
) -> bool:
    """Takes a useful vote back; returns False when there was none, or a later one."""
    participant, sent_at = hold_open(participant, now)
    if has_later_word(participant, USEFUL, sent_at, contribution.ref):
        return False
    return _remove(UsefulVote, participant, contribution, Contribution.useful_count)


def _require_votable(
    participant: Participant, contribution: Contribution, now: datetime | None
) -> tuple[Participant, datetime]:
    """Returns the participant that counts and the moment, both held with the text and fit to go together."""
    participant, sent_at = hold_open(participant, now)
    require_assurance(participant)
    hold(contribution)
    if contribution.consultation_id != participant.consultation_id or not contribution.is_published:
        raise NotPossibleNow(_("This contribution is not published."))
    if _is_own(contribution, participant):
        raise NotAllowed(_("This is your own contribution: others say whether they agree with it."))
    return participant, sent_at


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
    stand_again(contribution.id)
