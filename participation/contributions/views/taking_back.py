"""Taking back what one chose: a position, a support, a useful vote; the last word counts."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.contributions.forms import TakingBackForm
from participation.contributions.views.acting import condition_or_404, press
from participation.contributions.views.sending import (
    blueprint,
    consultation_or_404,
    page_while_not_open,
    published_or_404,
    refuse_archive,
    send,
)
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.web.access import public
from participation.web.limits import per_mailbox, per_network


@blueprint.route("/consultations/<slug>/avis/retirer", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def withdraw_position(slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(slug)
    refuse_archive(consultation)
    if request.method == "GET" and (not_open := page_while_not_open(consultation)):
        return not_open
    form = TakingBackForm(person=current_person())
    if form.is_sent():
        try:
            return send(form, consultation, "withdraw_position", form.common())
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("contributions/withdraw_position.html", form=form, consultation=consultation)
    return page, form.status


@blueprint.route("/contributions/<ref>/utile/retirer", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def not_useful(ref: str) -> ResponseReturnValue:
    return press("not_useful", ref, published_or_404, TakingBackForm)


@blueprint.route("/contributions/<ref>/soutenir/retirer", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def not_support(ref: str) -> ResponseReturnValue:
    return press("not_support", ref, condition_or_404, TakingBackForm)
