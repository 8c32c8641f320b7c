"""Changing the period of an announced consultation by one person: longer, suspended, resumed, cancelled."""

from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import staff
from participation.consultations.actions import (
    cancel_consultation,
    extend_consultation,
    pause_consultation,
    resume_consultation,
)
from participation.consultations.forms import CancelForm, ExtendForm, PauseForm, ResumeForm, local
from participation.consultations.manage_views.entrance import (
    FOLDER,
    blueprint,
    change,
    consultation_or_404,
)
from participation.consultations.models import Ground
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _


@blueprint.route(FOLDER + "/<slug>/prolonger", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def extend(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    form = ExtendForm()

    def act() -> None:
        closes_at = local(form.closes_at.data, collectivity.timezone)
        extend_consultation(
            consultation,
            closes_at=closes_at,
            reason=form.reason.data,
            language=current_language(),
            member=member,
        )

    return change(form, act, consultation, "extend", _("The new closing is published."))


@blueprint.route(FOLDER + "/<slug>/suspendre", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def pause(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    form = PauseForm()

    def act() -> None:
        ground = Ground(form.ground.data)
        pause_consultation(
            consultation, ground=ground, reason=form.reason.data, language=current_language(), member=member
        )

    return change(
        form, act, consultation, "pause", _("The consultation is suspended, and its page says why.")
    )


@blueprint.route(FOLDER + "/<slug>/reprendre", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def resume(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    form = ResumeForm()

    def act() -> None:
        resume_consultation(consultation, reason=form.reason.data, language=current_language(), member=member)

    return change(
        form,
        act,
        consultation,
        "resume",
        _("The consultation is open again, and its page gives the new closing."),
    )


@blueprint.route(FOLDER + "/<slug>/annuler", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def cancel(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    form = CancelForm()

    def act() -> None:
        cancel_consultation(consultation, reason=form.reason.data, language=current_language(), member=member)

    return change(form, act, consultation, "cancel", _("The cancellation is published."))
