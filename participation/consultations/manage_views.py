"""Back office of consultations: prepare a draft, announce it, then only extend or cancel."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import staff
from participation.consultations import queries
from participation.consultations.actions import (
    announce_consultation,
    cancel_consultation,
    edit_consultation,
    extend_consultation,
    prepare_consultation,
)
from participation.consultations.forms import AnnounceForm, CancelForm, ConsultationForm, ExtendForm, local
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.projects.dossier.fields import missing_for_consultation
from participation.projects.models import Project
from participation.projects.queries import project_by_slug
from participation.web.forms import Form

blueprint = Blueprint("manage_consultations", __name__)
FOLDER = "/gestion/<collectivity_slug>/consultations"


@blueprint.get(FOLDER, endpoint="list")
@staff(Role.MODERATOR, Role.ADMINISTRATOR, Role.AGENT)
def list_consultations(collectivity: Collectivity, member: Membership) -> str:
    return render_template(
        "consultations/manage_list.html",
        collectivity=collectivity,
        consultations=queries.consultations_of_collectivity(collectivity.id),
    )


@blueprint.route("/gestion/<collectivity_slug>/projets/<slug>/consultation", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def new(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    project = _project_or_404(collectivity, slug)
    form = ConsultationForm()
    if form.is_sent():
        try:
            consultation = prepare_consultation(project, member=member, **form.values(collectivity.timezone))
            db.session.commit()
            flash(_("The draft is kept. Nobody sees it until you announce it."))
            return _to(collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    context = {"form": form, "collectivity": collectivity, "project": project}
    return render_template("consultations/manage_form.html", **context), form.status


@blueprint.get(FOLDER + "/<slug>")
@staff(Role.MODERATOR, Role.ADMINISTRATOR, Role.AGENT)
def show(collectivity: Collectivity, member: Membership, slug: str) -> str:
    consultation = _consultation_or_404(collectivity, slug)
    return render_template(
        "consultations/manage_show.html",
        form=AnnounceForm(),
        consultation=consultation,
        collectivity=collectivity,
        changes=queries.changes_of(consultation),
        missing=missing_for_consultation(consultation.project),
        is_over=consultation.is_closed(clock.now()),
        may_run=member.role is Role.MODERATOR,
    )


@blueprint.route(FOLDER + "/<slug>/modifier", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def edit(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = _consultation_or_404(collectivity, slug)
    form = ConsultationForm()
    if request.method == "GET":
        form.show(consultation, collectivity.timezone)
    elif form.is_sent():
        try:
            edit_consultation(consultation, member=member, **form.values(collectivity.timezone))
            db.session.commit()
            flash(_("The draft is changed."))
            return _to(collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    context = {"form": form, "collectivity": collectivity, "project": consultation.project}
    return render_template("consultations/manage_form.html", **context), form.status


@blueprint.post(FOLDER + "/<slug>/annoncer")
@staff(Role.MODERATOR)
def announce(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = _consultation_or_404(collectivity, slug)
    form = AnnounceForm()
    if form.is_sent():
        try:
            announce_consultation(consultation, member=member)
            db.session.commit()
            flash(_("The consultation is announced."))
            return _to(collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template(
        "consultations/manage_show.html",
        form=form,
        consultation=consultation,
        collectivity=collectivity,
        changes=queries.changes_of(consultation),
        missing=missing_for_consultation(consultation.project),
        is_over=consultation.is_closed(clock.now()),
        may_run=True,
    ), form.status


@blueprint.route(FOLDER + "/<slug>/prolonger", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def extend(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = _consultation_or_404(collectivity, slug)
    form = ExtendForm()

    def act() -> None:
        closes_at = local(form.closes_at.data, collectivity.timezone)
        extend_consultation(consultation, closes_at=closes_at, reason=form.reason.data, member=member)

    return _change(form, act, consultation, collectivity, "extend", _("The new closing is published."))


@blueprint.route(FOLDER + "/<slug>/annuler", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def cancel(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = _consultation_or_404(collectivity, slug)
    form = CancelForm()

    def act() -> None:
        cancel_consultation(consultation, reason=form.reason.data, member=member)

    return _change(form, act, consultation, collectivity, "cancel", _("The cancellation is published."))


def _change(
    form: Form,
    act: Callable[[], None],
    consultation: Consultation,
    collectivity: Collectivity,
    page: str,
    done: str,
) -> ResponseReturnValue:
    if form.is_sent():
        try:
            act()
            db.session.commit()
            flash(done)
            return _to(collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    context = {"form": form, "consultation": consultation, "collectivity": collectivity}
    return render_template(f"consultations/manage_{page}.html", **context), form.status


def _to(collectivity: Collectivity, consultation: Consultation) -> ResponseReturnValue:
    return redirect(
        url_for("manage_consultations.show", collectivity_slug=collectivity.slug, slug=consultation.slug)
    )


def _project_or_404(collectivity: Collectivity, slug: str) -> Project:
    project = project_by_slug(slug)
    if project is None or project.collectivity_id != collectivity.id:
        abort(404)
    return project


def _consultation_or_404(collectivity: Collectivity, slug: str) -> Consultation:
    consultation = queries.consultation_by_slug(slug)
    if consultation is None or consultation.project.collectivity_id != collectivity.id:
        abort(404)
    return consultation
