"""Writing the dates of the life of a project, in the transaction of each fact."""

from datetime import date, datetime

from participation.activity.models import Audience
from participation.collectivities.models import Membership
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions.noting import note
from participation.projects.models import Outcome, Project
from participation.projects.permissions import require_writer

MILESTONES = frozenset(
    {
        "proposed_at",
        "opens_at",
        "closes_at",
        "paused_at",
        "summary_published_at",
        "decided_at",
        "outcome",
        "in_service_on",
        "evaluated_on",
        "stopped_on",
    }
)
GIVEN_UP = (Outcome.REFUSED,)


def record_milestone(project: Project, **columns: datetime | date | Outcome | None) -> None:
    """Writes milestone columns by name; the domains above call it when their fact happens."""
    unknown = columns.keys() - MILESTONES
    if unknown:
        raise ValueError(f"Not a milestone of a project: {', '.join(sorted(unknown))}")
    # Read again first: a column that seems to have this value already may have changed since.
    hold(project)
    for name, value in columns.items():
        setattr(project, name, value)
    db.session.flush()


def record_life(
    project: Project,
    *,
    in_service_on: date | None,
    evaluated_on: date | None,
    stopped_on: date | None = None,
    member: Membership | None = None,
) -> None:
    """Notes when the tool came into service, was evaluated, was stopped; each only after what precedes it."""
    require_writer(member, project)
    hold(project)
    if project.decided_at is None:
        raise NotPossibleNow(_("Nothing is decided on this project yet."))
    if in_service_on is not None and project.outcome in GIVEN_UP:
        raise NotPossibleNow(
            _("This project was decided against: it can’t come into service."), "in_service_on"
        )
    _require_order(in_service_on, evaluated_on, "evaluated_on")
    _require_order(in_service_on, stopped_on, "stopped_on", required=False)
    record_milestone(project, in_service_on=in_service_on, evaluated_on=evaluated_on, stopped_on=stopped_on)
    note("project.life_recorded", project, member, Audience.STAFF)
    db.session.flush()


def _require_order(first: date | None, then: date | None, field: str, *, required: bool = True) -> None:
    if then is None:
        return
    if first is None and required:
        raise Invalid(_("Give the day it came into service first."), field)
    if first is not None and then < first:
        raise Invalid(_("This day comes before the one it came into service."), field)
