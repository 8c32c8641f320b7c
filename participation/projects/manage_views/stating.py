"""Saying of each article of the AI charter whether a project complies."""

from flask import abort, flash, render_template

from participation.collectivities.ai_charter.queries import charter_in_force
from participation.collectivities.models import Collectivity, Membership
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.projects import actions, queries
from participation.projects.dossier.ai_charter import COMPLIANCES
from participation.projects.forms import charter_form
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_project, writers
from participation.projects.models import CharterStatement


@blueprint.route("/<slug>/charte", methods=["GET", "POST"])
@writers
def charter(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Lists every article in force; when a colleague spoke meanwhile both texts are shown, none is lost."""
    project = project_or_404(collectivity, slug)
    in_force = charter_in_force(collectivity)
    if in_force is None or project.is_archive:
        abort(404)
    form = charter_form(in_force)
    form.take_from(queries.charter_statements(project))
    theirs: dict[str, CharterStatement] = {}
    if form.is_sent():
        try:
            actions.state_on_charter(
                project, form.sayings(), charter_number=form.seen_charter(), member=member
            )
            db.session.commit()
            flash(_("This is kept. It is read by the public once a version of the dossier is published."))
            return to_project(project, anchor="charter")
        except actions.StatementConflict as conflict:
            db.session.rollback()
            form.refuse(conflict)
            current = queries.charter_statements(project)
            theirs = {key: current[key] for key in conflict.keys if key in current}
            form.show_overtaken(conflict.keys, theirs)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_charter.html",
        collectivity=collectivity,
        project=project,
        charter=in_force,
        form=form,
        theirs=theirs,
        compliances=COMPLIANCES,
    )
    return page, form.status
