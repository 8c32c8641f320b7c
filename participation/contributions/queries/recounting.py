"""What a recount needs: each position, support and vote, beside the totals that the pages print.

Everything comes from one statement, hence from one state of the database, also on PostgreSQL.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from participation.consultations.models import Assurance, Channel, Participant
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    Position,
    UsefulVote,
    Visibility,
)
from participation.contributions.queries.tallies import LevelTally, Tally, without_small
from participation.foundation.database import db

# A choice, how it reached us and how sure we are; both are empty where small levels are merged.
Choosing = tuple[str, str, str]
PARTS = ("position", "level", "support", "useful", "text")


@dataclass(frozen=True, order=True)
class Text:
    """A published text with the counters that stand beside it."""

    ref: str
    kind: str
    supports: int
    useful: int


@dataclass(frozen=True)
class Counted:
    """Rows without person, order or moment, and the totals as they are printed."""

    positions: list[Choosing]
    # The reference of the text, once for each support or vote.
    supports: list[str]
    useful: list[str]
    levels: list[LevelTally]
    texts: list[Text]

    @property
    def total(self) -> Tally:
        """Returns the positions of all levels together."""
        return sum((level.tally for level in self.levels), Tally())


def counted_of(consultation_id: int) -> Counted:
    """Returns what was chosen in a consultation; a text that is not published is left out with its votes."""
    rows: dict[str, list[sa.Row[Any]]] = {part: [] for part in PARTS}
    for row in db.session.execute(_statement(), {"consultation_id": consultation_id}):
        rows[row.part].append(row)
    levels = _levels(rows["level"])
    apart = {(level.channel, level.assurance) for level in levels}
    return Counted(
        positions=sorted(_choosing(row, apart) for row in rows["position"]),
        supports=sorted(row.ref for row in rows["support"]),
        useful=sorted(row.ref for row in rows["useful"]),
        levels=levels,
        texts=sorted(Text(row.ref, row.word, row.first, row.second) for row in rows["text"]),
    )


def _levels(rows: list[sa.Row[Any]]) -> list[LevelTally]:
    tallies: dict[tuple[Channel, Assurance], Tally] = {}
    for row in sorted(rows, key=lambda row: (row.channel, row.assurance)):
        level = Channel(row.channel), Assurance(row.assurance)
        tallies[level] = tallies.get(level, Tally()) + Tally(**{row.word: row.first})
    levels = [LevelTally(channel, assurance, tally) for (channel, assurance), tally in tallies.items()]
    return without_small(sorted(levels, key=lambda level: -level.tally.total))


def _choosing(row: sa.Row[Any], apart: set[tuple[Channel | None, Assurance | None]]) -> Choosing:
    is_apart = (Channel(row.channel), Assurance(row.assurance)) in apart
    return (row.word, row.channel, row.assurance) if is_apart else (row.word, "", "")


@cache
def _statement() -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Returns five parts in one statement, in the same columns."""
    level = Participant.channel, Participant.assurance
    positions = sa.join(Position, Participant, Participant.id == Position.participant_id)
    here = Position.consultation_id == sa.bindparam("consultation_id")
    choices = _part("level", word=Position.choice, level=level, first=sa.func.count())
    return sa.union_all(
        _part("position", word=Position.choice, level=level).select_from(positions).where(here),
        choices.select_from(positions).where(here).group_by(*level, Position.choice),
        _votes("support", ConditionSupport),
        _votes("useful", UsefulVote),
        _part(
            "text",
            ref=Contribution.ref,
            word=Contribution.kind,
            first=Contribution.support_count,
            second=Contribution.useful_count,
        ).where(*_published()),
    )


def _votes(name: str, table: type[ConditionSupport] | type[UsefulVote]) -> sa.Select[*tuple[Any, ...]]:
    votes = sa.join(table, Contribution, Contribution.id == table.contribution_id)
    return _part(name, ref=Contribution.ref).select_from(votes).where(*_published())


def _published() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Contribution.consultation_id == sa.bindparam("consultation_id"),
        Contribution.visibility == Visibility.PUBLISHED,
    )


def _part(
    name: str, *, ref: Any = "", word: Any = "", level: Any = ("", ""), **numbers: Any
) -> sa.Select[*tuple[Any, ...]]:
    """Returns one part of the union; what a part doesn't say is empty, or zero."""
    words = {"part": name, "ref": ref, "word": word, "channel": level[0], "assurance": level[1]}
    columns = [_as_text(value).label(column) for column, value in words.items()]
    counts = [sa.cast(numbers.get(column, 0), sa.Integer).label(column) for column in ("first", "second")]
    return sa.select(*columns, *counts)


def _as_text(value: Any) -> sa.ColumnElement[str]:
    return sa.literal(value, sa.Text) if isinstance(value, str) else sa.type_coerce(value, sa.Text)
