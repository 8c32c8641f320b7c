"""A section of a dossier: its questions, the colleague it is handed to, what is put off all at once."""

from flask import abort, flash, render_template, request

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import held, staff
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language, ngettext
from participation.foundation.i18n import gettext as _
from participation.projects import actions, queries
from participation.projects.dossier import progress
from participation.projects.dossier.field import SECTIONS, Section
from participation.projects.dossier.gate import hard_fields
from participation.projects.dossier.snapshot import read_answer
from participation.projects.forms import HandoverForm, PutOffForm
from participation.projects.manage_views.answering import hints_on_answer
from participation.projects.manage_views.entrance import (
    Page,
    blueprint,
    project_or_404,
    to_project,
    to_section,
    writers,
)
from participation.projects.models import SectionHandover
from participation.projects.permissions import may_write
from participation.web.forms import Form


@blueprint.get("/<slug>/dossier/section/<section>")
@staff()
def section(collectivity: Collectivity, member: Membership, slug: str, section: str) -> str:
    """Shows the questions of a section, what each holds, and who has it."""
    project, here = project_or_404(collectivity, slug), _section(section)
    today = clock.today(collectivity.timezone)
    working = {answer.field: answer for answer in queries.working_answers(project)}
    snapshot = queries.working_snapshot(project)
    answers = snapshot["answers"]
    asked, others = progress.fields_of(here, answers)
    all_sections = progress.progress_of(answers, today)
    order = list(Section)
    return render_template(
        "projects/manage_section.html",
        collectivity=collectivity,
        project=project,
        section=here,
        sections=SECTIONS,
        progress=next(one for one in all_sections if one.section is here),
        unfinished=next(
            (one for one in all_sections if one.counts.missing and one.section is not here), None
        ),
        asked=asked,
        others=others,
        hard=hard_fields(snapshot),
        why={one.name: progress.why_asked(answers, one) for one in asked},
        elsewhere={one.name: progress.why_elsewhere(one) for one in others},
        answers={name: read_answer(answer) for name, answer in working.items()},
        hints={name: len(hints_on_answer(answer, project.language)) for name, answer in working.items()},
        handover=queries.open_handovers_of(project).get(here),
        today=today,
        previous=order[order.index(here) - 1] if order.index(here) else None,
        following=order[order.index(here) + 1] if here is not order[-1] else None,
        may_write=held(may_write, collectivity.id),
        button_form=Form(),
    )


@blueprint.route("/<slug>/dossier/section/<section>/confier", methods=["GET", "POST"])
@writers
def hand_section(collectivity: Collectivity, member: Membership, slug: str, section: str) -> Page:
    """Hands a section to a colleague, who gets a mail."""
    project, here = project_or_404(collectivity, slug), _section(section)
    colleagues = queries.writers_of(collectivity.id)
    form = HandoverForm()
    form.offer(colleagues)
    if form.is_sent():
        try:
            handover = actions.hand_section(
                project,
                here,
                form.chosen(colleagues),
                due_on=form.due_on.data,
                note=form.note.data or "",
                language=current_language(),
                member=member,
            )
            db.session.commit()
            flash(_told_of(handover, member))
            return to_section(project, here)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_handover.html",
        collectivity=collectivity,
        project=project,
        section=here,
        title=SECTIONS[here],
        form=form,
        handover=queries.open_handovers_of(project).get(here),
    )
    return page, form.status


def _told_of(handover: SectionHandover, member: Membership) -> str:
    if handover.to.person_id == member.person_id:
        return _("You have this section now.")
    return _("%(name)s has this section now, and is told by e-mail.", name=handover.to.person.display_name)


@blueprint.post("/<slug>/dossier/section/<section>/termine")
@writers
def finish_section(collectivity: Collectivity, member: Membership, slug: str, section: str) -> Page:
    """Says that what was asked on a section is done."""
    return _end(collectivity, member, slug, section, is_done=True)


@blueprint.post("/<slug>/dossier/section/<section>/reprendre")
@writers
def take_section_back(collectivity: Collectivity, member: Membership, slug: str, section: str) -> Page:
    """Takes a section back from the colleague who has it."""
    return _end(collectivity, member, slug, section, is_done=False)


def _end(collectivity: Collectivity, member: Membership, slug: str, section: str, *, is_done: bool) -> Page:
    project, here = project_or_404(collectivity, slug), _section(section)
    if not Form().is_sent():
        abort(400)
    try:
        (actions.finish_section if is_done else actions.take_section_back)(project, here, member=member)
        db.session.commit()
        flash(_("It is noted as done.") if is_done else _("The section is nobody’s in particular again."))
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "late")
    return to_section(project, here)


@blueprint.route("/<slug>/dossier/pas-encore-connu", methods=["GET", "POST"])
@writers
def put_off(collectivity: Collectivity, member: Membership, slug: str) -> Page:
    """Says of all that is asked and holds nothing that it isn’t known yet, who will answer, and when."""
    project = project_or_404(collectivity, slug)
    form = PutOffForm(section=request.args.get("section", ""))
    if form.is_sent():
        try:
            put = actions.put_off_answers(
                project,
                reason=form.reason.data or "",
                owner=form.owner.data or "",
                due_on=form.due_on.data,
                section=form.chosen(),
                member=member,
            )
            db.session.commit()
            flash(
                ngettext(
                    "%(num)s question is now said to be “not known yet”, with who answers and when.",
                    "%(num)s questions are now said to be “not known yet”, with who answers and when.",
                    len(put),
                )
            )
            chosen = form.chosen()
            return to_section(project, chosen) if chosen else to_project(project)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "projects/manage_put_off.html",
        collectivity=collectivity,
        project=project,
        form=form,
        waiting=actions.waiting_fields(project),
        sections=SECTIONS,
    )
    return page, form.status


def _section(name: str) -> Section:
    try:
        return Section(name)
    except ValueError:
        abort(404)
