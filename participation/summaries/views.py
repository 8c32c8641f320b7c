"""The public summary of a consultation, what stands behind each of its sentences, and what stands in none."""

from flask import Blueprint, Response, abort, render_template, request

from participation.collectivities.site import show_as
from participation.foundation.i18n import current_language
from participation.summaries.document import SummaryDocument, document_of
from participation.summaries.models import OrphanReason, Summary
from participation.summaries.printing.files import BY_NAME, kept_file, saved_as, state_of
from participation.summaries.queries import (
    orphan_counts,
    orphans_of,
    published_summary_at,
    removed_on,
)
from participation.summaries.sections.sheets import summary_sheet
from participation.summaries.sections.wording import makeup_words
from participation.summaries.wording import KINDS, REASONS
from participation.web.access import public
from participation.web.pagination import PAGE_SIZE, Page, one_of, page_number

blueprint = Blueprint("summaries", __name__)


@blueprint.get("/consultations/<slug>/synthese")
@public
def show(slug: str) -> str:
    document = _document_or_404(slug)
    return render_template(
        "summaries/show.html", consultation=document.consultation, sheet=summary_sheet(document)
    )


@blueprint.get("/consultations/<slug>/<name>")
@public
def file(slug: str, name: str) -> Response | tuple[str, int, dict[str, str]]:
    """Gives a file made from the texts as they are now, or a page saying that one is being made."""
    if name not in BY_NAME:
        abort(404)
    summary, wanted = _summary_or_404(slug), BY_NAME[name]
    state = state_of(summary)
    path = kept_file(summary, current_language(), state, name)
    if path is None:
        page = render_template("summaries/being_made.html", consultation=summary.consultation, name=name)
        return page, 202, {"Retry-After": "5", "Cache-Control": "no-store"}
    content = path.read_bytes()
    answer = Response(content, content_type=wanted.media_type)
    how = "inline" if wanted.is_shown else "attachment"
    saved = saved_as(summary, current_language(), name)
    answer.headers["Content-Disposition"] = f'{how}; filename="{saved}"'
    # Asked again each time: a browser never gives an old copy after a text was removed.
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(f"{state}-{current_language()}-{name}")
    answer.make_conditional(request, accept_ranges=True, complete_length=len(content))
    return answer


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
        rests_on=makeup_words(printed.makeup),
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


def _document_or_404(slug: str) -> SummaryDocument:
    return document_of(_summary_or_404(slug))


def _summary_or_404(slug: str) -> Summary:
    summary = published_summary_at(slug)
    if summary is None or not summary.consultation.is_public:
        abort(404)
    show_as(summary.consultation.project.collectivity)
    return summary
