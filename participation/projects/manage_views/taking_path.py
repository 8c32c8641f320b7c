"""Choosing the path of a project: the minimum, more, or less with a published reason."""

from flask import flash, render_template

from participation.collectivities.models import Collectivity, Membership
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.projects import actions, queries
from participation.projects.forms import PathForm
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_project, writers


@blueprint.route("/<slug>/parcours", methods=["GET", "POST"])
@writers
def path(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Keeps the path that is followed, with its reason."""
    project = project_or_404(collectivity, slug)
    present = queries.working_path(project, queries.working_snapshot(project))
    form = PathForm()
    form.take_from(present)
    if form.is_sent():
        try:
            actions.choose_path(project, form.level.data or "", reason=form.reason.data or "", member=member)
            db.session.commit()
            flash(_("The path is kept. It is read by the public once a version is published."))
            return to_project(project, anchor="path")
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_path.html", collectivity=collectivity, project=project, form=form, path=present
    )
    return page, form.status
