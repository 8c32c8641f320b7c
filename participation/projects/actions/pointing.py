"""Saying what can still change, what is already decided, and what happened elsewhere."""

import sqlalchemy as sa

from participation.collectivities.models import Membership
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from participation.foundation.holding import hold, hold_several
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions.noting import note
from participation.projects.models import OpenPoint, Precedent, Project
from participation.projects.permissions import require_writer
from participation.projects.queries import removed_point


def add_open_point(
    project: Project,
    *,
    key: str,
    text: str,
    options: str = "",
    is_decided: bool = False,
    source: str = "",
    member: Membership | None = None,
) -> OpenPoint:
    """Adds a point at the end of the list; raises AlreadyDone when its key is taken.

    One that was taken out comes back as the same point: what was said about it is tied to it again.
    """
    require_writer(member, project)
    _require_text(text)
    point = removed_point(project, key) or OpenPoint(project_id=project.id, key=key)
    point.text, point.options, point.is_decided, point.source = text, options, is_decided, source
    point.is_removed, point.position = False, _next_position(OpenPoint, project)
    if not add_once(point):
        raise AlreadyDone(_("This point is already in the list."), "text")
    note("open_point.added", project, member, key=key)
    db.session.flush()
    return point


def edit_open_point(
    project: Project,
    point: OpenPoint,
    *,
    text: str,
    options: str,
    is_decided: bool,
    source: str,
    member: Membership | None = None,
) -> None:
    """Rewrites a point; its key stays, so that what was said about it stays tied to it."""
    require_writer(member, project)
    _require_text(text)
    hold(point)
    if point.is_removed:
        raise NotPossibleNow(_("A colleague has just removed this point."))
    point.text, point.options, point.is_decided, point.source = text, options, is_decided, source
    note("open_point.edited", project, member, key=point.key)
    db.session.flush()


def remove_open_point(project: Project, point: OpenPoint, *, member: Membership | None = None) -> None:
    """Takes a point out of the working copy; one that was published stays the subject of what was said."""
    require_writer(member, project)
    key = point.key
    if not hold_several(OpenPoint, [point.id]) or point.is_removed:
        raise AlreadyDone(_("A colleague has just removed this point."))
    if point.published_text:
        point.is_removed = True
    else:
        db.session.delete(point)
    note("open_point.removed", project, member, key=key)
    db.session.flush()


def add_precedent(
    project: Project, *, title: str, text: str, source: str, dated: str, member: Membership | None = None
) -> Precedent:
    """Adds a real case elsewhere, with its source and date."""
    require_writer(member, project)
    precedent = Precedent(
        project_id=project.id,
        title=title,
        text=text,
        source=source,
        dated=dated,
        position=_next_position(Precedent, project),
    )
    db.session.add(precedent)
    note("precedent.added", project, member)
    db.session.flush()
    return precedent


def _require_text(text: str) -> None:
    if not text:
        raise Invalid(_("Say in one sentence what can change or is decided."), "text")


def _next_position(table: type[OpenPoint] | type[Precedent], project: Project) -> int:
    last = sa.select(sa.func.max(table.position)).where(table.project_id == project.id)
    return (db.session.scalar(last) or 0) + 1
