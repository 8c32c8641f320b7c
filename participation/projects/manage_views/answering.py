"""Answering one field of a dossier."""

from flask import abort, flash, render_template

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.projects import actions, queries
from participation.projects.dossier.field import Field
from participation.projects.dossier.fields import BY_NAME
from participation.projects.dossier.gate import hard_fields
from participation.projects.dossier.guidance.mention import MENTION_FIELD, mention_of
from participation.projects.dossier.snapshot import frozen_answer, read_answer
from participation.projects.forms import AnswerForm, answer_form
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_project, writers
from participation.projects.models import DossierAnswer, Project


@blueprint.route("/<slug>/dossier/<name>", methods=["GET", "POST"])
@writers
def field(collectivity: Collectivity, member: Membership, slug: str, name: str) -> Page:
    """Answers one field; when a colleague answered meanwhile both texts are shown and none is lost."""
    project, one = project_or_404(collectivity, slug), _field(name)
    kept = queries.working_answer(project, name)
    form = answer_form(one, kept)
    form.take_from(kept)
    proposal = _proposal(project, one)
    if proposal and form.is_for_proposal():
        form.take_proposal(proposal)
    current: DossierAnswer | None = None
    if form.is_sent():
        try:
            _answer(form, project, one, member)
            db.session.commit()
            flash(_("The answer is kept. It is read by the public once a version is published."))
            return to_project(project, anchor=name)
        except actions.Conflict as conflict:
            db.session.rollback()
            form.refuse(conflict)
            current = queries.working_answer(project, name)
            form.revision.data = str(current.revision) if current else "0"
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_field.html",
        collectivity=collectivity,
        project=project,
        field=one,
        is_hard=name in hard_fields(queries.working_snapshot(project)),
        form=form,
        current=read_answer(current) if current else None,
        proposal=proposal,
    )
    return page, form.status


def _answer(form: AnswerForm, project: Project, one: Field, member: Membership) -> None:
    actions.answer_field(
        project,
        one.name,
        answered_on=clock.today(project.collectivity.timezone),
        revision=form.seen_revision(),
        member=member,
        **form.values(),
    )


def _field(name: str) -> Field:
    one = BY_NAME.get(name)
    if one is None or not one.is_written:
        abort(404)
    return one


def _proposal(project: Project, one: Field) -> str:
    """Returns the text that the platform proposes for a field, empty when it has none."""
    if one.name != MENTION_FIELD:
        return ""
    answers = {kept.field: frozen_answer(kept) for kept in queries.working_answers(project)}
    return mention_of(answers, project.language)
