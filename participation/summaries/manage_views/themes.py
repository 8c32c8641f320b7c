"""Themes: add, rename, order."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.summaries import queries
from participation.summaries.actions import add_theme, change_theme, move_theme
from participation.summaries.forms import PressForm, ThemeForm
from participation.summaries.manage_views.entrance import (
    FOLDER,
    WRITERS,
    blueprint,
    theme_or_404,
    to,
    unfrozen_or_404,
)


@blueprint.route(FOLDER + "/<slug>/themes", methods=["GET", "POST"])
@staff(*WRITERS)
def themes(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    form = ThemeForm()
    if form.is_sent():
        try:
            add_theme(
                consultation,
                name=form.name.data,
                description=form.description.data or "",
                language=current_language(),
                member=member,
            )
            db.session.commit()
            flash(_("The theme is added."))
            return to("themes", collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template(
        "summaries/manage_themes.html",
        form=form,
        collectivity=collectivity,
        consultation=consultation,
        themes=queries.themes_of(consultation),
        sizes=queries.theme_sizes(consultation.id),
        unsorted=queries.count_unsorted(consultation.id),
    ), form.status


@blueprint.route(FOLDER + "/<slug>/themes/<int:number>", methods=["GET", "POST"])
@staff(*WRITERS)
def theme(collectivity: Collectivity, member: Membership, slug: str, number: int) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    theme = theme_or_404(consultation, number)
    form = ThemeForm(obj=theme)
    if form.is_sent():
        try:
            change_theme(
                theme,
                name=form.name.data,
                description=form.description.data or "",
                language=current_language(),
                member=member,
            )
            db.session.commit()
            flash(_("The theme is changed."))
            return to("themes", collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    context = {"form": form, "collectivity": collectivity, "consultation": consultation}
    return render_template("summaries/manage_theme.html", **context), form.status


@blueprint.post(FOLDER + "/<slug>/themes/<int:number>/place")
@staff(*WRITERS)
def move(collectivity: Collectivity, member: Membership, slug: str, number: int) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    theme = theme_or_404(consultation, number)
    if PressForm().is_sent():
        try:
            move_theme(theme, up=request.form.get("direction") == "up", member=member)
            db.session.commit()
        except DomainError as error:
            db.session.rollback()
            flash(str(error), "late")
    else:
        flash(_("This page had been open for too long. Press the button again."), "error")
    return to("themes", collectivity, consultation)
