"""What residents would read if the working copy were published now; seen by the staff only."""

from dataclasses import replace

from flask import abort, render_template
from sqlalchemy.orm.attributes import set_committed_value
from werkzeug.wrappers import Response

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects import queries
from participation.projects.dossier.published import PublishedDossier
from participation.projects.dossier.snapshot import read
from participation.projects.manage_views.entrance import blueprint, project_or_404
from participation.projects.models import Project
from participation.projects.stage import Stage
from participation.projects.views.page import Story, story_of
from participation.projects.views.showing import dossier_context, page_context, sent_picture


@blueprint.get("/<slug>/apercu")
@staff()
def preview(collectivity: Collectivity, member: Membership, slug: str) -> str:
    """Shows the page of the project from the working copy, with nothing on it that acts."""
    story = _story(project_or_404(collectivity, slug))
    return render_template(
        "projects/show.html", preview=_addresses(collectivity, slug), **page_context(story)
    )


@blueprint.get("/<slug>/apercu/dossier")
@staff()
def preview_dossier(collectivity: Collectivity, member: Membership, slug: str) -> str:
    """Shows the whole dossier from the working copy, with nothing on it that acts."""
    story = _story(project_or_404(collectivity, slug))
    return render_template(
        "projects/dossier.html", preview=_addresses(collectivity, slug), **dossier_context(story)
    )


@blueprint.get("/<slug>/apercu/photo/<name>")
@staff()
def preview_photo(collectivity: Collectivity, member: Membership, slug: str, name: str) -> Response:
    """Sends the photograph of a project, a draft too, to its staff."""
    project = project_or_404(collectivity, slug)
    if project.photo_file != name:
        abort(404)
    picture = sent_picture(name)
    picture.headers["Cache-Control"] = "private, no-store"
    return picture


def _story(project: Project) -> Story:
    """Returns the project as it would be told; one that is a draft is shown as proposed today."""
    now = clock.now()
    dossier = read(queries.working_snapshot(project))
    public = story_of(project.slug, now)
    origin = project.adapted_from
    # Cut from the database, so that nothing of what is shown is ever written.
    db.session.expunge(project)
    set_committed_value(project, "adapted_from", origin)
    _dress(project, dossier)
    if public is not None and public.stage is not Stage.DRAFT:
        return replace(public, project=project, dossier=dossier, version=None)
    project.proposed_at = now
    return Story(
        project=project,
        version=None,
        dossier=dossier,
        consultations=[],
        decisions=[],
        stage=Stage.PROPOSED,
        suspension=None,
    )


def _dress(project: Project, dossier: PublishedDossier) -> None:
    """Gives the project the name, summary and policy of the working copy, as publishing does."""
    answers = dossier.answers
    project.title = answers["name"].text if "name" in answers else project.title
    project.summary = answers["description_short"].text if "description_short" in answers else ""
    project.policy = answers["policy"].choice if "policy" in answers else ""


def _addresses(collectivity: Collectivity, slug: str) -> dict[str, str]:
    return {"collectivity_slug": collectivity.slug, "slug": slug}
