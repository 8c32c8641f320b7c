"""The sorting bench: contributions chosen by theme, kind and words, put under a theme together."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.summaries import queries
from participation.summaries.actions import assign_theme_to_several, unassign_theme
from participation.summaries.forms import SortForm
from participation.summaries.manage_views.bench import UNSORTED, Filters, filters_of, page_of, reached
from participation.summaries.manage_views.entrance import FOLDER, WRITERS, blueprint, to, unfrozen_or_404
from participation.summaries.models import Theme
from participation.summaries.wording import SAID_AS
from participation.web.pagination import page_number


@blueprint.route(FOLDER + "/<slug>/classer", methods=["GET", "POST"])
@staff(*WRITERS)
def sort(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    filters = filters_of(consultation, default=UNSORTED)
    form = SortForm()
    form.theme.choices = [
        SelectChoice("", _("Choose a theme")),
        *(SelectChoice(str(theme.id), theme.name) for theme in filters.themes),
    ]
    if form.is_sent():
        try:
            theme = _theme(filters, form.theme.data)
            picked = reached(consultation, filters)
            if request.form.get("action") == "take_out":
                done = _taken_out(unassign_theme(picked, theme, member=member), theme)
            else:
                assign_theme_to_several(picked, theme, member=member)
                if form.move.data and filters.wanted.theme not in (None, theme):
                    unassign_theme(picked, filters.wanted.theme, member=member)
                done = _put(len(picked), theme)
            db.session.commit()
            flash(done)
            return to("sort", collectivity, consultation, **filters.query, page=page_number())
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template(
        "summaries/manage_sort.html",
        form=form,
        collectivity=collectivity,
        consultation=consultation,
        filters=filters,
        listed=page_of(consultation, filters),
        sizes=queries.theme_sizes(consultation.id),
        unsorted=queries.count_unsorted(consultation.id),
        said_as=SAID_AS,
    ), form.status


def _theme(filters: Filters, number: str | None) -> Theme:
    theme = next((theme for theme in filters.themes if str(theme.id) == number), None)
    if theme is None:
        raise Invalid(_("Choose a theme."), "theme")
    return theme


def _put(count: int, theme: Theme) -> str:
    return str(
        ngettext(
            "%(num)s contribution sorted under “%(theme)s”.",
            "%(num)s contributions sorted under “%(theme)s”.",
            count,
            theme=theme.name,
        )
    )


def _taken_out(count: int, theme: Theme) -> str:
    return str(
        ngettext(
            "%(num)s contribution taken out of “%(theme)s”.",
            "%(num)s contributions taken out of “%(theme)s”.",
            count,
            theme=theme.name,
        )
    )
