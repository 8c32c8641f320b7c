"""Mails between colleagues about the sections of a dossier, written from the rows as they are when sent."""

from participation.collectivities.models import Membership
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.mail import Mail, composes
from participation.projects.dossier.field import SECTIONS, Section
from participation.projects.models import SectionHandover


@composes("section_handed")
def section_handed(*, handover: int) -> Mail | None:
    """Tells a colleague which section they are asked to fill in and by when; not once it is over."""
    row = db.session.get(SectionHandover, handover)
    if row is None or row.ended_at is not None:
        return None
    return _mail(row, row.to, "projects/mails/section_handed.txt")


@composes("section_due")
def section_due(*, handover: int) -> Mail | None:
    """Reminds a colleague that their section is due; not once it is over."""
    row = db.session.get(SectionHandover, handover)
    if row is None or row.ended_at is not None:
        return None
    return _mail(row, row.to, "projects/mails/section_due.txt")


@composes("section_released")
def section_released(*, handover: int) -> Mail | None:
    """Tells a colleague that nothing is expected of them any more on a section."""
    row = db.session.get(SectionHandover, handover)
    if row is None or row.ended_at is None:
        return None
    return _mail(row, row.to, "projects/mails/section_released.txt")


@composes("section_finished")
def section_finished(*, handover: int) -> Mail | None:
    """Tells whoever handed a section that it came back."""
    row = db.session.get(SectionHandover, handover)
    if row is None or row.ended_at is None or row.by is None:
        return None
    return _mail(row, row.by, "projects/mails/section_finished.txt")


def _mail(row: SectionHandover, reader: Membership, template: str) -> Mail | None:
    person = reader.person
    if reader.ended_at is not None or person.email is None:
        return None
    project = row.project
    context: dict[str, object] = {
        "handover": row,
        "project": project,
        "collectivity": project.collectivity,
        "section": SECTIONS[Section(row.section)],
        "is_late": row.is_late(clock.today(project.collectivity.timezone)),
        "asked_by": row.by.person.display_name if row.by else "",
    }
    return Mail(person.email, template, person.language, context)
