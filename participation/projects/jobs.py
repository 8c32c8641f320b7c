"""What is done for dossiers every night: reminding whoever has a section that is due."""

import sqlalchemy as sa

from participation.collectivities.models import Collectivity
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.jobs import every_day
from participation.foundation.mail import queue_mail
from participation.projects.models import Project, SectionHandover


@every_day
def remind_of_sections() -> None:
    """Queues one reminder for each section due today or, after nights without worker, before today.

    Who was reminded is written in the same transaction: two workers at once remind once.
    """
    waiting = (
        sa.select(SectionHandover.id, SectionHandover.due_on, Collectivity.timezone)
        .join(Project, Project.id == SectionHandover.project_id)
        .join(Collectivity, Collectivity.id == Project.collectivity_id)
        .where(SectionHandover.ended_at.is_(None), SectionHandover.reminded_at.is_(None))
        .order_by(SectionHandover.id)
    )
    for number, due_on, timezone in db.session.execute(waiting).all():
        if due_on <= clock.today(timezone) and _claim(number):
            queue_mail("section_due", handover=number)


def _claim(number: int) -> bool:
    """Notes that the reminder is sent; false when somebody else did."""
    claimed = db.session.execute(
        sa.update(SectionHandover)
        .where(SectionHandover.id == number, SectionHandover.reminded_at.is_(None))
        .values(reminded_at=clock.now())
    )
    return bool(claimed.rowcount)  # type: ignore[attr-defined]
