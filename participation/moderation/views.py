"""Public pages of moderation: rules, figures and register; reporting a text; the appeal of its author."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.collectivities.site import show_as
from participation.contributions.models import Contribution, Visibility
from participation.contributions.queries import contribution_by_ref
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.moderation import clocks, queries
from participation.moderation.actions import lodge_appeal, report_contribution
from participation.moderation.charter import CHARTER
from participation.moderation.forms import AppealForm, ReportForm
from participation.moderation.models import Appeal, Rule
from participation.moderation.permissions import may_still_appeal
from participation.vigilance.watching import watch
from participation.web.access import public, signed_in
from participation.web.limits import per_network
from participation.web.moved_on import kept_beside
from participation.web.pagination import Page, page_number

blueprint = Blueprint("moderation", __name__)


@blueprint.get("/moderation")
@public
def rules() -> str:
    number = page_number()
    decisions, total = queries.register_page(number)
    return render_template(
        "moderation/rules.html",
        charter=CHARTER,
        clocks=clocks,
        figures=queries.moderation_figures(),
        decisions=Page(decisions, number, total),
    )


@blueprint.route("/contributions/<ref>/signaler", methods=["GET", "POST"])
@public
@per_network
def report(ref: str) -> ResponseReturnValue:
    contribution = _public_contribution_or_404(ref)
    form = ReportForm()
    if form.is_sent():
        try:
            watch(form, "report", person=current_person(), place=contribution.place)
            report_contribution(
                contribution,
                rule=Rule(form.rule.data),
                message=form.message.data or "",
                language=current_language(),
                reporter=current_person(),
                form_key=form.key(),
            )
            db.session.commit()
            return redirect(url_for("moderation.reported", ref=ref))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("moderation/report.html", form=form, contribution=contribution, charter=CHARTER)
    return page, form.status


@blueprint.get("/contributions/<ref>/signale")
@public
def reported(ref: str) -> str:
    contribution = contribution_by_ref(ref)
    if contribution is None or not contribution.is_public_place:
        abort(404)
    show_as(contribution.project.collectivity)
    return render_template("moderation/reported.html", contribution=contribution, within=clocks.REPORT_WITHIN)


@blueprint.route("/moderation/recours/<token>", methods=["GET", "POST"])
@public
@per_network
def appeal(token: str) -> ResponseReturnValue:
    return _appeal(_appeal_or_404(token))


@blueprint.route("/contributions/<ref>/recours", methods=["GET", "POST"])
@signed_in
@per_network
def own_appeal(ref: str) -> ResponseReturnValue:
    """Shows the same page to an author who comes from their own page, without the link of the mail."""
    contribution, person = contribution_by_ref(ref), current_person()
    if contribution is None or person is None or contribution.participant.person_id != person.id:
        abort(404)
    found = queries.latest_appeal_of(contribution)
    if found is None or contribution.visibility is Visibility.ERASED:
        abort(404)
    show_as(contribution.project.collectivity)
    return _appeal(found)


def _appeal(appeal: Appeal) -> ResponseReturnValue:
    """Takes an appeal, or says where it stands once nothing more can be sent."""
    if not _may_be_lodged(appeal):
        return _private(
            render_template(
                "moderation/appeal_known.html",
                appeal=appeal,
                within=clocks.APPEAL_WITHIN,
                kept=kept_beside(appeal.message),
            )
        )
    form = AppealForm()
    if form.is_sent():
        try:
            lodge_appeal(appeal, message=form.message.data, language=current_language())
            db.session.commit()
            return redirect(request.script_root + request.path)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("moderation/appeal.html", form=form, appeal=appeal, charter=CHARTER)
    return _private(page, form.status)


def _public_contribution_or_404(ref: str) -> Contribution:
    contribution = contribution_by_ref(ref)
    if contribution is None or not contribution.is_published or not contribution.is_public_place:
        abort(404)
    show_as(contribution.project.collectivity)
    return contribution


def _appeal_or_404(token: str) -> Appeal:
    appeal = queries.appeal_with_token(token)
    if appeal is None or appeal.decision.contribution.visibility is Visibility.ERASED:
        abort(404)
    show_as(appeal.decision.contribution.project.collectivity)
    return appeal


def _may_be_lodged(appeal: Appeal) -> bool:
    is_hidden = appeal.decision.contribution.visibility is Visibility.HIDDEN
    return appeal.lodged_at is None and is_hidden and may_still_appeal(appeal, clock.now())


def _private(page: str, status: int = 200) -> ResponseReturnValue:
    """The address is a secret of one person: nothing of it is kept on the way."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
