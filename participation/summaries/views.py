"""The public summary of a consultation, and the contributions behind one of its sentences."""

from flask import Blueprint, abort, render_template

from participation.collectivities.site import show_as
from participation.summaries.document import Document, document_of
from participation.summaries.queries import count_left, published_summary_at
from participation.summaries.wording import KINDS, REASONS
from participation.web.access import public

blueprint = Blueprint("summaries", __name__)


@blueprint.get("/consultations/<slug>/synthese")
@public
def show(slug: str) -> str:
    document = _document_or_404(slug)
    return render_template(
        "summaries/show.html",
        document=document,
        consultation=document.summary.consultation,
        since=count_left(document.summary.consultation_id, document.summary),
        kinds=KINDS,
        reasons=REASONS,
    )


@blueprint.get("/consultations/<slug>/synthese/constats/<int:number>")
@public
def finding(slug: str, number: int) -> str:
    document = _document_or_404(slug)
    printed = next((one for one in document.findings if one.number == number), None)
    if printed is None:
        abort(404)
    return render_template(
        "summaries/finding.html",
        document=document,
        consultation=document.summary.consultation,
        printed=printed,
        kinds=KINDS,
    )


def _document_or_404(slug: str) -> Document:
    summary = published_summary_at(slug)
    if summary is None or not summary.consultation.is_public:
        abort(404)
    show_as(summary.consultation.project.collectivity)
    return document_of(summary)
