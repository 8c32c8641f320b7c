"""The sorting bench: contributions in a list, ticked and put under a theme together."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.text import clean
from participation.summaries import queries
from participation.summaries.actions import assign_theme_to_several, unassign_theme
from participation.summaries.forms import SortForm
from participation.summaries.manage_views.entrance import FOLDER, WRITERS, blueprint, to, unfrozen_or_404
from participation.summaries.models import Theme
from participation.web.pagination import Page, one_of, page_number


@blueprint.route(FOLDER + "/<slug>/classer", methods=["GET", "POST"])
@staff(*WRITERS)
def sort(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    themes = queries.themes_of(consultation)
    form = SortForm()
    form.theme.choices = [SelectChoice(str(theme.id), theme.name) for theme in themes]
    if form.is_sent():
        try:
            done = _apply(form, themes, consultation.id, member)
            db.session.commit()
            flash(done)
            return to("sort", collectivity, consultation, **_query())
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    chosen = _theme(themes, request.args.get("theme", ""))
    shown = one_of("show", list(queries.SortFilter), queries.SortFilter.UNSORTED)
    words = clean(request.args.get("q", ""))[:200]
    listed = queries.contributions_to_sort(
        consultation.id, shown=shown, theme=chosen, words=words, page=page_number()
    )
    return render_template(
        "summaries/manage_sort.html",
        form=form,
        collectivity=collectivity,
        consultation=consultation,
        themes=themes,
        chosen=chosen,
        shown=shown,
        words=words,
        listed=listed,
        page=Page(listed.contributions, page_number(), listed.total, queries.SORT_PAGE),
        sizes=queries.theme_sizes(consultation.id),
        unsorted=queries.count_unsorted(consultation.id),
        query=_query(),
    ), form.status


def _apply(form: SortForm, themes: list[Theme], consultation_id: int, member: Membership) -> str:
    theme = _theme(themes, form.theme.data)
    if theme is None:
        raise Invalid(_("Choose a theme."), "theme")
    ticked = queries.of_consultation(consultation_id, form.refs.data or [])
    if not ticked:
        raise Invalid(_("Tick at least one contribution."), "refs")
    if request.form.get("action") == "take_out":
        count = unassign_theme(ticked, theme, member=member)
        done = ngettext(
            "%(num)s contribution taken out of “%(theme)s”.",
            "%(num)s contributions taken out of “%(theme)s”.",
            count,
            theme=theme.name,
        )
        return str(done)
    assign_theme_to_several(ticked, theme, member=member)
    done = ngettext(
        "%(num)s contribution sorted under “%(theme)s”.",
        "%(num)s contributions sorted under “%(theme)s”.",
        len(ticked),
        theme=theme.name,
    )
    return str(done)


def _theme(themes: list[Theme], number: str | None) -> Theme | None:
    return next((theme for theme in themes if str(theme.id) == number), None)


def _query() -> dict[str, str]:
    """Returns the filters of the list, to come back to the same one."""
    return {name: request.args[name] for name in ("show", "theme", "q") if request.args.get(name)}
