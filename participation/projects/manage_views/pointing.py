"""What can still change, what is already decided: adding, changing, taking out."""

from typing import TypedDict

from flask import abort, flash, render_template

from participation.collectivities.models import Collectivity, Membership
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, DomainError
from participation.projects import actions, queries
from participation.projects.addresses import address_of
from participation.projects.forms import ConfirmForm, PointForm
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_project, writers
from participation.projects.models import OpenPoint, Project


class PointWords(TypedDict):
    """What a point says, as the domain takes it."""

    text: str
    options: str
    is_decided: bool
    source: str


@blueprint.route("/<slug>/points/nouveau", methods=["GET", "POST"])
@writers
def new_point(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Adds something that can still change, or is already decided."""
    project = project_or_404(collectivity, slug)
    form = PointForm()
    if form.is_sent():
        try:
            words = _point_words(form)
            actions.add_open_point(project, key=address_of(words["text"], 60), member=member, **words)
            db.session.commit()
            return to_project(project, anchor="points")
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_point.html", collectivity=collectivity, project=project, form=form, point=None
    )
    return page, form.status


@blueprint.route("/<slug>/points/<key>", methods=["GET", "POST"])
@writers
def point(collectivity: Collectivity, member: Membership, slug: str, key: str) -> Page:
    """Rewrites a point."""
    project = project_or_404(collectivity, slug)
    edited = _point(project, key)
    form = PointForm()
    form.take_from(edited)
    if form.is_sent():
        try:
            actions.edit_open_point(project, edited, member=member, **_point_words(form))
            db.session.commit()
            return to_project(project, anchor="points")
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_point.html", collectivity=collectivity, project=project, form=form, point=edited
    )
    return page, form.status


@blueprint.route("/<slug>/points/<key>/suppression", methods=["GET", "POST"])
@writers
def remove_point(collectivity: Collectivity, member: Membership, slug: str, key: str) -> Page:
    """Takes a point out of the working copy, once confirmed."""
    project = project_or_404(collectivity, slug)
    removed = _point(project, key)
    form = ConfirmForm()
    if form.is_sent():
        try:
            actions.remove_open_point(project, removed, member=member)
            db.session.commit()
        except AlreadyDone as error:
            db.session.rollback()
            flash(str(error), "late")
        return to_project(project, anchor="points")
    page = render_template(
        "projects/manage_remove_point.html",
        collectivity=collectivity,
        project=project,
        form=form,
        point=removed,
    )
    return page, form.status


def _point_words(form: PointForm) -> PointWords:
    return {
        "text": form.text.data or "",
        "options": form.options.data or "",
        "is_decided": form.is_decided.data == "yes",
        "source": form.source.data or "",
    }


def _point(project: Project, key: str) -> OpenPoint:
    found = queries.open_point(project, key)
    if found is None:
        abort(404)
    return found
