"""Saying of many questions at once that their answer is not known yet, by whom and when it will be."""

from datetime import date

from participation.collectivities.models import Membership
from participation.foundation.errors import AlreadyDone
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions.answering import answer_field
from participation.projects.dossier.field import Field, Section
from participation.projects.dossier.gate import asked_fields, hard_fields
from participation.projects.models import AnswerState, Project
from participation.projects.permissions import require_writer
from participation.projects.queries import working_snapshot


def put_off_answers(
    project: Project,
    *,
    reason: str,
    owner: str,
    due_on: date | None,
    section: Section | None = None,
    member: Membership | None = None,
) -> list[Field]:
    """Answers «not known yet» to every question that is asked, accepts it and holds nothing.

    Of one section, or of the whole dossier. Returns the fields, in their order; raises AlreadyDone when
    there is none, Invalid when the reason, the person or the day lacks.
    """
    require_writer(member, project)
    waiting = [one for one in waiting_fields(project) if section in (None, one.section)]
    if not waiting:
        raise AlreadyDone(_("Every question that accepts “not known yet” has an answer already."))
    for one in waiting:
        answer_field(
            project,
            one.name,
            state=AnswerState.NOT_KNOWN_YET,
            reason=reason,
            owner=owner,
            due_on=due_on,
            revision=0,
            member=member,
        )
    return waiting


def waiting_fields(project: Project) -> list[Field]:
    """Returns the questions that are asked, accept «not known yet» and hold nothing, in their order."""
    snapshot = working_snapshot(project)
    answers, hard = snapshot["answers"], hard_fields(snapshot)
    return [one for one in asked_fields(answers) if one.name not in answers and one.name not in hard]
