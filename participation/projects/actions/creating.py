"""Creating a project and giving it a photograph."""

import sqlalchemy as sa

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import poster_reference
from participation.projects.actions.answering import answer_field
from participation.projects.actions.noting import note
from participation.projects.addresses import address_of
from participation.projects.models import AnswerState, Project
from participation.projects.permissions import may_write, require_writer


def create_project(
    collectivity: Collectivity,
    *,
    title: str,
    summary: str,
    policy: str,
    member: Membership | None = None,
    slug: str | None = None,
    imported_from: str | None = None,
    language: str = "fr",
) -> Project:
    """Adds a draft; title, summary and policy are the first answers of its dossier.

    Raises AlreadyDone when the collectivity has a project of that address: a form sent twice counts once.
    """
    if member is not None and not may_write(member, collectivity.id):
        raise NotAllowed(_("Only an agent or an administrator of this collectivity writes its dossiers."))
    if not title:
        raise Invalid(_("Give the project a name."), "name")
    project = Project(
        slug=_free_slug(collectivity, slug or address_of(title)),
        collectivity=collectivity,
        collectivity_id=collectivity.id,
        title=title,
        summary=summary,
        policy=policy,
        language=language,
        imported_from=imported_from,
        imported_at=clock.now() if imported_from is not None else None,
    )
    _add(project)
    note("project.created", project, member)
    for field, words in (("name", title), ("description_short", summary)):
        if words:
            answer_field(project, field, state=AnswerState.ANSWERED, text=words, member=member)
    if policy:
        answer_field(project, "policy", state=AnswerState.ANSWERED, choice=policy, member=member)
    return project


def record_import(project: Project) -> None:
    """Notes that rows of another platform were brought into an archive at this moment."""
    if project.imported_from is None:
        raise NotPossibleNow(_("This project is no archive: nothing is imported into it."))
    project.imported_at = clock.now()
    note("project.imported", project, None)
    db.session.flush()


def set_photo(
    project: Project, *, file_name: str, alternative: str, credit: str = "", member: Membership | None = None
) -> str | None:
    """Gives the project a photograph; returns the name of the file it replaces, None for the first."""
    require_writer(member, project)
    if not alternative:
        raise Invalid(_("Describe the picture in one sentence."), "alternative")
    hold(project)
    replaced = project.photo_file
    project.photo_file, project.photo_alternative, project.photo_credit = file_name, alternative, credit
    note("project.photo_changed", project, member)
    db.session.flush()
    return replaced


def _add(project: Project) -> None:
    if not add_once(project):
        # Somebody has just taken this address: a colleague, who did the same, or another collectivity.
        project.slug = _free_slug(project.collectivity, project.slug)
        db.session.add(project)
        db.session.flush()


def _free_slug(collectivity: Collectivity, slug: str) -> str:
    owner = db.session.scalar(sa.select(Project.collectivity_id).where(Project.slug == slug))
    if owner == collectivity.id:
        raise _taken()
    return slug if owner is None else f"{slug}-{poster_reference()}"


def _taken() -> AlreadyDone:
    return AlreadyDone(
        _("Your collectivity already has a project of this name. Give it another one."), "name"
    )
