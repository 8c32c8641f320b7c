"""Which contributions a list of the bench holds: by theme, by what they are, by the words in them."""

import enum
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.contributions.models import PROPOSAL, Contribution, Kind
from participation.foundation.database import db
from participation.summaries.models import Theme, ThemeAssignment
from participation.summaries.queries.covering import is_to_be_covered
from participation.summaries.queries.reading import is_under

BENCH_PAGE = 30
MOST_WORDS = 8


class SaidAs(enum.StrEnum):
    """What a contribution was given as; a proposal comes from another platform."""

    COMMENT = "comment"
    PROPOSAL = "proposal"
    EXPERIENCE = "experience"
    REASON = "reason"
    CONDITION = "condition"
    QUESTION = "question"


_KINDS = {
    SaidAs.EXPERIENCE: Kind.EXPERIENCE,
    SaidAs.REASON: Kind.POSITION_REASON,
    SaidAs.CONDITION: Kind.CONDITION,
    SaidAs.QUESTION: Kind.SERVICE_QUESTION,
}


@dataclass(frozen=True)
class Wanted:
    """What a reader of the bench asked for; every word searched must stand in the title or the text."""

    theme: Theme | None = None
    is_unsorted: bool = False
    said_as: SaidAs | None = None
    words: str = ""

    @property
    def is_everything(self) -> bool:
        """Tells whether nothing is filtered out."""
        return self == Wanted()

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Returns the conditions a contribution meets to be listed."""
        met = [_holds_word(word) for word in self.words.split()[:MOST_WORDS]]
        if self.theme is not None:
            met.append(is_under(self.theme))
        elif self.is_unsorted:
            met.append(is_unsorted())
        if self.said_as is not None:
            met.append(_is_said_as(self.said_as))
        return met


@dataclass(frozen=True)
class BenchPage:
    """A page of contributions, how many match in all, and the themes each stands under."""

    contributions: list[Contribution]
    total: int
    themes: dict[int, list[Theme]]
    number: int = 1
    size: int = BENCH_PAGE

    @property
    def last(self) -> int:
        """Returns the number of the last page, 1 when there is nothing."""
        return max(1, -(-self.total // self.size))


def is_unsorted() -> sa.ColumnElement[bool]:
    """Tells whether a contribution stands under no theme."""
    return ~(sa.exists().where(ThemeAssignment.contribution_id == Contribution.id).correlate(Contribution))


def contributions_chosen(
    consultation_id: int,
    wanted: Wanted,
    *extra: sa.ColumnElement[bool],
    page: int = 1,
    size: int = BENCH_PAGE,
) -> BenchPage:
    """Returns a page of public contributions, oldest first; a page beyond the last is the last."""
    listed = _listed(consultation_id, wanted, extra)
    total = db.session.scalar(listed.with_only_columns(sa.func.count(Contribution.id))) or 0
    number = min(page, max(1, -(-total // size)))
    ordered = listed.options(joinedload(Contribution.participant)).order_by(
        Contribution.created_at, Contribution.id
    )
    contributions = list(db.session.scalars(ordered.offset((number - 1) * size).limit(size)))
    themes = _themes_by_contribution([one.id for one in contributions])
    return BenchPage(contributions, total, themes, number, size)


def all_chosen(consultation_id: int, wanted: Wanted, *extra: sa.ColumnElement[bool]) -> list[Contribution]:
    """Returns every contribution of a list, whatever its pages."""
    return list(db.session.scalars(_listed(consultation_id, wanted, extra).order_by(Contribution.id)))


def kinds_said(consultation_id: int) -> list[SaidAs]:
    """Returns what public contributions were given as, without what nobody gave."""
    counts = [sa.func.count().filter(_is_said_as(one)).label(one) for one in SaidAs]
    row = db.session.execute(sa.select(*counts).where(is_to_be_covered(consultation_id))).one()
    return [one for one, count in zip(SaidAs, row, strict=True) if count]


def of_consultation(consultation_id: int, refs: Collection[str]) -> list[Contribution]:
    """Returns the public contributions of one consultation with these references."""
    known = [ref for ref in refs if ref.isalnum()]
    ticked = sa.select(Contribution).where(is_to_be_covered(consultation_id), Contribution.ref.in_(known))
    return list(db.session.scalars(ticked.order_by(Contribution.id)))


def _listed(
    consultation_id: int, wanted: Wanted, extra: Collection[sa.ColumnElement[bool]]
) -> sa.Select[Contribution]:
    return sa.select(Contribution).where(is_to_be_covered(consultation_id), *wanted.conditions(), *extra)


def _holds_word(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(
        Contribution.body.icontains(word, autoescape=True),
        Contribution.title.icontains(word, autoescape=True),
    )


def _is_said_as(said_as: SaidAs) -> sa.ColumnElement[bool]:
    is_proposal = sa.func.coalesce(Contribution.source_key, "").startswith(PROPOSAL)
    if said_as is SaidAs.PROPOSAL:
        return is_proposal
    if said_as is SaidAs.COMMENT:
        return sa.and_(Contribution.kind.not_in(list(_KINDS.values())), ~is_proposal)
    return Contribution.kind == _KINDS[said_as]


def _themes_by_contribution(contribution_ids: Collection[int]) -> dict[int, list[Theme]]:
    if not contribution_ids:
        return {}
    named = (
        sa.select(ThemeAssignment.contribution_id, Theme)
        .join(Theme, Theme.id == ThemeAssignment.theme_id)
        .where(ThemeAssignment.contribution_id.in_(contribution_ids))
        .order_by(Theme.position, Theme.id)
    )
    themes: dict[int, list[Theme]] = {}
    for contribution_id, theme in db.session.execute(named):
        themes.setdefault(contribution_id, []).append(theme)
    return themes
