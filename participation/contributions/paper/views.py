"""The public pages of taking part on paper: question sheet (A4, large print) and short address."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.consultations.queries import consultation_by_ref
from participation.contributions.paper.queries import numbered_conditions
from participation.contributions.paper.sheet import sheet_of
from participation.contributions.queries import offered_conditions
from participation.contributions.views.sending import (
    consultation_or_404,
    page_while_not_open,
    refuse_archive,
)
from participation.contributions.wording import subjects_of
from participation.foundation import clock
from participation.projects.queries import open_points_of
from participation.projects.views.qr import qr_path
from participation.web.access import public

blueprint = Blueprint("paper", __name__)


@blueprint.get("/consultations/<slug>/questionnaire")
@public
def sheet(slug: str) -> ResponseReturnValue:
    """Shows the sheet to print; once the consultation is closed, says so instead."""
    consultation = consultation_or_404(slug)
    refuse_archive(consultation)
    if consultation.is_closed(clock.now()) and (closed := page_while_not_open(consultation)):
        return closed
    conditions = offered_conditions(consultation)
    numbers = {one.condition.id: one.number for one in numbered_conditions(consultation)}
    points = open_points_of(consultation.project)
    address = f"{current_app.config['PUBLIC_URL']}/c/{consultation.ref}"
    return render_template(
        "contributions/paper_sheet.html",
        consultation=consultation,
        sheet=sheet_of(
            conditions=conditions.shown,
            subjects=subjects_of(points),
            asks_postcode=bool(consultation.postcodes),
        ),
        conditions=conditions.shown,
        numbers=numbers,
        more_conditions=conditions.others,
        open_points=points,
        is_large="grands-caracteres" in request.args,
        short_address=address,
        qr=qr_path(address),
    )


@blueprint.get("/c/<ref>")
@public
def short_address(ref: str) -> ResponseReturnValue:
    """Leads from the address printed on sheets to the consultation."""
    consultation = consultation_by_ref(ref)
    if consultation is None or not consultation.is_public:
        abort(404)
    return redirect(url_for("consultations.show", slug=consultation.slug))
