"""Choosing another path than the minimum: more or less, never silently."""

from participation.collectivities.models import Membership
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions.noting import note
from participation.projects.dossier.path import Level, Path
from participation.projects.models import PathChoice, Project
from participation.projects.permissions import require_writer
from participation.projects.queries import path_choice, working_path, working_snapshot


def choose_path(
    project: Project, level: Level | str, *, reason: str, member: Membership | None = None
) -> PathChoice | None:
    """Follows a path with its reason; the minimum itself needs none and takes the choice back.

    Public with the next version. Raises Invalid without reason, for more as for less.
    """
    require_writer(member, project)
    hold(project)
    wanted, choice = Level(level), path_choice(project)
    minimum = working_path(project, working_snapshot(project)).minimum
    if wanted is minimum:
        if choice is not None:
            db.session.delete(choice)
            choice = None
    elif not reason:
        raise Invalid(_("Say why: this sentence is published beside the minimum path."), "reason")
    elif choice is None:
        choice = PathChoice(project_id=project.id, level=wanted, minimum=minimum, reason=reason)
        if not add_once(choice):
            raise AlreadyDone(_("A colleague has just chosen a path. Read it first."))
    else:
        choice.level, choice.minimum, choice.reason = wanted, minimum, reason
    note("path.chosen", project, member, level=wanted.value, minimum=minimum.value)
    db.session.flush()
    return choice


def require_path_seen(project: Project, path: Path) -> None:
    """Raises NotPossibleNow when the answers ask for more than what was chosen, and nobody has said why."""
    choice = path_choice(project)
    if choice is not None and path.is_less and path.minimum.weight > choice.minimum.weight:
        raise NotPossibleNow(
            _("The answers now ask for more than the path that was chosen. Choose the path again first.")
        )
