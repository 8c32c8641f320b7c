"""Preparing a consultation: the list, a draft and its changes, its page, the announcement."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import staff
from participation.consultations import queries
from participation.consultations.actions import (
    announce_consultation,
    edit_consultation,
    prepare_consultation,
)
from participation.consultations.forms import AnnounceForm, ConsultationForm
from participation.consultations.manage_views.entrance import (
    FOLDER,
    blueprint,
    consultation_or_404,
    project_or_404,
    to_consultation,
)
from participation.consultations.models import Consultation
from participation.consultations.permissions import may_answer_proposal
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.projects.dossier.gate import missing_for_consultation


@blueprint.get(FOLDER, endpoint="list")
@staff(Role.MODERATOR, Role.ADMINISTRATOR, Role.AGENT)
def list_consultations(collectivity: Collectivity, member: Membership) -> str:
    return render_template(
        "consultations/manage_list.html",
        collectivity=collectivity,
        consultations=queries.consultations_of_collectivity(collectivity.id),
        to_confirm={one.consultation_id for one in queries.closings_to_confirm(collectivity.id, clock.now())},
    )


@blueprint.route("/gestion/<collectivity_slug>/projets/<slug>/consultation", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def new(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    project = project_or_404(collectivity, slug)
    form = ConsultationForm()
    if form.is_sent():
        try:
            consultation = prepare_consultation(
                project, member=member, language=current_language(), **form.values(collectivity.timezone)
            )
            db.session.commit()
            flash(_("The draft is kept. Nobody sees it until you announce it."))
            return to_consultation(consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    context = {"form": form, "collectivity": collectivity, "project": project}
    return render_template("consultations/manage_form.html", **context), form.status


@blueprint.get(FOLDER + "/<slug>")
@staff(Role.MODERATOR, Role.ADMINISTRATOR, Role.AGENT)
def show(collectivity: Collectivity, member: Membership, slug: str) -> str:
    consultation = consultation_or_404(collectivity, slug)
    return _page(consultation, AnnounceForm(), member)


@blueprint.route(FOLDER + "/<slug>/modifier", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def edit(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    form = ConsultationForm()
    if request.method == "GET":
        form.show(consultation, collectivity.timezone)
    elif form.is_sent():
        try:
            edit_consultation(
                consultation, member=member, language=current_language(), **form.values(collectivity.timezone)
            )
            db.session.commit()
            flash(_("The draft is changed."))
            return to_consultation(consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    context = {"form": form, "collectivity": collectivity, "project": consultation.project}
    return render_template("consultations/manage_form.html", **context), form.status


@blueprint.post(FOLDER + "/<slug>/annoncer")
@staff(Role.MODERATOR)
def announce(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    form = AnnounceForm()
    if form.is_sent():
        try:
            announce_consultation(consultation, member=member)
            db.session.commit()
            flash(_("The consultation is announced."))
            return to_consultation(consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _page(consultation, form, member), form.status


def _page(consultation: Consultation, form: AnnounceForm, member: Membership) -> str:
    now = clock.now()
    return render_template(
        "consultations/manage_show.html",
        form=form,
        consultation=consultation,
        collectivity=consultation.project.collectivity,
        changes=queries.changes_of(consultation),
        proposal=queries.waiting_proposal(consultation),
        missing=missing_for_consultation(consultation.project),
        is_over=consultation.is_closed(now),
        may_run=member.role is Role.MODERATOR,
        may_answer=may_answer_proposal(member, consultation),
    )
