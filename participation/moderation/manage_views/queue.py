"""The queue of moderation and the text being read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import staff
from participation.contributions.models import Contribution, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import current_language, ngettext
from participation.foundation.i18n import gettext as _
from participation.moderation import queries
from participation.moderation.actions import (
    accept_contribution,
    accept_several,
    hide_contribution,
    restore_contribution,
)
from participation.moderation.charter import CHARTER
from participation.moderation.forms import DecideForm, TickedForm
from participation.moderation.manage_views.entrance import FOLDER, blueprint, contribution_or_404, queue_url
from participation.moderation.models import Appeal, ModerationDecision, Report
from participation.moderation.permissions import APPEAL_WITHIN, may_moderate
from participation.web.kept_text import kept_text
from participation.web.pagination import one_of


@dataclass(frozen=True)
class Selected:
    """The text in the centre: what it answers, who reported it, what was decided about it before."""

    contribution: Contribution
    answers: Contribution | None
    reports: list[Report]
    history: list[ModerationDecision]
    may_decide: bool
    appeal: Appeal | None

    @property
    def is_hidden(self) -> bool:
        """Tells whether it can be restored rather than accepted or hidden."""
        return self.contribution.visibility is Visibility.HIDDEN

    @property
    def is_gone(self) -> bool:
        """Tells whether its author took it away."""
        return self.contribution.visibility in (Visibility.WITHDRAWN, Visibility.ERASED)


@blueprint.route(FOLDER, methods=["GET", "POST"])
@staff(Role.MODERATOR, Role.ADMINISTRATOR)
def queue(collectivity: Collectivity, member: Membership) -> ResponseReturnValue:
    reason = one_of("show", list(queries.Reason), "")
    waiting = queries.queue_of(collectivity.id, member=member, reason=reason)
    contribution = _selected(collectivity, waiting)
    form = DecideForm()
    if contribution is not None and form.is_sent() and request.form.get("action") != "preview":
        try:
            done = _act(contribution, form, member)
            db.session.commit()
            flash(done)
            return redirect(queue_url(collectivity, done=contribution.ref))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _page(collectivity, member, waiting, contribution, form), form.status


@blueprint.post(FOLDER + "/acceptes")
@staff(Role.MODERATOR, Role.ADMINISTRATOR)
def accept_ticked(collectivity: Collectivity, member: Membership) -> ResponseReturnValue:
    form = TickedForm()
    if form.is_sent():
        refs = request.form.getlist("ref")
        accepted = accept_several(queries.contributions_to_accept(collectivity.id, refs), member=member)
        db.session.commit()
        flash(ngettext("%(num)s text accepted.", "%(num)s texts accepted.", accepted))
        return redirect(queue_url(collectivity))
    # Only a refused token can be wrong here: the queue is shown again, with that sentence.
    waiting = queries.queue_of(collectivity.id, member=member)
    return _page(collectivity, member, waiting, _selected(collectivity, waiting), form), form.status


def _act(contribution: Contribution, form: DecideForm, member: Membership) -> str:
    """Does what the pressed button says; returns the sentence that confirms it."""
    asked, reason = request.form.get("action"), form.reason.data or ""
    if asked == "accept":
        accept_contribution(contribution, member=member)
        return str(_("%(ref)s is accepted.", ref=contribution.ref))
    if asked == "hide":
        hide_contribution(
            contribution, rule=form.chosen_rule(), reason=reason, language=current_language(), member=member
        )
        return str(_("%(ref)s is hidden. Its author is told by e-mail.", ref=contribution.ref))
    if asked == "restore":
        restore_contribution(contribution, reason=reason, language=current_language(), member=member)
        return str(_("%(ref)s is public again. Its author is told by e-mail.", ref=contribution.ref))
    raise Invalid(_("Use one of the buttons below the text."))


def _page(
    collectivity: Collectivity,
    member: Membership,
    waiting: queries.Queue,
    contribution: Contribution | None,
    form: DecideForm | TickedForm,
) -> str:
    selected = _around(contribution, member) if contribution else None
    decide = form if isinstance(form, DecideForm) else DecideForm(formdata=None)
    if selected and selected.reports and not decide.is_submitted():
        decide.rule.data = selected.reports[0].rule.value
    rule = decide.chosen_rule()
    return render_template(
        "moderation/queue.html",
        form=form,
        decide=decide,
        kept=kept_text(),
        collectivity=collectivity,
        member=member,
        waiting=waiting,
        show=one_of("show", list(queries.Reason), ""),
        selected=selected,
        message_rule=CHARTER[rule] if rule else None,
        appeal_until=clock.now() + APPEAL_WITHIN,
        charter=CHARTER,
        recent=queries.recent_decisions(collectivity.id),
        done=request.args.get("done", "")[:20],
        left=_left,
        reasons=queries.Reason,
    )


def _around(contribution: Contribution, member: Membership) -> Selected:
    reply_to = contribution.reply_to_id
    return Selected(
        contribution=contribution,
        answers=db.session.get(Contribution, reply_to) if reply_to else None,
        reports=queries.open_reports_about(contribution),
        history=queries.decisions_about(contribution),
        may_decide=may_moderate(member, contribution),
        appeal=queries.waiting_appeal_of(contribution),
    )


def _selected(collectivity: Collectivity, waiting: queries.Queue) -> Contribution | None:
    """Returns the text named by the address, else the most urgent one that is no appeal."""
    ref = request.args.get("ref", "")
    if ref:
        return contribution_or_404(collectivity, ref)
    return next((one.contribution for one in waiting.items if one.appeal is None), None)


def _left(due_at: datetime, now: datetime) -> str:
    """Returns how long is left, or how late it is, in its largest unit."""
    delay = abs(due_at - now)
    if delay >= timedelta(days=2):
        words = ngettext("%(num)s day", "%(num)s days", delay.days)
    elif delay >= timedelta(hours=1):
        words = ngettext("%(num)s hour", "%(num)s hours", delay // timedelta(hours=1))
    else:
        words = ngettext("%(num)s minute", "%(num)s minutes", delay // timedelta(minutes=1))
    return str(_("late by %(time)s", time=words) if now > due_at else _("%(time)s left", time=words))
