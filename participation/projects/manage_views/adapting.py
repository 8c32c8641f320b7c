"""Making a draft from the published dossier of another public body."""

from flask import abort, flash, render_template

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, DomainError
from participation.foundation.i18n import gettext as _
from participation.projects import actions, queries
from participation.projects.dossier.adapting import LOCAL_FIELDS
from participation.projects.dossier.fields import FIELDS
from participation.projects.forms import ConfirmForm
from participation.projects.manage_views.entrance import Page, blueprint, to_project, writers
from participation.projects.models import Project


@blueprint.route("/adapter/<slug>", methods=["GET", "POST"])
@writers
def adapt(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Says what is copied and what isn't, then copies; made before, leads to the draft there is."""
    origin = _origin_or_404(collectivity, slug)
    form = ConfirmForm()
    if form.is_sent():
        try:
            project = actions.adapt_project(origin, collectivity, member=member)
            db.session.commit()
            flash(_("The draft is kept. Nobody sees it before it is published."))
            return to_project(project)
        except AlreadyDone as error:
            db.session.rollback()
            made = queries.adaptation_of(origin, collectivity)
            if made is not None:
                flash(str(error), "late")
                return to_project(made)
            form.refuse(error)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_adapt.html",
        collectivity=collectivity,
        origin=origin,
        made=queries.adaptation_of(origin, collectivity),
        local=[one for one in FIELDS if one.name in LOCAL_FIELDS],
        form=form,
    )
    return page, form.status


def _origin_or_404(collectivity: Collectivity, slug: str) -> Project:
    origin = queries.project_by_slug(slug)
    if origin is None or origin.is_archive or origin.collectivity_id == collectivity.id:
        abort(404)
    if origin.proposed_at is None or origin.proposed_at > clock.now():
        abort(404)
    return origin
