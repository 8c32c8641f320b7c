"""The forms typed in for a consultation, and what can be done with one: its scan, undoing, erasing."""

from collections.abc import Callable

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.contributions.paper import queries
from participation.contributions.paper.actions import erase_form, look_at_scan, undo_form
from participation.contributions.paper.forms import ReasonForm
from participation.contributions.paper.manage_views.entrance import (
    FOLDER,
    blueprint,
    consultation_or_404,
    form_or_404,
)
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.permissions import ENTERING, why_not
from participation.contributions.paper.wording import CHANNELS
from participation.foundation import clock, files
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.web.pagination import Page, page_number

# Nothing in a scan can run, load or be framed, whatever a browser makes of it.
NOTHING_RUNS = "default-src 'none'; sandbox; frame-ancestors 'none'"


@blueprint.get(FOLDER + "/formulaires", endpoint="list")
@staff(*ENTERING)
def list_forms(collectivity: Collectivity, member: Membership, slug: str) -> str:
    """Shows every form typed in, last first: never what was chosen on it."""
    consultation = consultation_or_404(collectivity, slug)
    number = page_number()
    found, total = queries.forms_page(consultation, number=number)
    return render_template(
        "contributions/manage_paper_list.html",
        collectivity=collectivity,
        consultation=consultation,
        forms=Page(found, number, total, queries.PAGE_SIZE),
        channels=CHANNELS,
    )


@blueprint.get(FOLDER + "/<ref>")
@staff(*ENTERING)
def show(collectivity: Collectivity, member: Membership, slug: str, ref: str) -> str:
    """Shows one form: how it came, who typed it in, its texts, what may be done with it."""
    paper = form_or_404(collectivity, slug, ref)
    return render_template("contributions/manage_paper_show.html", **_about(collectivity, paper))


@blueprint.route(FOLDER + "/<ref>/annuler", methods=["GET", "POST"])
@staff(*ENTERING)
def undo(collectivity: Collectivity, member: Membership, slug: str, ref: str) -> ResponseReturnValue:
    """Undoes a form with a reason, and returns to the page where it can be typed in again."""
    paper = form_or_404(collectivity, slug, ref)

    def act(reason: str) -> None:
        undo_form(paper, reason=reason, member=member)

    said = _("The form is undone: it counts no more, and can be typed in again.")
    return _end("undo", collectivity, paper, act, said)


@blueprint.route(FOLDER + "/<ref>/effacer", methods=["GET", "POST"])
@staff(*ENTERING)
def erase(collectivity: Collectivity, member: Membership, slug: str, ref: str) -> ResponseReturnValue:
    """Erases a form because its author asked for it."""
    paper = form_or_404(collectivity, slug, ref)

    def act(reason: str) -> None:
        erase_form(paper, reason=reason, member=member)

    said = _(
        "The form is erased: texts, name, address and scan are gone. Its position stays, without anybody."
    )
    return _end("erase", collectivity, paper, act, said)


@blueprint.route(FOLDER + "/<ref>/scan", methods=["GET", "POST"])
@staff(*ENTERING)
def scan(collectivity: Collectivity, member: Membership, slug: str, ref: str) -> ResponseReturnValue:
    """Asks why; then records it and sends the scan in the answer itself, which nothing keeps."""
    paper, form = form_or_404(collectivity, slug, ref), ReasonForm()
    if form.is_sent():
        try:
            name = look_at_scan(paper, reason=form.reason.data, member=member, language=current_language())
            db.session.commit()
            return _sent(name, paper)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("contributions/manage_paper_scan.html", form=form, **_about(collectivity, paper))
    return page, form.status, {"Cache-Control": "private, no-store"}


def _sent(name: str, paper: PaperForm) -> ResponseReturnValue:
    path = files.scans_folder() / name
    if not path.is_file():
        abort(404)
    response = make_response(path.read_bytes())
    # Of no kind that a browser would show.
    response.mimetype = "application/octet-stream"
    shown = f"formulaire-{paper.ref}{path.suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{shown}"'
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _end(
    page: str, collectivity: Collectivity, paper: PaperForm, act: Callable[[str], None], said: str
) -> ResponseReturnValue:
    form, slug = ReasonForm(), paper.consultation.slug
    if form.is_sent():
        try:
            act(form.reason.data)
            db.session.commit()
            flash(said)
            return redirect(url_for(".enter", collectivity_slug=collectivity.slug, slug=slug))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    context = _about(collectivity, paper)
    return render_template(f"contributions/manage_paper_{page}.html", form=form, **context), form.status


def _about(collectivity: Collectivity, paper: PaperForm) -> dict[str, object]:
    return {
        "collectivity": collectivity,
        "consultation": paper.consultation,
        "paper": paper,
        "texts": queries.texts_named(paper.contributions) if paper.stands else [],
        "channels": CHANNELS,
        "not_possible": why_not(paper.consultation, clock.now()),
    }
