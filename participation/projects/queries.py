"""Reading one project: its versions, its working copy. `portfolio` reads the public list."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from participation.collectivities.ai_charter.queries import charter_in_force
from participation.collectivities.models import AiReferent, Collectivity, Membership, Role
from participation.foundation.database import db
from participation.projects.dossier.ai_charter import frozen_check
from participation.projects.dossier.field import Section
from participation.projects.dossier.path import Path, frozen_path, minimum_path
from participation.projects.dossier.published import Point, PublishedDossier
from participation.projects.dossier.snapshot import frozen, read
from participation.projects.models import (
    CharterStatement,
    DossierAnswer,
    DossierVersion,
    OpenPoint,
    PathChoice,
    Precedent,
    Project,
    SectionHandover,
)

WITH_COLLECTIVITY = joinedload(Project.collectivity, innerjoin=True)


def project_by_slug(slug: str) -> Project | None:
    """Returns a project, published or not, with its collectivity."""
    return db.session.scalar(sa.select(Project).where(Project.slug == slug).options(WITH_COLLECTIVITY))


def referent_of(project: Project) -> Membership | None:
    """Returns who receives the questions on a project: its referent, else that of its collectivity.

    None when nobody was named, or no longer holds the role: then the administrators do.
    """
    named = sa.select(Membership).join(Project, Membership.id == referent_number())
    return db.session.scalar(named.where(Project.id == project.id))


def referent_number() -> sa.ColumnElement[int]:
    """Returns the number of the role that receives the questions on the project of a statement."""
    own, default = aliased(Membership), aliased(Membership)
    named = sa.select(own.id).where(own.id == Project.referent_id, own.ended_at.is_(None))
    of_all = (
        sa.select(default.id)
        .join(AiReferent, AiReferent.membership_id == default.id)
        .where(AiReferent.collectivity_id == Project.collectivity_id, default.ended_at.is_(None))
    )
    chosen = (one.correlate(Project).scalar_subquery() for one in (named, of_all))
    return sa.func.coalesce(*chosen)


def referents_of(projects: Collection[Project]) -> dict[int, Membership]:
    """Returns who receives the questions of each of these projects, all of one collectivity, at once."""
    if not projects:
        return {}
    default = sa.select(AiReferent.collectivity_id, AiReferent.membership_id).where(
        AiReferent.collectivity_id.in_({project.collectivity_id for project in projects})
    )
    defaults: dict[int, int] = {row[0]: row[1] for row in db.session.execute(default)}
    numbers = {project.referent_id for project in projects} | set(defaults.values())
    active = sa.select(Membership).where(Membership.id.in_(numbers - {None}), Membership.ended_at.is_(None))
    found = {one.id: one for one in db.session.scalars(active)}
    chosen = {
        project.id: found.get(project.referent_id or 0) or found.get(defaults.get(project.collectivity_id, 0))
        for project in projects
    }
    return {number: one for number, one in chosen.items() if one is not None}


def project_by_ref(ref: str) -> Project | None:
    """Returns a project by the reference printed on posters."""
    return db.session.scalar(sa.select(Project).where(Project.ref == ref))


def adaptation_of(origin: Project, collectivity: Collectivity) -> Project | None:
    """Returns what a collectivity made of a project of another one."""
    found = sa.select(Project).filter_by(collectivity_id=collectivity.id, adapted_from_id=origin.id)
    return db.session.scalar(found)


def projects_of_collectivity(collectivity_id: int, limit: int = 500) -> list[Project]:
    """Returns all projects of a collectivity, drafts first, then the newest: for the back office."""
    found = (
        sa.select(Project)
        .where(Project.collectivity_id == collectivity_id)
        .order_by(Project.proposed_at.is_not(None), Project.created_at.desc(), Project.id.desc())
    )
    return list(db.session.scalars(found.limit(limit)))


def published_version(project: Project) -> DossierVersion | None:
    """Returns the version in force, None for a draft."""
    return db.session.scalar(versions_statement(project.id).limit(1))


def published_dossier(project: Project) -> PublishedDossier:
    """Returns what residents read of the dossier, empty for a draft."""
    version = published_version(project)
    return read(version.snapshot if version else {})


def open_points_of(project: Project) -> list[Point]:
    """Returns what can still change and what is decided, as published; the database reads no more of it."""
    in_force = versions_statement(project.id).limit(1)
    points = db.session.scalar(in_force.with_only_columns(DossierVersion.snapshot["open_points"]))
    return list(read({"open_points": points or []}).points)


def working_snapshot(project: Project) -> dict[str, Any]:
    """Returns the working copy as it would be published now."""
    precedents = (
        sa.select(Precedent).filter_by(project_id=project.id).order_by(Precedent.position, Precedent.id)
    )
    snapshot = frozen(working_answers(project), working_points(project), db.session.scalars(precedents))
    # Once kept, a path stays what it was when residents read it, whatever the rules become.
    snapshot["path"] = frozen_path(working_path(project, snapshot))
    charter = charter_in_force(project.collectivity)
    if charter is not None:
        snapshot["charter"] = frozen_check(charter, charter_statements(project))
    return snapshot


def working_path(project: Project, snapshot: Mapping[str, Any]) -> Path:
    """Returns the minimum path that the working copy asks for, with what was chosen instead."""
    path, choice = minimum_path(snapshot["answers"]), path_choice(project)
    return path if choice is None else replace(path, chosen=choice.level, why=choice.reason)


def path_choice(project: Project) -> PathChoice | None:
    """Returns the path that was chosen instead of the minimum, None when the minimum is followed."""
    return db.session.scalar(sa.select(PathChoice).filter_by(project_id=project.id))


def working_answers(project: Project) -> list[DossierAnswer]:
    """Returns the answers of the working copy."""
    found = sa.select(DossierAnswer).filter_by(project_id=project.id).order_by(DossierAnswer.id)
    return list(db.session.scalars(found))


def working_answer(project: Project, field: str) -> DossierAnswer | None:
    """Returns the working copy of one field."""
    return db.session.scalar(sa.select(DossierAnswer).filter_by(project_id=project.id, field=field))


def working_points(project: Project) -> list[OpenPoint]:
    """Returns the points of the working copy, in their order."""
    found = sa.select(OpenPoint).filter_by(project_id=project.id, is_removed=False)
    return list(db.session.scalars(found.order_by(OpenPoint.position, OpenPoint.id)))


def charter_statements(project: Project) -> dict[str, CharterStatement]:
    """Returns what the working copy says of the AI charter, by the key of the article."""
    found = sa.select(CharterStatement).filter_by(project_id=project.id)
    return {one.article_key: one for one in db.session.scalars(found)}


def open_point(project: Project, key: str) -> OpenPoint | None:
    """Returns one point of the working copy."""
    return db.session.scalar(sa.select(OpenPoint).filter_by(project_id=project.id, key=key, is_removed=False))


def removed_point(project: Project, key: str) -> OpenPoint | None:
    """Returns a point that was taken out of the working copy and that a version held."""
    return db.session.scalar(sa.select(OpenPoint).filter_by(project_id=project.id, key=key, is_removed=True))


def ever_published_points(project: Project) -> list[OpenPoint]:
    """Returns every point a version ever held, those taken out included."""
    found = sa.select(OpenPoint).where(OpenPoint.project_id == project.id, OpenPoint.published_text != "")
    return list(db.session.scalars(found.order_by(OpenPoint.id)))


def open_handovers_of(project: Project) -> dict[Section, SectionHandover]:
    """Returns who has which section of a dossier today, with the persons."""
    found = (
        sa.select(SectionHandover)
        .filter_by(project_id=project.id, ended_at=None)
        .options(
            joinedload(SectionHandover.to).joinedload(Membership.person),
            joinedload(SectionHandover.by).joinedload(Membership.person),
        )
    )
    return {Section(one.section): one for one in db.session.scalars(found)}


def open_handovers_to(membership_ids: Collection[int]) -> list[SectionHandover]:
    """Returns the sections that the holder of these roles has, most urgent first, with their projects."""
    found = (
        sa.select(SectionHandover)
        .where(SectionHandover.to_id.in_(membership_ids), SectionHandover.ended_at.is_(None))
        .options(
            joinedload(SectionHandover.project),
            joinedload(SectionHandover.by).joinedload(Membership.person),
        )
        .order_by(SectionHandover.due_on, SectionHandover.id)
    )
    return list(db.session.scalars(found))


def writers_of(collectivity_id: int) -> list[Membership]:
    """Returns who writes the dossiers of a collectivity, each person once, by name."""
    held = (
        sa.select(Membership)
        .where(
            Membership.collectivity_id == collectivity_id,
            Membership.role.in_((Role.AGENT, Role.ADMINISTRATOR)),
            Membership.ended_at.is_(None),
        )
        .options(joinedload(Membership.person))
        .order_by(Membership.role, Membership.id)
    )
    by_person = {one.person_id: one for one in reversed(list(db.session.scalars(held)))}
    return sorted(by_person.values(), key=lambda one: (one.person.display_name.casefold(), one.id))


def is_public(now: datetime | sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    """Returns the SQL condition under which anybody may read a project."""
    return Project.proposed_at <= now


def versions_statement(project_id: int) -> sa.Select[DossierVersion]:
    """Returns the statement of the versions of a project, newest first."""
    return (
        sa.select(DossierVersion)
        .where(DossierVersion.project_id == project_id)
        .order_by(DossierVersion.number.desc())
    )
