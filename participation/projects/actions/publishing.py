"""Publishing the dossier: a whole snapshot with its reason, the only thing public pages read."""

from participation.activity.models import Audience
from participation.collectivities.models import Membership
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions.living import record_milestone
from participation.projects.actions.noting import note
from participation.projects.actions.sorting import write_facets
from participation.projects.actions.stating import mark_published_statements
from participation.projects.actions.taking_path import require_path_seen
from participation.projects.dossier.path import path_of
from participation.projects.dossier.snapshot import read
from participation.projects.models import DossierVersion, Project
from participation.projects.permissions import require_publisher
from participation.projects.queries import (
    ever_published_points,
    published_version,
    working_points,
    working_snapshot,
)


def publish_dossier(
    project: Project, *, reason: str, member: Membership | None = None, language: str = "fr"
) -> DossierVersion:
    """Freezes the working copy under the next number; the first version makes the project public.

    Raises AlreadyDone when nothing changed since the last version: sent twice, it counts once.
    """
    require_publisher(member, project)
    if not reason:
        raise Invalid(_("Say what changes and why: this sentence is published."), "reason")
    snapshot = working_snapshot(project)
    last = published_version(project)
    if last is not None and last.snapshot == snapshot:
        raise AlreadyDone(
            _("Nothing changed since version %(number)d: it is already published.", number=last.number)
        )
    if "name" not in read(snapshot).answers:
        raise NotPossibleNow(_("Give the project a name before publishing it."))
    require_path_seen(project, path_of(snapshot))
    version = _add(project, snapshot, (last.number if last else 0) + 1, reason, language, member)
    _show(project, snapshot)
    write_facets(project, snapshot)
    _name_points(project)
    mark_published_statements(project, snapshot)
    if project.proposed_at is None:
        record_milestone(project, proposed_at=version.published_at)
    note(
        "dossier.published",
        project,
        member,
        Audience.PUBLIC,
        number=version.number,
        reason=reason,
        language=language,
    )
    db.session.flush()
    return version


def _add(
    project: Project,
    snapshot: dict[str, object],
    number: int,
    reason: str,
    language: str,
    member: Membership | None,
) -> DossierVersion:
    version = DossierVersion(
        project_id=project.id,
        number=number,
        reason=reason,
        language=language,
        snapshot=snapshot,
        published_at=clock.now(),
        published_by_id=member.id if member else None,
    )
    if not add_once(version):
        raise AlreadyDone(_("A colleague has just published this dossier. Read it again first."))
    return version


def _name_points(project: Project) -> None:
    """Copies the points as they are published now, by which pages name what a text is about."""
    for point in ever_published_points(project):
        point.is_published = False
    for point in working_points(project):
        point.published_text, point.is_published = point.text, True


def _show(project: Project, snapshot: dict[str, object]) -> None:
    """Copies name, summary and policy to the row that lists read: never before."""
    answers = read(snapshot).answers
    project.title = answers["name"].text
    project.summary = answers["description_short"].text if "description_short" in answers else ""
    project.policy = answers["policy"].choice if "policy" in answers else ""
