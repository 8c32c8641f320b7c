"""Small forms on one contribution: answer it, find it useful, support it, withdraw it."""

from collections.abc import Callable

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.contributions.actions.assuring import TAKING_BACK
from participation.contributions.forms import CommentForm, VoteForm, WithdrawalForm
from participation.contributions.models import Contribution, Kind, Visibility
from participation.contributions.queries import awaits_answer
from participation.contributions.views.sending import (
    answering_member,
    blueprint,
    contribution_or_404,
    function_in,
    page_before_one_begins,
    page_while_not_open,
    published_or_404,
    refuse_archive,
    send,
)
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.web.access import public
from participation.web.limits import per_mailbox, per_network
from participation.web.moved_on import moved_on


@blueprint.route("/contributions/<ref>/repondre", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def reply(ref: str) -> ResponseReturnValue:
    contribution = published_or_404(ref)
    refuse_archive(contribution.place)
    if contribution.is_question and answering_member(contribution) and awaits_answer(contribution):
        # Questions are answered in one way only, which stops their clock.
        body = contribution.project.collectivity
        url = url_for("manage_questions.answer", collectivity_slug=body.slug, ref=ref)
        return moved_on(url, _("Questions to the service are answered on a page of their own."))
    function = function_in(contribution.place)
    if request.method == "GET":
        not_open = page_before_one_begins(contribution.place, spoken_as=function)
        if not_open is not None:
            return not_open
    form = CommentForm(person=current_person(), spoken_as=function, is_reply=True)
    if form.is_sent():
        try:
            return send(form, contribution.place, "comment", {**form.payload(), "reply_to": ref})
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("contributions/reply.html", form=form, contribution=contribution), form.status


@blueprint.route("/contributions/<ref>/utile", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def useful(ref: str) -> ResponseReturnValue:
    return press("useful", ref, published_or_404)


@blueprint.route("/contributions/<ref>/soutenir", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def support(ref: str) -> ResponseReturnValue:
    return press("support", ref, condition_or_404)


@blueprint.route("/contributions/<ref>/retirer", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def withdraw(ref: str) -> ResponseReturnValue:
    return press("withdraw", ref, _withdrawable_or_404, WithdrawalForm)


def press(
    kind: str, ref: str, find: Callable[[str], Contribution], form_class: type[VoteForm] = VoteForm
) -> ResponseReturnValue:
    """Shows one button for one contribution; pressed, it is applied or held like any other form."""
    contribution = find(ref)
    refuse_archive(contribution.place)
    # A text can be taken back at any time; a vote whatever one's level of assurance.
    if request.method == "GET" and kind != "withdraw":
        first = page_while_not_open if kind in TAKING_BACK else page_before_one_begins
        not_open = first(contribution.place)
        if not_open is not None:
            return not_open
    form = form_class(person=current_person())
    if form.is_sent():
        try:
            return send(form, contribution.place, kind, {**form.pressed(), "contribution": ref})
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    form.wording.data = contribution.wording
    return render_template(f"contributions/{kind}.html", form=form, contribution=contribution), form.status


def condition_or_404(ref: str) -> Contribution:
    contribution = published_or_404(ref)
    if contribution.kind is not Kind.CONDITION:
        abort(404)
    return contribution


def _withdrawable_or_404(ref: str) -> Contribution:
    """Returns a text that can still be taken back; for somebody signed in, only their own."""
    contribution = contribution_or_404(ref)
    person = current_person()
    if contribution.visibility not in (Visibility.PENDING, Visibility.PUBLISHED):
        abort(404)
    if person is not None and contribution.participant.person_id != person.id:
        abort(403 if contribution.is_published else 404)
    return contribution
