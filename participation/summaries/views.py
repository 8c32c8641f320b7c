"""The public summary of a consultation, what stands behind each of its sentences, and what stands in none."""

from flask import Blueprint, abort, render_template, request

from participation.collectivities.site import show_as
from participation.summaries.document import Document, document_of
from participation.summaries.models import OrphanReason, Summary
from participation.summaries.queries import (
    count_left,
    orphan_counts,
    orphans_of,
    published_summary_at,
    removed_on,
)
from participation.summaries.wording import KINDS, REASONS
from participation.web.access import public
from participation.web.pagination import PAGE_SIZE, Page, one_of, page_number

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
    sources, first = printed.shown.sources, (page_number() - 1) * PAGE_SIZE
    return render_template(
        "summaries/finding.html",
        document=document,
        page=Page(sources[first : first + PAGE_SIZE], page_number(), len(sources)),
        consultation=document.summary.consultation,
        printed=printed,
        kinds=KINDS,
    )


@blueprint.get("/consultations/<slug>/synthese/sans-constat")
@public
def left_out(slug: str) -> str:
    """Shows what stands in no finding, with why; `?annexe=1` shows all of it on one page."""
    summary = _summary_or_404(slug)
    counts = orphan_counts(summary)
    asked = one_of("motif", list(OrphanReason), "")
    reason = OrphanReason(asked) if asked else None
    total = counts.by_reason.get(reason, 0) if reason else counts.total
    size = max(total, 1) if request.args.get("annexe") == "1" else PAGE_SIZE
    number = min(page_number(), Page([], 1, total, size).last)
    listed = orphans_of(summary, reason=reason, page=number, size=size)
    return render_template(
        "summaries/left_out.html",
        consultation=summary.consultation,
        page=Page(listed, number, total, size),
        counts=counts,
        reason=reason,
        reasons=REASONS,
        removed=removed_on(one.contribution for one in listed),
    )


def _document_or_404(slug: str) -> Document:
    return document_of(_summary_or_404(slug))


def _summary_or_404(slug: str) -> Summary:
    summary = published_summary_at(slug)
    if summary is None or not summary.consultation.is_public:
        abort(404)
    show_as(summary.consultation.project.collectivity)
    return summary
