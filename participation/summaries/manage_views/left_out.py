"""Contributions on which no finding rests: listed with a reason, many at once, and taken back."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.summaries import queries
from participation.summaries.actions import mark_orphans, remove_orphans
from participation.summaries.forms import OrphanForm, PressForm
from participation.summaries.manage_views.bench import ALL, filters_of, page_of, reached
from participation.summaries.manage_views.entrance import (
    FOLDER,
    WRITERS,
    blueprint,
    draft_started,
    to,
    unfrozen_or_404,
)
from participation.summaries.models import OrphanReason, Summary
from participation.summaries.wording import REASONS, SAID_AS
from participation.web.pagination import one_of, page_number


@blueprint.route(FOLDER + "/<slug>/sans-constat", methods=["GET", "POST"])
@staff(*WRITERS)
def left_out(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    filters = filters_of(consultation, default=ALL)
    form = OrphanForm()
    if form.is_sent():
        try:
            draft = draft_started(consultation, member)
            picked = reached(consultation, filters, queries.is_left(draft))
            count = mark_orphans(draft, picked, reason=OrphanReason(form.reason.data), member=member)
            db.session.commit()
            flash(ngettext("%(num)s contribution is listed.", "%(num)s contributions are listed.", count))
            return to("left_out", collectivity, consultation, **filters.query)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    draft_now = queries.draft_of(consultation)
    return render_template(
        "summaries/manage_left_out.html",
        form=form,
        filters=filters,
        listed=page_of(consultation, filters, queries.is_left(draft_now)),
        **_around(collectivity, consultation, draft_now),
    ), form.status


@blueprint.get(FOLDER + "/<slug>/sans-constat/liste")
@staff(*WRITERS)
def listed(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    """Shows what is listed with a reason, to read it again and to take it back."""
    consultation = unfrozen_or_404(collectivity, slug)
    filters = filters_of(consultation, default=ALL)
    draft = queries.draft_of(consultation)
    reason = _reason()
    page = page_of(consultation, filters, _is_listed(draft, reason))
    numbers = [one.id for one in page.contributions]
    return render_template(
        "summaries/manage_listed.html",
        form=PressForm(),
        filters=filters,
        listed=page,
        reason=reason,
        why=queries.reasons_among(draft, numbers) if draft else {},
        **_around(collectivity, consultation, draft),
    )


@blueprint.post(FOLDER + "/<slug>/sans-constat/reprendre")
@staff(*WRITERS)
def take_back(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    filters = filters_of(consultation, default=ALL)
    draft = queries.draft_of(consultation)
    reason = _reason()
    where = {**filters.query, "reason": reason.value if reason else None, "page": page_number()}
    if draft is None or not PressForm().is_sent():
        flash(_("This page had been open for too long. Press the button again."), "error")
        return to("listed", collectivity, consultation, **where)
    try:
        undone = _listed_last(consultation, draft) if "listed_at" in request.form else None
        picked = reached(consultation, filters, _is_listed(draft, reason)) if undone is None else undone
        count = remove_orphans(draft, picked, member=member)
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        flash(str(error.sentence), "error")
        return to("listed", collectivity, consultation, **where)
    flash(ngettext("%(num)s contribution is taken back.", "%(num)s contributions are taken back.", count))
    return to("left_out" if undone is not None else "listed", collectivity, consultation, **where)


def _around(collectivity: Collectivity, consultation: Consultation, draft: Summary | None) -> dict[str, Any]:
    return {
        "collectivity": collectivity,
        "consultation": consultation,
        "left": queries.count_left(consultation.id, draft),
        "counts": queries.orphan_counts(draft) if draft else queries.OrphanCounts(),
        "last": queries.last_listing(draft) if draft else None,
        "sizes": queries.theme_sizes(consultation.id),
        "unsorted": queries.count_unsorted(consultation.id),
        "reasons": REASONS,
        "said_as": SAID_AS,
    }


def _reason() -> OrphanReason | None:
    asked = one_of("reason", list(OrphanReason), "")
    return OrphanReason(asked) if asked else None


def _is_listed(draft: Summary | None, reason: OrphanReason | None) -> sa.ColumnElement[bool]:
    return queries.is_listed(draft, reason) if draft else sa.false()


def _listed_last(consultation: Consultation, draft: Summary) -> list[Contribution]:
    """Returns what the last press listed; raises Invalid once something else was listed since."""
    last = queries.last_listing(draft)
    if last is None or request.form["listed_at"] != _stamp(last.at):
        raise Invalid(_("Something else was listed since: take those back one by one."))
    everything = queries.Wanted()
    return queries.all_chosen(consultation.id, everything, queries.is_listed_at(draft, last.at))


def _stamp(moment: datetime) -> str:
    return moment.isoformat()
