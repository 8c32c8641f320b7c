"""Contributions as the sorting page lists them: by theme, unsorted or all, with a search."""

import enum
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.contributions.models import Contribution
from participation.foundation.database import db
from participation.summaries.models import Theme, ThemeAssignment
from participation.summaries.queries.covering import is_to_be_covered

SORT_PAGE = 50


class SortFilter(enum.StrEnum):
    """Which contributions are listed when no theme is chosen."""

    UNSORTED = "unsorted"
    ALL = "all"


@dataclass(frozen=True)
class SortPage:
    """Fifty contributions at most, how many match, and the themes each stands under."""

    contributions: list[Contribution]
    total: int
    themes: dict[int, list[str]]


def contributions_to_sort(
    consultation_id: int,
    *,
    shown: str = SortFilter.UNSORTED,
    theme: Theme | None = None,
    words: str = "",
    page: int = 1,
    size: int = SORT_PAGE,
) -> SortPage:
    """Returns a page of public contributions, oldest first; every word searched must stand in the text."""
    listed = sa.select(Contribution).where(is_to_be_covered(consultation_id))
    under = sa.exists().where(ThemeAssignment.contribution_id == Contribution.id)
    if theme is not None:
        listed = listed.where(under.where(ThemeAssignment.theme_id == theme.id))
    elif shown == SortFilter.UNSORTED:
        listed = listed.where(~under)
    for word in words.split()[:8]:
        listed = listed.where(
            sa.or_(
                Contribution.body.icontains(word, autoescape=True),
                Contribution.title.icontains(word, autoescape=True),
            )
        )
    total = db.session.scalar(listed.with_only_columns(sa.func.count(Contribution.id))) or 0
    ordered = listed.options(joinedload(Contribution.participant)).order_by(
        Contribution.created_at, Contribution.id
    )
    contributions = list(db.session.scalars(ordered.offset((page - 1) * size).limit(size)))
    return SortPage(contributions, total, _themes_by_contribution([one.id for one in contributions]))


def of_consultation(consultation_id: int, refs: Collection[str]) -> list[Contribution]:
    """Returns the public contributions of one consultation with these references."""
    known = [ref for ref in refs if ref.isalnum()]
    ticked = sa.select(Contribution).where(is_to_be_covered(consultation_id), Contribution.ref.in_(known))
    return list(db.session.scalars(ticked.order_by(Contribution.id)))


def _themes_by_contribution(contribution_ids: Collection[int]) -> dict[int, list[str]]:
    if not contribution_ids:
        return {}
    named = (
        sa.select(ThemeAssignment.contribution_id, Theme.name)
        .join(Theme, Theme.id == ThemeAssignment.theme_id)
        .where(ThemeAssignment.contribution_id.in_(contribution_ids))
        .order_by(Theme.position, Theme.id)
    )
    themes: dict[int, list[str]] = {}
    for contribution_id, name in db.session.execute(named):
        themes.setdefault(contribution_id, []).append(name)
    return themes
