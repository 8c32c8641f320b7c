"""Contributions on which no finding rests: each is listed publicly with its reason."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.summaries import queries
from participation.summaries.actions import mark_orphans, remove_orphan
from participation.summaries.forms import OrphanForm, PressForm
from participation.summaries.manage_views.entrance import (
    FOLDER,
    WRITERS,
    blueprint,
    draft_started,
    to,
    unfrozen_or_404,
)
from participation.summaries.models import OrphanReason
from participation.summaries.wording import REASONS
from participation.web.pagination import Page, page_number


@blueprint.route(FOLDER + "/<slug>/sans-constat", methods=["GET", "POST"])
@staff(*WRITERS)
def left_out(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    form = OrphanForm()
    if form.is_sent():
        try:
            ticked = queries.of_consultation(consultation.id, form.refs.data or [])
            if not ticked:
                raise Invalid(_("Tick at least one contribution."), "refs")
            reason = OrphanReason(form.reason.data)
            count = mark_orphans(draft_started(consultation, member), ticked, reason=reason, member=member)
            db.session.commit()
            flash(ngettext("%(num)s contribution is listed.", "%(num)s contributions are listed.", count))
            return to("left_out", collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    draft = queries.draft_of(consultation)
    number = page_number()
    left = queries.left_out(consultation.id, draft, page=number)
    total = queries.count_left(consultation.id, draft)
    return render_template(
        "summaries/manage_left_out.html",
        form=form,
        collectivity=collectivity,
        consultation=consultation,
        left=Page(left, number, total, queries.SORT_PAGE),
        orphans=queries.orphans_of(draft) if draft else [],
        reasons=REASONS,
    ), form.status


@blueprint.post(FOLDER + "/<slug>/sans-constat/reprendre")
@staff(*WRITERS)
def take_back(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    draft = queries.draft_of(consultation)
    if draft is None or not PressForm().is_sent():
        flash(_("This page had been open for too long. Press the button again."), "error")
        return to("left_out", collectivity, consultation)
    for contribution in queries.of_consultation(consultation.id, request.form.getlist("refs")):
        remove_orphan(draft, contribution, member=member)
    db.session.commit()
    return to("left_out", collectivity, consultation)
