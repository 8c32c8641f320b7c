"""Handing a section of a dossier to a colleague, taking it back, saying that it is done."""

from datetime import date

import sqlalchemy as sa

from participation.collectivities.models import Membership
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.projects.actions.noting import note as note_event
from participation.projects.dossier.field import Section
from participation.projects.dossier.gate import completeness_of
from participation.projects.models import Ending, Project, SectionHandover
from participation.projects.permissions import may_write, require_writer
from participation.projects.queries import working_snapshot


def hand_section(
    project: Project,
    section: Section,
    to: Membership | None,
    *,
    due_on: date | None,
    note: str = "",
    language: str = "fr",
    member: Membership | None = None,
) -> SectionHandover:
    """Hands a section to a colleague, who gets a mail; whoever had it is told that they no longer do.

    Sent twice it counts once: raises AlreadyDone when that colleague has it by that day. Raises Invalid
    on `colleague` or `due_on`.
    """
    require_writer(member, project)
    to = _writer(project, to)
    if due_on is None or due_on < clock.today(project.collectivity.timezone):
        raise Invalid(_("Give a day from today on, such as 12/03/2027."), "due_on")
    hold(project)
    present = open_handover(project, section)
    if present is not None:
        if (present.to_id, present.due_on, present.note) == (to.id, due_on, note):
            raise AlreadyDone(_("This colleague has this section already, by this day."), "colleague")
        _end(present, Ending.HANDED_ON)
        if present.to_id != to.id:
            queue_mail("section_released", handover=present.id)
    handover = SectionHandover(
        project_id=project.id,
        section=section.value,
        to_id=to.id,
        by_id=member.id if member else None,
        note=note,
        language=language,
        due_on=due_on,
    )
    if not add_once(handover):
        raise AlreadyDone(
            _("A colleague has just handed this section to somebody. Read the page again first.")
        )
    if member is None or to.person_id != member.person_id:
        queue_mail("section_handed", handover=handover.id)
    note_event("section.handed", project, member, section=section.value, to=to.id)
    db.session.flush()
    return handover


def finish_section(project: Project, section: Section, *, member: Membership | None = None) -> None:
    """Says that what was asked of a colleague is done; whoever handed the section is told.

    Raises AlreadyDone when nobody has it any more: pressed twice, it counts once.
    """
    require_writer(member, project)
    handover = _taken(project, section)
    _end(handover, Ending.DONE)
    if handover.by_id is not None and (member is None or handover.by_id != member.id):
        queue_mail("section_finished", handover=handover.id)
    note_event("section.finished", project, member, section=section.value)
    db.session.flush()


def take_section_back(project: Project, section: Section, *, member: Membership | None = None) -> None:
    """Takes a section back from a colleague, who is told; raises AlreadyDone when nobody has it."""
    require_writer(member, project)
    handover = _taken(project, section)
    _end(handover, Ending.TAKEN_BACK)
    if member is None or handover.to_id != member.id:
        queue_mail("section_released", handover=handover.id)
    note_event("section.taken_back", project, member, section=section.value)
    db.session.flush()


def end_when_filled(project: Project, section: Section, *, member: Membership | None = None) -> None:
    """Ends the handover of a section once every question that is asked in it holds something.

    Called when a question that held nothing was answered: a full section handed over to be read again stays
    handed over. The row is held first, so that of two last answers at once the later sees both.
    """
    handover = open_handover(project, section, held=True)
    if handover is None or completeness_of(working_snapshot(project)["answers"])[section].missing:
        return
    _end(handover, Ending.FILLED)
    if handover.by_id is not None and (member is None or handover.by_id != member.id):
        queue_mail("section_finished", handover=handover.id)


def open_handover(project: Project, section: Section, *, held: bool = False) -> SectionHandover | None:
    """Returns who has a section today; `held` takes the row for this transaction."""
    found = sa.select(SectionHandover).filter_by(project_id=project.id, section=section.value, ended_at=None)
    if held:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(found)


def _taken(project: Project, section: Section) -> SectionHandover:
    handover = open_handover(project, section, held=True)
    if handover is None:
        raise AlreadyDone(_("Nobody has this section any more."))
    return handover


def _end(handover: SectionHandover, ending: Ending) -> None:
    handover.ended_at, handover.ending = clock.now(), ending
    db.session.flush()


def _writer(project: Project, to: Membership | None) -> Membership:
    if to is None or to.ended_at is not None or not may_write(to, project.collectivity_id):
        raise Invalid(_("Choose a colleague who writes the dossiers here."), "colleague")
    return to
