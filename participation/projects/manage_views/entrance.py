"""The blueprint of the back office of projects, who enters it, and how a project of the address is found."""

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from participation.collectivities.models import Collectivity, Role
from participation.collectivities.staff import staff
from participation.projects import queries
from participation.projects.dossier.field import Section
from participation.projects.models import Project

blueprint = Blueprint("manage_projects", __name__, url_prefix="/gestion/<collectivity_slug>/projets")
Page = str | Response | tuple[str, int]
writers = staff(Role.AGENT, Role.ADMINISTRATOR)


def project_or_404(collectivity: Collectivity, slug: str) -> Project:
    """Returns a project of that collectivity; of another one, it doesn't exist here."""
    project = queries.project_by_slug(slug)
    if project is None or project.collectivity_id != collectivity.id:
        abort(404)
    return project


def to_section(project: Project, section: Section, *, anchor: str | None = None) -> Response:
    """Returns to a section of the working copy, at one of its questions."""
    address = url_for(
        "manage_projects.section",
        collectivity_slug=project.collectivity.slug,
        slug=project.slug,
        section=section.value,
        _anchor=anchor,
    )
    return redirect(address)


def to_project(project: Project, *, anchor: str | None = None) -> Response:
    """Returns to the working copy, at one of its parts."""
    address = url_for(
        "manage_projects.show",
        collectivity_slug=project.collectivity.slug,
        slug=project.slug,
        _anchor=anchor,
    )
    return redirect(address)
