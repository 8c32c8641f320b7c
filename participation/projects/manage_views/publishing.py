"""What the public sees of a project: publishing a version, the dates after the decision, the photograph."""

from flask import flash, render_template, request

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import staff
from participation.contributions.actions import note_cause, release_answers
from participation.contributions.models import Contribution
from participation.contributions.queries import contributions_named
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.files import pictures_folder, store_picture
from participation.foundation.i18n import current_language, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.text import excerpt
from participation.projects import actions, queries
from participation.projects.dossier.gate import missing_in
from participation.projects.forms import LifeForm, PhotoForm, PublishForm
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_project, writers
from participation.projects.models import Project

# Of a word that is no reference, so much is repeated in the sentence that refuses it.
LONGEST_SHOWN = 40


@blueprint.route("/<slug>/publication", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def publish(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Publishes the working copy as the next version, with its reason and what led to it."""
    project = project_or_404(collectivity, slug)
    form = PublishForm()
    if form.is_sent():
        try:
            causes = _named(form.references())
            version = actions.publish_dossier(
                project, reason=form.reason.data or "", language=current_language(), member=member
            )
            # First, so that whoever is told of an answer is not told of the version as well.
            answered = release_answers(version, member=member)
            note_cause(version, causes, member=member)
            db.session.commit()
            flash(_("Version %(number)s is published.", number=version.number))
            if answered:
                flash(
                    ngettext(
                        "%(num)s answer that waited for it is public, and whoever asked is told.",
                        "%(num)s answers that waited for it are public, and those who asked are told.",
                        answered,
                    )
                )
            return to_project(project)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_publish.html",
        collectivity=collectivity,
        project=project,
        form=form,
        missing=missing_in(queries.working_snapshot(project)),
    )
    return page, form.status


def _named(refs: list[str]) -> list[Contribution]:
    found = contributions_named(refs)
    unknown = [excerpt(ref, LONGEST_SHOWN) for ref in refs if ref not in found]
    if unknown:
        sentence = ngettext(
            "No contribution bears this reference: %(refs)s. Check that you copied all of it.",
            "No contribution bears these references: %(refs)s. Check that you copied all of them.",
            len(unknown),
            refs=", ".join(unknown),
        )
        raise Invalid(sentence, "contributions")
    return [found[ref] for ref in refs]


@blueprint.route("/<slug>/dates", methods=["GET", "POST"])
@writers
def life(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Notes when the tool came into service, was evaluated, was stopped."""
    project = project_or_404(collectivity, slug)
    form = LifeForm(obj=project)
    if form.is_sent():
        try:
            actions.record_life(
                project,
                in_service_on=form.in_service_on.data,
                evaluated_on=form.evaluated_on.data,
                stopped_on=form.stopped_on.data,
                member=member,
            )
            db.session.commit()
            return to_project(project)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("projects/manage_life.html", collectivity=collectivity, project=project, form=form)
    return page, form.status


@blueprint.route("/<slug>/photo", methods=["GET", "POST"])
@writers
def photo(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Gives the project a photograph, with the text that stands for it."""
    project = project_or_404(collectivity, slug)
    form = PhotoForm()
    if form.is_sent():
        try:
            replaced = _store_photo(form, project, member)
            db.session.commit()
            if replaced:
                (pictures_folder() / replaced).unlink(missing_ok=True)
            return to_project(project)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_photo.html", collectivity=collectivity, project=project, form=form
    )
    return page, form.status


def _store_photo(form: PhotoForm, project: Project, member: Membership) -> str | None:
    upload = request.files.get("photo")
    if upload is None or not upload.filename:
        raise Invalid(_("Choose a picture."), "photo")
    name = store_picture(upload, "photo")
    return actions.set_photo(
        project,
        file_name=name,
        alternative=form.alternative.data or "",
        credit=form.credit.data or "",
        member=member,
    )
