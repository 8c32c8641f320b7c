"""The questions on the law: answering them, and what they come to."""

from flask import flash, redirect, render_template, url_for

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import held, staff
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.projects import actions, queries
from participation.projects.dossier.fields import BY_NAME
from participation.projects.dossier.guidance.confirming import FIELD
from participation.projects.dossier.guidance.laws import LAWS, NOT_ESTABLISHED
from participation.projects.dossier.guidance.prefilling import disagreements, proposed_answers
from participation.projects.dossier.guidance.questions import QUESTIONS
from participation.projects.dossier.snapshot import frozen_answer, read_answer
from participation.projects.forms import guidance_form
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, writers
from participation.projects.models import DossierAnswer, Project
from participation.projects.permissions import may_write


@blueprint.route(f"/<slug>/dossier/{FIELD}", methods=["GET", "POST"])
@writers
def guidance(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Asks the fourteen questions on one page, then the check-lists that they call for."""
    project = project_or_404(collectivity, slug)
    kept = queries.working_answer(project, FIELD)
    form = guidance_form(kept)
    proposed = {} if kept and kept.details.get("parts") else _proposed(project)
    form.take_from(kept, proposed, member.function)
    current: DossierAnswer | None = None
    if form.is_for_lists():
        form.check_questions()
    elif form.is_sent():
        try:
            actions.assess_project(
                project, form.answers(), revision=form.seen_revision(), member=member, **form.values()
            )
            db.session.commit()
            flash(_("The answer is kept. It is read by the public once a version is published."))
            return redirect(url_for(".indication", collectivity_slug=collectivity.slug, slug=project.slug))
        except actions.Conflict as conflict:
            db.session.rollback()
            form.refuse(conflict)
            current = queries.working_answer(project, FIELD)
            form.revision.data = str(current.revision) if current else "0"
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_guidance.html",
        collectivity=collectivity,
        project=project,
        field=BY_NAME[FIELD],
        form=form,
        questions=QUESTIONS,
        laws=LAWS,
        proposed=proposed,
        current=read_answer(current) if current else None,
    )
    return page, form.status


@blueprint.get(f"/<slug>/dossier/{FIELD}/indication")
@staff()
def indication(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Shows what the answers come to: class, why, duties with their dates, and where each was read."""
    project = project_or_404(collectivity, slug)
    kept = queries.working_answer(project, FIELD)
    return render_template(
        "projects/manage_indication.html",
        collectivity=collectivity,
        project=project,
        answer=read_answer(kept) if kept else None,
        disagreements=disagreements(kept.details.get("parts", {}), _proposed(project)) if kept else [],
        not_established=NOT_ESTABLISHED,
        may_write=held(may_write, collectivity.id),
    )


def _proposed(project: Project) -> dict[str, str]:
    return proposed_answers({one.field: frozen_answer(one) for one in queries.working_answers(project)})
