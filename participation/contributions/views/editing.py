"""Changing one's own words for half an hour, and what everybody reads of what was changed."""

from itertools import pairwise

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.contributions.actions.editing import require_editable
from participation.contributions.forms import EditForm
from participation.contributions.models import Contribution
from participation.contributions.queries import wordings_of
from participation.contributions.views.receipts import remembers_receipt_of
from participation.contributions.views.sending import (
    blueprint,
    contribution_or_404,
    page_while_not_open,
    published_or_404,
    refuse_archive,
    send,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.projects.dossier.words_changed import words_changed
from participation.web.access import public
from participation.web.limits import per_mailbox, per_network


@blueprint.route("/contributions/<ref>/modifier", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def edit(ref: str) -> ResponseReturnValue:
    contribution = _own_or_404(ref)
    refuse_archive(contribution.place)
    if request.method == "GET" and (refusal := _page_of_refusal(contribution)):
        return refusal
    form = EditForm(person=current_person(), present=contribution.body)
    if form.is_sent():
        try:
            # Before a guest is sent a mail in vain; checked again when the link is used.
            require_editable(contribution, clock.now())
            return send(form, contribution.place, "edit", {**form.payload(), "contribution": ref})
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("contributions/edit.html", form=form, contribution=contribution), form.status


@blueprint.get("/contributions/<ref>/versions")
@public
def versions(ref: str) -> ResponseReturnValue:
    contribution = published_or_404(ref)
    wordings = wordings_of(contribution)
    page = render_template(
        "contributions/versions.html",
        contribution=contribution,
        changes=[(now, words_changed(former.body, now.body)) for now, former in pairwise(wordings)],
        first=wordings[-1],
    )
    return page, 200, {"X-Robots-Tag": "noindex"}


def _own_or_404(ref: str) -> Contribution:
    """Returns a text to change: one's own; for a visitor a public one, or one this browser has sent."""
    contribution = contribution_or_404(ref)
    person = current_person()
    if person is not None and contribution.participant.person_id != person.id:
        abort(403 if contribution.is_published else 404)
    if person is None and not contribution.is_published and not remembers_receipt_of(contribution):
        abort(404)
    return contribution


def _page_of_refusal(contribution: Contribution) -> ResponseReturnValue | None:
    """Returns the page that says why it can't be changed, before anybody types; None when it can."""
    if (not_open := page_while_not_open(contribution.place)) is not None:
        return not_open
    try:
        require_editable(contribution, clock.now())
    except DomainError as error:
        page = render_template(
            "contributions/not_edited.html", contribution=contribution, sentence=error.sentence
        )
        return page, 409
    return None
