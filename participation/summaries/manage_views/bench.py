"""What the lists of the bench share: filters in the address, and acting on the ticked, the shown or all."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import request

from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.foundation.errors import Invalid
from participation.foundation.i18n import gettext as _
from participation.foundation.text import clean
from participation.summaries import queries
from participation.summaries.models import Theme
from participation.summaries.queries import BENCH_PAGE, BenchPage, SaidAs, Wanted
from participation.web.pagination import one_of, page_number

LONGEST_SEARCH = 200
UNSORTED, ALL = "none", "all"


@dataclass(frozen=True)
class Filters:
    """What a list shows, as its address says it; unknown values keep everything."""

    themes: list[Theme]
    kinds: list[SaidAs]
    default: str
    wanted: Wanted

    @property
    def query(self) -> dict[str, str]:
        """Returns what the address of the same list says, without its page."""
        place = {"theme": self.place} if self.place != self.default else {}
        said = {"kind": self.wanted.said_as or "", "q": self.wanted.words}
        return {**place, **{name: value for name, value in said.items() if value}}

    @property
    def place(self) -> str:
        """Returns the chosen theme by its number, `none` or `all`."""
        if self.wanted.theme is not None:
            return str(self.wanted.theme.id)
        return UNSORTED if self.wanted.is_unsorted else ALL


def filters_of(consultation: Consultation, *, default: str) -> Filters:
    """Reads theme, kind and words from the address."""
    themes, kinds = queries.themes_of(consultation), queries.kinds_said(consultation.id)
    place = one_of("theme", [UNSORTED, ALL, *(str(theme.id) for theme in themes)], default)
    kind = one_of("kind", kinds, "")
    wanted = Wanted(
        theme=next((theme for theme in themes if str(theme.id) == place), None),
        is_unsorted=place == UNSORTED,
        said_as=SaidAs(kind) if kind else None,
        words=clean(request.args.get("q", ""))[:LONGEST_SEARCH],
    )
    return Filters(themes, kinds, default, wanted)


def page_of(consultation: Consultation, filters: Filters, *extra: sa.ColumnElement[bool]) -> BenchPage:
    """Returns the page of the list that the address asks for."""
    return queries.contributions_chosen(consultation.id, filters.wanted, *extra, page=page_number())


def reached(
    consultation: Consultation, filters: Filters, *extra: sa.ColumnElement[bool]
) -> list[Contribution]:
    """Returns what a press is about: those ticked, those shown on the page, or the whole list.

    Raises Invalid when nothing is reached, and when the whole list is no longer what was seen.
    """
    reach = request.form.get("reach", "ticked")
    if reach == "all":
        return _unchanged(queries.all_chosen(consultation.id, filters.wanted, *extra))
    shown = request.form.get("shown", "").split()[:BENCH_PAGE]
    refs = shown if reach == "shown" else request.form.getlist("refs")
    picked = queries.of_consultation(consultation.id, refs)
    if not picked:
        raise Invalid(_("Tick at least one contribution."), "refs")
    return picked


def _unchanged(found: list[Contribution]) -> list[Contribution]:
    if not found or str(len(found)) != request.form.get("total"):
        raise Invalid(_("This list has changed since you opened it. Look at it again, then press once more."))
    return found
