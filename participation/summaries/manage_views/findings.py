"""Findings: write one under a theme, change it, remove it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.consultations.models import Consultation
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.summaries import queries
from participation.summaries.actions import add_finding, change_finding, remove_finding
from participation.summaries.forms import FindingForm, PressForm
from participation.summaries.manage_views.entrance import (
    FOLDER,
    WRITERS,
    blueprint,
    draft_started,
    theme_or_404,
    to_workbench,
    unfrozen_or_404,
)
from participation.summaries.models import FindingKind, Summary, Theme
from participation.summaries.queries import ShownFinding

# More than this under one theme calls for another theme rather than a longer list of boxes.
LONGEST_LIST = 1000


@blueprint.route(FOLDER + "/<slug>/themes/<int:number>/constats", methods=["GET", "POST"])
@staff(*WRITERS)
def new_finding(
    collectivity: Collectivity, member: Membership, slug: str, number: int
) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    theme = theme_or_404(consultation, number)
    form = FindingForm()
    if form.is_sent():
        try:
            add_finding(
                draft_started(consultation, member),
                theme,
                kind=FindingKind(form.kind.data),
                text=form.text.data,
                language=current_language(),
                sources=queries.of_consultation(consultation.id, form.sources.data),
                member=member,
            )
            db.session.commit()
            flash(_("The finding is added."))
            return redirect(_theme_url(collectivity, consultation, theme))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _page(collectivity, consultation, theme, form, None), form.status


@blueprint.route(FOLDER + "/<slug>/constats/<int:number>", methods=["GET", "POST"])
@staff(*WRITERS)
def finding(collectivity: Collectivity, member: Membership, slug: str, number: int) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    summary, shown = _finding_or_404(consultation, number)
    form = FindingForm()
    if not form.is_submitted():
        form.kind.data, form.text.data = shown.finding.kind.value, shown.finding.text
        form.sources.data = [one.ref for one in shown.sources]
    if request.form.get("action") == "remove" and PressForm().is_sent():
        try:
            remove_finding(shown.finding, summary, member=member)
            db.session.commit()
            flash(_("The finding is removed. Its sources are to be covered again."))
        except DomainError as error:
            db.session.rollback()
            flash(str(error), "late")
        return to_workbench(collectivity, consultation)
    if form.is_sent():
        try:
            change_finding(
                shown.finding,
                summary,
                kind=FindingKind(form.kind.data),
                text=form.text.data,
                language=current_language(),
                sources=queries.of_consultation(consultation.id, form.sources.data),
                member=member,
            )
            db.session.commit()
            flash(_("The finding is changed."))
            return to_workbench(collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _page(collectivity, consultation, shown.finding.theme, form, shown), form.status


def _page(
    collectivity: Collectivity,
    consultation: Consultation,
    theme: Theme,
    form: FindingForm,
    shown: ShownFinding | None,
) -> str:
    draft = queries.draft_of(consultation)
    listed = queries.contributions_chosen(consultation.id, queries.Wanted(theme=theme), size=LONGEST_LIST)
    return render_template(
        "summaries/manage_finding.html",
        form=form,
        collectivity=collectivity,
        consultation=consultation,
        theme=theme,
        shown=shown,
        contributions=listed.contributions,
        covered=queries.sources_among(draft, [one.id for one in listed.contributions]) if draft else set(),
    )


def _finding_or_404(consultation: Consultation, number: int) -> tuple[Summary, ShownFinding]:
    draft = queries.draft_of(consultation)
    shown = (
        next((one for one in queries.findings_of(draft) if one.finding.id == number), None) if draft else None
    )
    if draft is None or shown is None:
        abort(404)
    return draft, shown


def _theme_url(collectivity: Collectivity, consultation: Consultation, theme: Theme) -> str:
    return url_for(
        "manage_summaries.new_finding",
        collectivity_slug=collectivity.slug,
        slug=consultation.slug,
        number=theme.id,
    )
