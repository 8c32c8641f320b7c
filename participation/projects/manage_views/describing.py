"""The projects of a collectivity: their list, a new draft, one working copy."""

from flask import flash, render_template

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import held, staff
from participation.consultations.queries import consultations_of_project
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.projects import actions, queries
from participation.projects.addresses import address_of
from participation.projects.dossier import progress
from participation.projects.dossier.ai_charter import read_check
from participation.projects.dossier.gate import hard_fields, missing_for_path, missing_in
from participation.projects.dossier.path import path_of
from participation.projects.forms import DraftForm
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_project, writers
from participation.projects.models import AnswerState, Project
from participation.projects.permissions import may_publish, may_write
from participation.projects.stage import stage_of
from participation.projects.views.words import STAGES


@blueprint.get("", endpoint="list")
@staff()
def list_projects(collectivity: Collectivity, member: Membership) -> str:
    """Shows every project of the collectivity, drafts first."""
    now = clock.now()
    projects = queries.projects_of_collectivity(collectivity.id)
    return render_template(
        "projects/manage_list.html",
        collectivity=collectivity,
        projects=projects,
        stages={project.id: stage_of(project, now) for project in projects},
        may_write=held(may_write, collectivity.id),
    )


@blueprint.route("/nouveau", methods=["GET", "POST"])
@writers
def new(collectivity: Collectivity, member: Membership) -> Page:
    """Starts a project with the ten fields of a draft."""
    form = DraftForm()
    if form.is_sent():
        try:
            project = _draft(form, collectivity, member)
            db.session.commit()
            flash(_("The draft is kept. Nobody sees it before it is published."))
            return to_project(project)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("projects/manage_new.html", collectivity=collectivity, form=form), form.status


@blueprint.get("/<slug>")
@staff()
def show(collectivity: Collectivity, member: Membership, slug: str) -> str:
    """Shows the working copy, what lacks before a consultation, what is not published yet."""
    project = project_or_404(collectivity, slug)
    snapshot = queries.working_snapshot(project)
    path = path_of(snapshot)
    version = queries.published_version(project)
    return render_template(
        "projects/manage_show.html",
        collectivity=collectivity,
        project=project,
        stage=stage_of(project, clock.now()),
        stage_words=STAGES,
        progress=progress.progress_of(snapshot["answers"], clock.today(collectivity.timezone)),
        handovers=queries.open_handovers_of(project),
        today=clock.today(collectivity.timezone),
        points=queries.working_points(project),
        charter=read_check(snapshot),
        missing=missing_in(snapshot),
        hard_fields=hard_fields(snapshot),
        path=path,
        asked_by_path=missing_for_path(snapshot, path),
        version=version,
        is_changed=version is None or version.snapshot != snapshot,
        consultations=consultations_of_project(project),
        may_write=held(may_write, collectivity.id),
        may_publish=held(may_publish, collectivity.id),
        may_consult=held(lambda one: one.role is Role.MODERATOR),
    )


def _draft(form: DraftForm, collectivity: Collectivity, member: Membership) -> Project:
    project = actions.create_project(
        collectivity,
        title=form.name.data or "",
        summary=form.description_short.data or "",
        policy="",
        language=current_language(),
        member=member,
    )
    for name, given in form.answers().items():
        actions.answer_field(
            project,
            name,
            state=AnswerState.ANSWERED,
            answered_by=member.function,
            answered_on=clock.today(collectivity.timezone),
            member=member,
            **given,  # type: ignore[arg-type]
        )
    for key, (text, is_decided) in {
        address_of(text, 60): (text, decided) for text, decided in form.points()
    }.items():
        actions.add_open_point(project, key=key, text=text, is_decided=is_decided, member=member)
    return project
