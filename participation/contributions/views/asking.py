"""Questions to the service of a project, at any time once it is public: reading them, asking one more."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.collectivities.site import show_as
from participation.consultations.queries import open_consultation_of
from participation.contributions.forms import QuestionForm
from participation.contributions.models import Kind
from participation.contributions.permissions import may_ask
from participation.contributions.queries import Answered, Asked, alike, asking_of, questions_page
from participation.contributions.views.sending import blueprint, refuse_archive, send
from participation.contributions.wording import Subject, about, subjects_of_dossier
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.projects.models import Project
from participation.projects.queries import project_by_slug, published_dossier, referent_of
from participation.web.access import public
from participation.web.limits import per_mailbox, per_network
from participation.web.page_cache import same_for_every_reader
from participation.web.pagination import one_of

# What others asked already is shown above the form, so that nobody asks it again.
ASKED_SHOWN = 5
WHOLE = "dossier"


@blueprint.get("/projets/<slug>/questions")
@public
@same_for_every_reader
def questions(slug: str) -> str:
    """Shows the questions residents asked and what was answered, late ones first."""
    project = _project_or_404(slug)
    now = clock.now()
    subjects = subjects_of_dossier(published_dossier(project))
    names = {WHOLE: "", **{one.value: one.value for one in subjects}}
    chosen, answered = one_of("sur", names, ""), one_of("etat", list(Answered), Answered.ALL)
    return render_template(
        "contributions/questions.html",
        project=project,
        page=questions_page(
            project,
            now,
            answered=answered,
            subject=names.get(chosen) if chosen else None,
            after=request.args.get("apres", ""),
        ),
        asking=asking_of(project.id, now),
        subjects=subjects,
        chosen=chosen,
        answered=answered,
        referent=referent_of(project),
        may_ask=may_ask(project, now),
        about=about,
    )


@blueprint.route("/projets/<slug>/questions/poser", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def ask(slug: str) -> ResponseReturnValue:
    """Asks the service something about one answer of the dossier, one point, or the whole of it.

    In an open consultation the question is part of it; at any other time it stands on its own.
    """
    project = _project_or_404(slug)
    refuse_archive(project)
    now = clock.now()
    if request.method == "GET" and not may_ask(project, now):
        return render_template("contributions/not_outside.html", project=project), 409
    subjects = subjects_of_dossier(published_dossier(project))
    form = QuestionForm(person=current_person(), subjects=subjects, about=request.args.get("sur", ""))
    place = open_consultation_of(project, now) or project
    form.alike.offer(alike(place, Kind.SERVICE_QUESTION, form.body.data or ""))
    if form.is_sent():
        if same := form.alike.chosen():
            return redirect(url_for("contributions.show", ref=same))
        try:
            return send(form, place, "comment", form.payload())
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "contributions/ask.html",
        project=project,
        form=form,
        asked=_asked_already(project, form.about.data or "", subjects),
        subject=next((one for one in subjects if one.value == form.about.data), None),
        referent=referent_of(project),
    )
    return page, form.status


@blueprint.get("/projets/<slug>/questions/a-confirmer")
@public
def question_waiting(slug: str) -> str:
    """Says to a guest that one step is left, in their mail."""
    return render_template("contributions/question_waiting.html", project=_project_or_404(slug))


def _asked_already(project: Project, about: str, subjects: list[Subject]) -> list[Asked]:
    """Returns a few questions on the same thing; of what nobody can ask about, none."""
    if about and about not in {one.value for one in subjects}:
        return []
    return questions_page(project, clock.now(), subject=about, size=ASKED_SHOWN).questions


def _project_or_404(slug: str) -> Project:
    project = project_by_slug(slug)
    if project is None or project.proposed_at is None or project.proposed_at > clock.now():
        abort(404)
    show_as(project.collectivity)
    return project
