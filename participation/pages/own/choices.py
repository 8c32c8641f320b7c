"""What one person chose: positions, conditions supported, texts found useful; for that person only."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import ConditionSupport, Contribution, Position, UsefulVote
from participation.contributions.queries.places import WHERE_SAID
from participation.foundation.database import db
from participation.projects.models import Project

PAGE_SIZE = 20


class Chosen(enum.StrEnum):
    """What can be chosen; the words stand in addresses."""

    POSITIONS = "positions"
    SUPPORTS = "soutiens"
    USEFUL = "utiles"


@dataclass(frozen=True)
class Choosing:
    """One choice: the position taken in a consultation, or the text it is about."""

    row: Position | ConditionSupport | UsefulVote
    consultation: Consultation | None = None
    contribution: Contribution | None = None


@dataclass(frozen=True)
class ChoicesPage:
    """Some choices of one kind, last made first, how many there are, where the next page begins."""

    kind: Chosen
    choices: list[Choosing]
    total: int
    next_cursor: int | None


def choices_of(
    person: Person, kind: Chosen, *, before: int | None = None, size: int = PAGE_SIZE
) -> ChoicesPage:
    """Returns what somebody chose, of one kind, in two statements."""
    table = _TABLES[kind]
    own = (
        sa.select(table)
        .join(Participant, Participant.id == table.participant_id)
        .where(Participant.person_id == person.id)
    )
    total = db.session.scalar(own.with_only_columns(sa.func.count())) or 0
    page = _with_what_it_is_about(own, kind)
    if before is not None:
        page = page.where(table.id < before)
    rows = db.session.execute(page.order_by(table.id.desc()).limit(size + 1)).all()
    choices = [_choosing(kind, row) for row in rows[:size]]
    return ChoicesPage(kind, choices, total, choices[-1].row.id if len(rows) > size else None)


_TABLES: dict[Chosen, type[Position] | type[ConditionSupport] | type[UsefulVote]] = {
    Chosen.POSITIONS: Position,
    Chosen.SUPPORTS: ConditionSupport,
    Chosen.USEFUL: UsefulVote,
}


def _with_what_it_is_about(own: sa.Select[Any], kind: Chosen) -> sa.Select[Any]:
    if kind is Chosen.POSITIONS:
        with_project = joinedload(Consultation.project).joinedload(Project.collectivity)
        return (
            own.join(Consultation, Consultation.id == Position.consultation_id)
            .add_columns(Consultation)
            .options(with_project)
        )
    table = ConditionSupport if kind is Chosen.SUPPORTS else UsefulVote
    return (
        own.join(Contribution, Contribution.id == table.contribution_id)
        .add_columns(Contribution)
        .options(*WHERE_SAID)
    )


def _choosing(kind: Chosen, row: Sequence[Any]) -> Choosing:
    chosen, about = row[0], row[1]
    if kind is Chosen.POSITIONS:
        return Choosing(chosen, consultation=about)
    return Choosing(chosen, consultation=about.consultation, contribution=about)
