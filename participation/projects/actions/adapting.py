"""Adapting a project of another public body: its published dossier becomes a draft here, its origin cited."""

import sqlalchemy as sa

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import poster_reference
from participation.projects.actions.creating import create_project
from participation.projects.actions.noting import note
from participation.projects.addresses import address_of
from participation.projects.dossier.adapting import answers_to_adapt
from participation.projects.dossier.published import PublishedDossier
from participation.projects.dossier.snapshot import read
from participation.projects.models import (
    AnswerState,
    DossierAnswer,
    DossierVersion,
    Precedent,
    Project,
    Provenance,
)
from participation.projects.queries import adaptation_of, published_version


def adapt_project(
    origin: Project, collectivity: Collectivity, *, member: Membership | None = None
) -> Project:
    """Copies the published dossier as a draft of another collectivity; local facts are left to be answered.

    Each copied answer says so until somebody answers it anew. Raises AlreadyDone when this collectivity
    adapted it before: sent twice, it counts once.
    """
    # Of two colleagues at once, the second sees the draft of the first.
    hold(origin)
    version = _adaptable_version(origin, collectivity)
    if adaptation_of(origin, collectivity) is not None:
        raise AlreadyDone(_("Your collectivity has adapted this project already: here is its draft."))
    dossier = read(version.snapshot)
    project = create_project(
        collectivity,
        title=dossier.title,
        summary="",
        policy="",
        member=member,
        slug=_slug(collectivity, dossier.title),
        language=origin.language,
    )
    _cite(project, origin, version)
    _copy_answers(project, version)
    _copy_precedents(project, dossier)
    note("project.adapted", project, member, origin=origin.id, number=version.number)
    db.session.flush()
    return project


def _adaptable_version(origin: Project, collectivity: Collectivity) -> DossierVersion:
    if origin.is_archive:
        raise NotPossibleNow(_("An imported archive has no dossier to adapt."))
    if origin.collectivity_id == collectivity.id:
        raise NotPossibleNow(_("This project is already yours."))
    version = published_version(origin)
    if version is None or origin.proposed_at is None or origin.proposed_at > clock.now():
        raise NotPossibleNow(_("This project isn’t published yet."))
    return version


def _slug(collectivity: Collectivity, title: str) -> str:
    """Returns an address for the draft, also where this collectivity has a project of that name."""
    slug = address_of(title)
    same = sa.select(Project.id).where(Project.slug == slug, Project.collectivity_id == collectivity.id)
    return slug if db.session.scalar(same) is None else f"{slug}-{poster_reference()}"


def _cite(project: Project, origin: Project, version: DossierVersion) -> None:
    project.adapted_from_id = origin.id
    project.adapted_title = origin.title
    project.adapted_body = origin.collectivity.display_name
    project.adapted_version = version.number
    project.adapted_on = clock.today(project.collectivity.timezone)
    db.session.flush()


def _copy_answers(project: Project, version: DossierVersion) -> None:
    # The name, which a draft can't do without, was written when it was created.
    db.session.execute(sa.delete(DossierAnswer).where(DossierAnswer.project_id == project.id))
    for name, values in answers_to_adapt(version.snapshot):
        values["state"] = AnswerState(values["state"])
        values["provenance"] = Provenance(values["provenance"])
        db.session.add(DossierAnswer(project_id=project.id, field=name, is_copied=True, **values))
        if name == "description_short":
            project.summary = values["text"]
        if name == "policy":
            project.policy = values["choice"]


def _copy_precedents(project: Project, dossier: PublishedDossier) -> None:
    for position, case in enumerate(dossier.precedents, start=1):
        db.session.add(
            Precedent(
                project_id=project.id,
                title=case.title,
                text=case.text,
                source=case.source,
                dated=case.dated,
                position=position,
            )
        )
