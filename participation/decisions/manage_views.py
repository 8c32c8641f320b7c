"""Pages of the people who write decisions: drafts, answers to themes, publication, corrections."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import held, staff
from participation.decisions import actions, queries
from participation.decisions.forms import (
    ConfirmForm,
    DecisionForm,
    DecisionWithoutConsultationForm,
    ThemeAnswerForm,
)
from participation.decisions.models import AnswerVerdict, Decision, DecisionVersion
from participation.decisions.permissions import may_draft, may_publish
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.notifications.queries import people_told
from participation.projects.models import Project
from participation.projects.queries import project_by_slug, published_dossier
from participation.summaries.models import Theme

blueprint = Blueprint("manage_decisions", __name__, url_prefix="/gestion/<collectivity_slug>/decisions")
Page = str | Response | tuple[str, int]


@blueprint.get("", endpoint="list")
@staff()
def list_(collectivity: Collectivity, member: Membership) -> str:
    """Shows what waits for a decision, the drafts, and what is published."""
    versions = queries.decisions_of_collectivity(collectivity.id)
    return render_template(
        "decisions/manage_list.html",
        collectivity=collectivity,
        waiting=queries.summaries_to_decide(collectivity.id),
        drafts=[version for version in versions if version.published_at is None],
        published=[version for version in versions if version.published_at is not None],
        may_draft=held(may_draft, collectivity.id),
    )


@blueprint.route("/projet/<slug>", methods=["GET", "POST"])
@staff(Role.AGENT, Role.ADMINISTRATOR)
def new(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Starts the decision on a project, from its published summary or with a reason why there is none."""
    project = _project(collectivity, slug)
    summary = queries.summary_to_decide(project)
    form = DecisionForm() if summary else DecisionWithoutConsultationForm()
    if isinstance(form, DecisionWithoutConsultationForm):
        form.propose_reason(published_dossier(project).path)
    if form.is_sent():
        try:
            version = actions.draft_decision(
                project,
                summary=summary,
                reason_without_consultation=form.reason_for_not_asking(),
                member=member,
                language=current_language(),
                **vars(form.wording()),
            )
            db.session.commit()
            return _to("show", collectivity, version.decision)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("decisions/manage_new.html", form=form, project=project, summary=summary)
    return page, form.status


@blueprint.get("/<ref>")
@staff()
def show(collectivity: Collectivity, member: Membership, ref: str) -> str:
    """Shows the last version with what is still missing before it can be published."""
    decision, version = _decision(collectivity, ref)
    return _desk(decision, version, ConfirmForm())


@blueprint.route("/<ref>/texte", methods=["GET", "POST"])
@staff(Role.AGENT, Role.ADMINISTRATOR)
def edit(collectivity: Collectivity, member: Membership, ref: str) -> Page:
    """Rewrites the draft."""
    decision, version = _decision(collectivity, ref)
    form = DecisionForm()
    form.take_from(version)
    if form.is_sent():
        try:
            actions.revise_decision(version, form.wording(), language=current_language(), member=member)
            db.session.commit()
            return _to("show", collectivity, decision)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("decisions/manage_edit.html", form=form, decision=decision, version=version)
    return page, form.status


@blueprint.route("/<ref>/themes/<int:theme_id>", methods=["GET", "POST"])
@staff(Role.AGENT, Role.ADMINISTRATOR)
def answer(collectivity: Collectivity, member: Membership, ref: str, theme_id: int) -> Page:
    """Answers one theme, with what was found and said under it beside the form."""
    decision, version = _decision(collectivity, ref)
    theme = _theme(decision, theme_id)
    form = ThemeAnswerForm()
    given = next((row for row in queries.answers_of(version) if row.theme_id == theme.id), None)
    if given is not None and not form.is_submitted():
        form.process(obj=given)
        form.verdict.data = given.verdict.value
    if form.is_sent():
        try:
            actions.answer_theme(
                version,
                theme,
                verdict=AnswerVerdict(form.verdict.data),
                answer=form.answer.data or "",
                reason=form.reason.data or "",
                language=current_language(),
                member=member,
            )
            db.session.commit()
            return _to("show", collectivity, decision)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "decisions/manage_answer.html",
        form=form,
        decision=decision,
        theme=theme,
        findings=queries.findings_under(decision, theme),
    )
    return page, form.status


@blueprint.post("/<ref>/publication")
@staff(Role.ADMINISTRATOR)
def publish(collectivity: Collectivity, member: Membership, ref: str) -> Page:
    """Publishes the draft and tells everybody who took part."""
    decision, version = _decision(collectivity, ref)
    form = ConfirmForm()
    if form.is_sent():
        try:
            actions.publish_decision(version, member=member)
            db.session.commit()
            flash(
                _("The decision is published. This archive holds no address: nobody can be told by e-mail.")
                if decision.project.is_archive
                else _("The decision is published. Everybody who took part is being told.")
            )
            return _to("show", collectivity, decision)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _desk(decision, version, form), form.status


@blueprint.post("/<ref>/correction")
@staff(Role.AGENT, Role.ADMINISTRATOR)
def correct(collectivity: Collectivity, member: Membership, ref: str) -> Page:
    """Starts a further version of a published decision."""
    decision, version = _decision(collectivity, ref)
    form = ConfirmForm()
    if form.is_sent():
        try:
            actions.correct_decision(decision, member=member)
            db.session.commit()
            return _to("edit", collectivity, decision)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _desk(decision, version, form), form.status


def _desk(decision: Decision, version: DecisionVersion, form: ConfirmForm) -> str:
    themes = queries.themes_to_answer(decision)
    answers = {answer.theme_id: answer for answer in queries.answers_of(version)}
    return render_template(
        "decisions/manage_show.html",
        decision=decision,
        version=version,
        themes=themes,
        answers=answers,
        missing=[theme for theme in themes if theme.id not in answers],
        told=people_told(version.id),
        # Not named «form»: the language switch of the frame would send it to this page, which only reads.
        confirm=form,
        may_draft=held(may_draft, decision.project.collectivity_id),
        may_publish=held(may_publish, decision.project.collectivity_id),
    )


def _project(collectivity: Collectivity, slug: str) -> Project:
    project = project_by_slug(slug)
    if project is None or project.collectivity_id != collectivity.id:
        abort(404)
    return project


def _decision(collectivity: Collectivity, ref: str) -> tuple[Decision, DecisionVersion]:
    decision = queries.decision_by_ref(ref)
    if decision is None or decision.project.collectivity_id != collectivity.id:
        abort(404)
    version = queries.working_version(decision)
    if version is None:
        abort(404)
    return decision, version


def _theme(decision: Decision, theme_id: int) -> Theme:
    theme = next((one for one in queries.themes_to_answer(decision) if one.id == theme_id), None)
    if theme is None:
        abort(404)
    return theme


def _to(page: str, collectivity: Collectivity, decision: Decision) -> Response:
    endpoint = f"manage_decisions.{page}"
    return redirect(url_for(endpoint, collectivity_slug=collectivity.slug, ref=decision.ref))
