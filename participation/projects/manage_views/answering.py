"""Answering one field of a dossier, one after the other."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import in_language, ngettext
from participation.projects import actions, queries
from participation.projects.dossier import progress
from participation.projects.dossier.field import SECTIONS, Field
from participation.projects.dossier.fields import BY_NAME
from participation.projects.dossier.gate import hard_fields
from participation.projects.dossier.glossary import jargon
from participation.projects.dossier.guidance.mention import MENTION_FIELD, mention_of
from participation.projects.dossier.hints import Hint, hints_on
from participation.projects.dossier.snapshot import frozen_answer, read_answer
from participation.projects.forms import AnswerForm, answer_form
from participation.projects.manage_views.entrance import Page, blueprint, project_or_404, to_section, writers
from participation.projects.models import AnswerState, DossierAnswer, Project


@blueprint.route("/<slug>/dossier/<name>", methods=["GET", "POST"])
@writers
def field(collectivity: Collectivity, member: Membership, slug: str, name: str) -> Page:
    """Answers one field; when a colleague answered meanwhile both texts are shown and none is lost."""
    project, one = project_or_404(collectivity, slug), _field(name)
    kept = queries.working_answer(project, name)
    form = answer_form(one, kept)
    form.take_from(kept)
    if kept is None and not form.is_submitted():
        form["answered_by"].data = member.function
    proposal = _proposal(project, one)
    if proposal and form.is_for_proposal():
        form.take_proposal(proposal)
    current: DossierAnswer | None = None
    if form.is_sent():
        try:
            answer = _answer(form, project, one, member)
            db.session.commit()
            return _onward(project, one, answer)
        except actions.Conflict as conflict:
            db.session.rollback()
            form.refuse(conflict)
            current = queries.working_answer(project, name)
            form.revision.data = str(current.revision) if current else "0"
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    answers = queries.working_snapshot(project)["answers"]
    page = render_template(
        "projects/manage_field.html",
        collectivity=collectivity,
        project=project,
        field=one,
        is_hard=name in hard_fields(queries.working_snapshot(project)),
        form=form,
        current=read_answer(current) if current else None,
        section_title=SECTIONS[one.section],
        place=progress.place_of(answers, one),
        why=progress.why_asked(answers, one),
        elsewhere=progress.why_elsewhere(one),
        is_optional=progress.is_optional(one),
        is_checked="check" in request.form,
        hints=_hints_on_form(form, project),
        proposal=proposal,
    )
    return page, form.status


def hints_on_answer(answer: DossierAnswer, language: str) -> list[Hint]:
    """Returns hints on what is kept of a field, against the words of the project's language."""
    text = answer.text if answer.state is AnswerState.ANSWERED else answer.reason
    return _hints(text, language, has_figures=bool((answer.details or {}).get("figures")))


def _hints_on_form(form: AnswerForm, project: Project) -> list[Hint]:
    values = form.values()
    text = values["text"] if values["state"] == AnswerState.ANSWERED.value else values.get("reason", "")
    figures = any(any(figure.values()) for figure in values["details"]["figures"])
    return _hints(text, project.language, has_figures=figures)


def _hints(text: str, language: str, *, has_figures: bool) -> list[Hint]:
    with in_language(language):
        words = jargon()
    return hints_on(text, jargon=words, has_sourced_figures=has_figures)


def _answer(form: AnswerForm, project: Project, one: Field, member: Membership) -> DossierAnswer:
    return actions.answer_field(
        project,
        one.name,
        answered_on=clock.today(project.collectivity.timezone),
        revision=form.seen_revision(),
        member=member,
        **form.values(),
    )


def _onward(project: Project, one: Field, answer: DossierAnswer) -> Response:
    """Goes to the next question that holds nothing, or back to the section."""
    flash(_said_to_be_kept(project, one, answer))
    if request.form.get("then") != "return":
        following = progress.next_to_answer(queries.working_snapshot(project)["answers"], one)
        if following is not None:
            return redirect(
                url_for(
                    "manage_projects.field",
                    collectivity_slug=project.collectivity.slug,
                    slug=project.slug,
                    name=following.name,
                )
            )
    return to_section(project, one.section, anchor=one.name)


def _said_to_be_kept(project: Project, one: Field, answer: DossierAnswer) -> str:
    words = _("“%(field)s” is kept. The public reads it once a version is published.", field=one.label)
    count = len(hints_on_answer(answer, project.language))
    if not count:
        return words
    hints = ngettext(
        "%(num)s hint on its wording waits on its page.",
        "%(num)s hints on its wording wait on its page.",
        count,
    )
    return f"{words} {hints}"


def _field(name: str) -> Field:
    one = BY_NAME.get(name)
    if one is None or not one.is_written:
        abort(404)
    return one


def _proposal(project: Project, one: Field) -> str:
    """Returns the text that the platform proposes for a field, empty when it has none."""
    if one.name != MENTION_FIELD:
        return ""
    answers = {kept.field: frozen_answer(kept) for kept in queries.working_answers(project)}
    return mention_of(answers, project.language)
