"""The blueprint of the back office of consultations, and how what an address names is found."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity
from participation.consultations import queries
from participation.consultations.models import Consultation
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.projects.models import Project
from participation.projects.queries import project_by_slug
from participation.web.forms import Form

blueprint = Blueprint("manage_consultations", __name__)
FOLDER = "/gestion/<collectivity_slug>/consultations"


def change(
    form: Form,
    act: Callable[[], None],
    consultation: Consultation,
    page: str,
    done: str,
    **context: object,
) -> ResponseReturnValue:
    """Does what a form asks for and says that it is done; refused, it shows the form again."""
    if form.is_sent():
        try:
            act()
            db.session.commit()
            flash(done)
            return to_consultation(consultation)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    collectivity = consultation.project.collectivity
    context |= {"form": form, "consultation": consultation, "collectivity": collectivity}
    return render_template(f"consultations/manage_{page}.html", **context), form.status


def to_consultation(consultation: Consultation) -> ResponseReturnValue:
    """Returns to the page of a consultation in the back office."""
    body = consultation.project.collectivity
    return redirect(url_for("manage_consultations.show", collectivity_slug=body.slug, slug=consultation.slug))


def project_or_404(collectivity: Collectivity, slug: str) -> Project:
    """Returns a project of that collectivity; of another one, it doesn't exist here."""
    project = project_by_slug(slug)
    if project is None or project.collectivity_id != collectivity.id:
        abort(404)
    return project


def consultation_or_404(collectivity: Collectivity, slug: str) -> Consultation:
    """Returns a consultation of that collectivity, draft or announced."""
    consultation = queries.consultation_by_slug(slug)
    if consultation is None or consultation.project.collectivity_id != collectivity.id:
        abort(404)
    return consultation
