"""What two identities of one person chose becomes one choice: nothing is counted twice, nothing is lost."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.actions.linking import hold_both, identities_of, mark_same
from participation.consultations.models import Participant
from participation.consultations.queries import counted_in
from participation.contributions.actions.last_word import POSITION, has_later_word
from participation.contributions.actions.standing import stand_again, stand_again_with
from participation.contributions.actions.visibility import hold_place
from participation.contributions.models import ConditionSupport, Contribution, Position, UsefulVote
from participation.foundation.database import db
from participation.foundation.holding import hold_several

# Each table of votes with the counter that contributions keep of it.
VOTES = ((ConditionSupport, Contribution.support_count), (UsefulVote, Contribution.useful_count))


@dataclass(frozen=True)
class Linked:
    """What came of linking two participants: the one that counts, and since when its position stands."""

    participant: Participant
    # True when both had taken a position: the latest, of `counts_since`, counts.
    both_chose: bool = False
    counts_since: datetime | None = None
    # False when they were linked before: nothing changed.
    is_new: bool = True


def link_participants(kept: Participant, other: Participant) -> Linked:
    """Counts two participants of one consultation as one person, `kept`; done again, changes nothing.

    Of two positions the one sent last counts, under `kept`. Supports and useful votes are united, once
    each; those on texts of either are dropped, since nobody supports their own. Texts keep their own name:
    nothing public ties the two. From then on `other` belongs to the person of `kept`, and taking part with
    either lands on `kept`. Possible at any time, also after the closing; summaries keep their figures.
    The caller says it to the person (`both_chose`, `counts_since`).
    """
    hold_place(kept)
    kept, other = hold_both(kept, other)
    if kept.id == other.id:
        return Linked(kept, is_new=False)
    own = [*identities_of(kept), *identities_of(other)]
    _merge_votes(kept, other, own)
    position, both_chose = _merge_positions(kept, other)
    mark_same(kept, other, both_chose=both_chose)
    stand_again_with(own)
    return Linked(kept, both_chose, position.changed_at if position else None)


def link_participation(kept: Person, other: Person) -> list[Linked]:
    """Gives all that `other` took part in to `kept`; where both did, they are linked.

    The caller holds both people. Returns what was linked, in the order in which `other` took part.
    """
    linked = []
    for participant in _counted_of(other):
        own = db.session.scalar(counted_in(participant.consultation_id, participant.outside_project_id, kept))
        if own is not None:
            linked.append(link_participants(own, participant))
    # The rest, and what was linked to it, has nothing to be united with.
    db.session.flush()
    left = sa.update(Participant).where(Participant.person_id == other.id)
    db.session.execute(left.values(person_id=kept.id))
    return linked


def _merge_positions(kept: Participant, other: Participant) -> tuple[Position | None, bool]:
    """Leaves one position, the one sent last; returns it, and whether there were two."""
    taken = {one.participant_id: one for one in _positions_of(kept, other)}
    position, second = taken.get(kept.id), taken.get(other.id)
    if position is None and second is None:
        return None, False
    if position is None or second is None:
        return _single_position(position or second, kept, other), False
    if second.changed_at > position.changed_at:
        position.choice, position.changed_at = second.choice, second.changed_at
    db.session.delete(second)
    db.session.flush()
    return position, True


def _single_position(position: Position | None, kept: Participant, other: Participant) -> Position | None:
    """Gives the only position to `kept`, unless the other identity took its own back since: its last word."""
    if position is None:
        return None
    silent = other if position.participant_id == kept.id else kept
    if has_later_word(silent, POSITION, position.changed_at):
        db.session.delete(position)
        db.session.flush()
        return None
    position.participant_id = kept.id
    db.session.flush()
    return position


def _positions_of(*participants: Participant) -> list[Position]:
    taken = (
        sa.select(Position)
        .where(Position.participant_id.in_([one.id for one in participants]))
        .order_by(Position.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(taken))


def _merge_votes(kept: Participant, other: Participant, own: list[int]) -> None:
    """Unites supports and useful votes, then counts again on each text that one of them was about."""
    texts = _voted_by(kept, other)
    hold_several(Contribution, texts)
    own_texts = sa.select(Contribution.id).where(Contribution.participant_id.in_(own))
    for table, counter in VOTES:
        given = table.participant_id.in_([kept.id, other.id])
        _run(sa.delete(table).where(given, table.contribution_id.in_(own_texts)))
        given_too = sa.select(table.contribution_id).where(table.participant_id == kept.id)
        from_other = table.participant_id == other.id
        _run(sa.delete(table).where(from_other, table.contribution_id.in_(given_too)))
        _run(sa.update(table).where(from_other).values(participant_id=kept.id))
        recount = sa.select(sa.func.count(table.id)).where(table.contribution_id == Contribution.id)
        _run(
            sa.update(Contribution)
            .where(Contribution.id.in_(texts))
            .values({counter: recount.scalar_subquery()})
        )
    # Held before the counts changed.
    hold_several(Contribution, texts)
    for number in sorted(texts):
        stand_again(number)


def _voted_by(*participants: Participant) -> set[int]:
    numbers = [one.id for one in participants]
    return {
        text
        for table, _counter in VOTES
        for text in db.session.scalars(
            sa.select(table.contribution_id).where(table.participant_id.in_(numbers))
        )
    }


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


def _counted_of(person: Person) -> list[Participant]:
    counted = sa.select(Participant).filter_by(person_id=person.id, same_as_id=None)
    return list(db.session.scalars(counted.order_by(Participant.id)))
