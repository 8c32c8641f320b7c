"""Answering an appeal: one of this collectivity, or one that another collectivity entrusts to this person."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.permissions import reviewers_of
from participation.collectivities.queries import reviewing_duties_of
from participation.collectivities.staff import staff
from participation.contributions.models import Contribution
from participation.contributions.queries import contribution_by_ref
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.moderation import queries
from participation.moderation.actions import decide_appeal
from participation.moderation.charter import CHARTER
from participation.moderation.forms import AnswerAppealForm
from participation.moderation.manage_views.entrance import FOLDER, blueprint, contribution_or_404, queue_url
from participation.moderation.models import Appeal, AppealOutcome
from participation.moderation.permissions import may_decide_appeal, reviewers_for
from participation.web.moved_on import moved_on


@blueprint.route(FOLDER + "/recours/<ref>", methods=["GET", "POST"])
@staff(Role.MODERATOR, Role.ADMINISTRATOR)
def appeal(collectivity: Collectivity, member: Membership, ref: str) -> ResponseReturnValue:
    contribution = contribution_or_404(collectivity, ref)
    waiting = queries.waiting_appeal_of(contribution)
    if waiting is None:
        return _answered_meanwhile(contribution, queue_url(collectivity))
    return _answered(waiting, collectivity, member, back=queue_url(collectivity))


@blueprint.route("/gestion/<collectivity_slug>/recours-confies/<ref>", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def entrusted_appeal(collectivity: Collectivity, member: Membership, ref: str) -> ResponseReturnValue:
    """Opens an appeal of another collectivity to the person named there, at the desk of their own."""
    contribution = contribution_by_ref(ref)
    duties = {one.collectivity_id for one in reviewing_duties_of([member.id])}
    if contribution is None or contribution.project.collectivity_id not in duties:
        abort(404)
    waiting = queries.waiting_appeal_of(contribution)
    desk = url_for("manage_collectivities.desk", collectivity_slug=collectivity.slug)
    if waiting is None:
        return _answered_meanwhile(contribution, desk)
    if not may_decide_appeal(member, waiting):
        abort(404)
    return _answered(waiting, collectivity, member, back=desk)


def _answered_meanwhile(contribution: Contribution, back: str) -> ResponseReturnValue:
    sentence = _("This appeal is no longer waiting: it was answered, or its text taken away, meanwhile.")
    return moved_on(back, sentence, *queries.reasons_of_appeals(contribution))


def _answered(
    appeal: Appeal, collectivity: Collectivity, member: Membership, *, back: str
) -> ResponseReturnValue:
    """Shows an appeal with its form, or records the answer and goes back."""
    form = AnswerAppealForm()
    if form.is_sent():
        try:
            decide_appeal(
                appeal,
                outcome=AppealOutcome(form.outcome.data),
                reason=form.reason.data,
                language=current_language(),
                member=member,
            )
            db.session.commit()
            flash(_("The appeal is answered. Its author is told by e-mail."))
            return redirect(back)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    owner = appeal.decision.contribution.project.collectivity
    return render_template(
        "moderation/manage_appeal.html",
        form=form,
        appeal=appeal,
        collectivity=collectivity,
        owner=owner,
        back=back,
        charter=CHARTER,
        may_decide=may_decide_appeal(member, appeal),
        reviewers=reviewers_for(appeal, reviewers_of(owner.id)),
    ), form.status
