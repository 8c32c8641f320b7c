"""The list of summaries, and the page of one: what is covered, its two texts, its publication."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import held, staff
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.summaries import queries
from participation.summaries.actions import draft_summary, publish_summary
from participation.summaries.figures import makeup_of
from participation.summaries.forms import PressForm, TextsForm
from participation.summaries.manage_views.entrance import (
    FOLDER,
    WRITERS,
    blueprint,
    consultation_or_404,
    draft_started,
    to_workbench,
    unfrozen_or_404,
)
from participation.summaries.permissions import may_sign
from participation.summaries.sections.wording import makeup_words
from participation.summaries.wording import KINDS
from participation.web.forms import Form


@blueprint.get(FOLDER, endpoint="list")
@staff(*WRITERS, Role.OFFICIAL, Role.AGENT, Role.AUDITOR)
def list_summaries(collectivity: Collectivity, member: Membership) -> str:
    return render_template(
        "summaries/manage_list.html",
        collectivity=collectivity,
        listed=queries.summaries_of(collectivity.id),
        may_write=held(lambda one: one.role in WRITERS),
        now=clock.now(),
    )


@blueprint.get(FOLDER + "/<slug>")
@staff(*WRITERS)
def show(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(collectivity, slug)
    if queries.has_published_summary(consultation.id):
        return render_template(
            "summaries/manage_published.html", collectivity=collectivity, consultation=consultation
        )
    return _page(collectivity, member, consultation, PressForm())


@blueprint.route(FOLDER + "/<slug>/textes", methods=["GET", "POST"])
@staff(*WRITERS)
def texts(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    form = TextsForm()
    if form.is_sent():
        try:
            draft_summary(
                consultation,
                introduction=form.introduction.data or "",
                method=form.method.data or "",
                language=current_language(),
                member=member,
            )
            db.session.commit()
            flash(_("The texts are saved."))
            return to_workbench(collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    if not form.is_submitted():
        form.show(queries.draft_of(consultation))
    context = {"form": form, "collectivity": collectivity, "consultation": consultation}
    return render_template("summaries/manage_texts.html", **context), form.status


@blueprint.post(FOLDER + "/<slug>/publier")
@staff(Role.MODERATOR)
def publish(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    consultation = unfrozen_or_404(collectivity, slug)
    form = PressForm()
    if form.is_sent():
        try:
            publish_summary(draft_started(consultation, member), member=member)
            db.session.commit()
            flash(_("The summary is published and signed with your name."))
            return to_workbench(collectivity, consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _page(collectivity, member, consultation, form), form.status


def _page(collectivity: Collectivity, member: Membership, consultation: Consultation, form: Form) -> str:
    draft = queries.draft_of(consultation)
    shown = queries.findings_of(draft) if draft else []
    return render_template(
        "summaries/manage_show.html",
        form=form,
        collectivity=collectivity,
        consultation=consultation,
        draft=draft,
        themes=queries.themes_of(consultation),
        sizes=queries.theme_sizes(consultation.id),
        findings=[(one, makeup_of(one)) for one in shown],
        makeup_words=makeup_words,
        coverage=queries.coverage(draft) if draft else None,
        unsorted=queries.count_unsorted(consultation.id),
        is_over=consultation.is_closed(clock.now()),
        may_sign=may_sign(member, consultation),
        kinds=KINDS,
    )
