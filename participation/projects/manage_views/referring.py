"""Naming who receives the questions of residents on one project."""

from flask import flash, render_template

from participation.collectivities.forms import ReferentForm
from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.queries import answering_members
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext
from participation.projects import actions
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_project, writers


@blueprint.route("/<slug>/referent", methods=["GET", "POST"])
@writers
def referent(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Names the AI referent of a project, or leaves its questions to that of the collectivity."""
    project = project_or_404(collectivity, slug)
    nobody = lazy_gettext("The AI referent of the collectivity")
    form = ReferentForm(answering_members(collectivity), project.referent_id, nobody=nobody)
    if form.is_sent():
        try:
            actions.name_referent(project, form.chosen(), member=member)
            db.session.commit()
            flash(_("Recorded: public pages show it within a minute."))
            return to_project(project)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_referent.html", collectivity=collectivity, project=project, form=form
    )
    return page, form.status
