"""Closing before the date announced: the page of who proposes it, and the page of who answers."""

from flask import abort
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import staff
from participation.consultations.actions import confirm_closing, propose_closing, refuse_closing
from participation.consultations.forms import ClosingAnswer, ClosingAnswerForm, ClosingForm, local
from participation.consultations.manage_views.entrance import (
    FOLDER,
    blueprint,
    change,
    consultation_or_404,
)
from participation.consultations.permissions import earliest_early_closing
from participation.consultations.queries import changes_of, closing_proposal
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _


@blueprint.route(FOLDER + "/<slug>/clore-plus-tot", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def propose(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    form = ClosingForm()
    zone = collectivity.timezone

    def act() -> None:
        closes_at = local(form.closes_at.data, zone) if form.closes_at.data else None
        propose_closing(
            consultation,
            closes_at=closes_at,
            reason=form.reason.data,
            language=current_language(),
            member=member,
        )

    earliest = earliest_early_closing(consultation, changes_of(consultation), zone)
    return change(
        form,
        act,
        consultation,
        "propose_closing",
        _("The proposal is kept. It takes effect once another person confirms it."),
        earliest=earliest,
    )


@blueprint.route(FOLDER + "/<slug>/clore-plus-tot/<int(max=2147483647):number>", methods=["GET", "POST"])
@staff(Role.MODERATOR, Role.ADMINISTRATOR)
def answer_closing(
    collectivity: Collectivity, member: Membership, slug: str, number: int
) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    proposal = closing_proposal(consultation, number)
    if proposal is None:
        abort(404)
    form = ClosingAnswerForm()
    confirmed = form.answer.data == ClosingAnswer.CONFIRM

    def act() -> None:
        answer = confirm_closing if confirmed else refuse_closing
        answer(proposal, member=member)

    done = (
        _("The earlier closing is published.")
        if confirmed
        else _("The proposal is ended: the consultation closes on the date announced.")
    )
    is_own = proposal.proposed_by is not None and proposal.proposed_by.person_id == member.person_id
    return change(form, act, consultation, "answer_closing", done, proposal=proposal, is_own=is_own)
