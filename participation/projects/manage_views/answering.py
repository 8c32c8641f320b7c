"""Answering one field of a dossier."""

from flask import abort, flash, render_template

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.projects import actions, queries
from participation.projects.dossier.fields import BY_NAME, Field
from participation.projects.forms import AnswerForm
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_project, writers
from participation.projects.models import DossierAnswer, Project


@blueprint.route("/<slug>/dossier/<name>", methods=["GET", "POST"])
@writers
def field(collectivity: Collectivity, member: Membership, slug: str, name: str) -> Page:
    """Answers one field; when a colleague answered meanwhile both texts are shown and none is lost."""
    project, one = project_or_404(collectivity, slug), _field(name)
    form = AnswerForm()
    form.fit(one)
    current: DossierAnswer | None = None
    form.take_from(queries.working_answer(project, name))
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
        form=form,
        current=current,
    )
    return page, form.status


def _answer(form: AnswerForm, project: Project, one: Field, member: Membership) -> None:
    actions.answer_field(
        project,
        one.name,
        due_on=form.due_on.data if form.due_on else None,
        answered_on=clock.today(project.collectivity.timezone),
        revision=form.seen_revision(),
        member=member,
        **form.values(),  # type: ignore[arg-type]
    )


def _field(name: str) -> Field:
    one = BY_NAME.get(name)
    if one is None or not one.is_written:
        abort(404)
    return one
