"""From a public project to the draft that another public body makes of it: which body is chosen here."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.collectivities.models import Collectivity
from participation.collectivities.queries import memberships_everywhere
from participation.foundation import clock
from participation.projects import queries
from participation.projects.models import Project
from participation.projects.permissions import WRITERS
from participation.projects.views.entrance import blueprint
from participation.web.access import signed_in


@blueprint.get("/projets/<slug>/adapter")
@signed_in
def adapt(slug: str) -> ResponseReturnValue:
    """Leads to the form of the one public body for which this person writes dossiers, or lets them choose."""
    project = queries.project_by_slug(slug)
    if project is None or project.is_archive or not _is_public(project):
        abort(404)
    bodies = _bodies_to_write_for(project)
    if len(bodies) == 1:
        return redirect(_form_of(bodies[0], project))
    ways = [(body, _form_of(body, project)) for body in bodies]
    return render_template("projects/adapt.html", project=project, ways=ways)


def _is_public(project: Project) -> bool:
    return project.proposed_at is not None and project.proposed_at <= clock.now()


def _bodies_to_write_for(project: Project) -> list[Collectivity]:
    person = current_person()
    held = memberships_everywhere(person) if person is not None else []
    writing = [one for one in held if one.role in WRITERS and one.collectivity_id != project.collectivity_id]
    return list(dict.fromkeys(one.collectivity for one in writing))


def _form_of(body: Collectivity, project: Project) -> str:
    return url_for("manage_projects.adapt", collectivity_slug=body.slug, slug=project.slug)
