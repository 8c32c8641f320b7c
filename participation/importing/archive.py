"""The archive project that holds what another platform collected, and its one consultation."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import sqlalchemy as sa

from participation.collectivities.models import Collectivity
from participation.consultations.actions import (
    announce_consultation,
    prepare_consultation,
)
from participation.consultations.models import Consultation, ModerationTime
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.i18n import gettext as _
from participation.importing.read_decidim import (
    DebateRecord,
)
from participation.projects.actions import create_project, publish_dossier, record_milestone
from participation.projects.models import Project

PLATFORM = "Decidim"


def archive_consultation(
    collectivity: Collectivity, title: str, origin: str, moments: list[datetime]
) -> Consultation:
    """Returns the consultation of the archive project of that title, made or made wider when needed."""
    opens_at, closes_at = min(moments), max(moments) + timedelta(seconds=1)
    project = db.session.scalar(
        sa.select(Project).where(
            Project.collectivity_id == collectivity.id,
            Project.title == title,
            Project.imported_from.is_not(None),
        )
    )
    consultation = (
        db.session.scalar(sa.select(Consultation).filter_by(project_id=project.id)) if project else None
    )
    if consultation is None:
        with clock.pretend(opens_at):
            return _new_archive(collectivity, title, origin, opens_at, closes_at)
    consultation.opens_at = min(consultation.opens_at, opens_at)
    consultation.closes_at = max(consultation.closes_at, closes_at)
    record_milestone(consultation.project, opens_at=consultation.opens_at, closes_at=consultation.closes_at)
    return consultation


def _new_archive(
    collectivity: Collectivity, title: str, origin: str, opens_at: datetime, closes_at: datetime
) -> Consultation:
    summary = _("Archive of a consultation held on another platform (%(origin)s).", origin=origin)
    project = create_project(
        collectivity, title=title, summary=summary, policy="", member=None, imported_from=origin
    )
    publish_dossier(project, reason=_("Imported from %(origin)s.", origin=origin))
    consultation = prepare_consultation(
        project,
        title=title,
        opens_at=opens_at,
        closes_at=closes_at,
        perimeter="",
        use_of_answers=_(
            "This consultation was held elsewhere; its contributions are kept here to be answered."
        ),
        decided_by="",
        answer_due_on=None,
        moderation=ModerationTime.AFTER,
    )
    announce_consultation(consultation)
    return consultation


def origin_of(debates: Iterable[DebateRecord]) -> str:
    """Returns the platform's address as far as the export tells, else its name."""
    hosts = (urlsplit(debate.url).hostname for debate in debates if debate.url)
    host = next((host for host in hosts if host), None)
    return f"{PLATFORM}, {host}" if host else PLATFORM
