"""The desk of questions: what residents ask the service, the oldest first, and answering one."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import held, staff
from participation.contributions.actions import answer_question
from participation.contributions.forms import AnswerForm
from participation.contributions.models import AnswerOutcome, Contribution, ServiceAnswer
from participation.contributions.permissions import may_answer
from participation.contributions.queries import (
    contribution_by_ref,
    deadline_of,
    questions_to_answer,
    service_answer_of,
    thread_of,
    versions_since,
)
from participation.contributions.wording import about
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.projects.models import DossierVersion
from participation.projects.queries import referents_of

blueprint = Blueprint("manage_questions", __name__, url_prefix="/gestion/<collectivity_slug>/questions")
Page = str | Response | tuple[str, int]


@blueprint.get("", endpoint="list")
@staff()
def list_questions(collectivity: Collectivity, member: Membership) -> str:
    """Shows the questions that wait, the oldest first, each with its age and who receives it."""
    waiting = questions_to_answer(collectivity.id)
    return render_template(
        "contributions/manage_questions.html",
        collectivity=collectivity,
        questions=waiting,
        referents=referents_of([one.question.project for one in waiting]),
        answerable={one.question.id for one in waiting if held(may_answer, one.question)},
    )


@blueprint.route("/<ref>", methods=["GET", "POST"])
@staff(Role.AGENT, Role.ADMINISTRATOR)
def answer(collectivity: Collectivity, member: Membership, ref: str) -> Page:
    """Answers a question; when a colleague was quicker, says so and keeps what was typed."""
    question = _question_or_404(collectivity, ref)
    known = service_answer_of(question)
    versions = versions_since(question)
    form = AnswerForm(versions=versions)
    form.take_from(known)
    if form.is_sent():
        try:
            given = _answer(form, question, member, versions)
            db.session.commit()
            flash(_said(given))
            return redirect(url_for("manage_questions.list", collectivity_slug=collectivity.slug))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
            known = service_answer_of(question)
            if isinstance(error, AlreadyDone):
                form.revision.data = str(known.revision) if known else "0"
    page = render_template(
        "contributions/manage_answer.html",
        collectivity=collectivity,
        question=question,
        about=about(question),
        deadline=deadline_of(question),
        comment=thread_of(question),
        form=form,
        known=known,
    )
    return page, form.status


def _answer(
    form: AnswerForm, question: Contribution, member: Membership, versions: list[DossierVersion]
) -> ServiceAnswer:
    return answer_question(
        question,
        outcome=form.chosen_outcome(),
        body=form.body.data or "",
        version=form.chosen_version(versions),
        language=current_language(),
        revision=form.seen_revision(),
        member=member,
    )


def _said(given: ServiceAnswer) -> str:
    if given.waits:
        return _(
            "The answer is kept. It becomes public with the next version of the dossier; the clock runs."
        )
    if given.outcome is AnswerOutcome.UPDATED:
        return _("The answer is public, with what changed in the dossier. Whoever asked is told by e-mail.")
    return _("The answer is public. Whoever asked is told by e-mail.")


def _question_or_404(collectivity: Collectivity, ref: str) -> Contribution:
    question = contribution_by_ref(ref)
    if question is None or question.project.collectivity_id != collectivity.id:
        abort(404)
    if not question.is_question or not question.is_published:
        abort(404)
    return question
