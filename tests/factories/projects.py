"""The smallest valid projects: drafts, published ones, and one complete enough to consult."""

from datetime import timedelta
from itertools import count
from typing import Any

from participation.collectivities.models import Collectivity
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import add_open_point, answer_field, create_project, publish_dossier
from participation.projects.actions.living import MILESTONES
from participation.projects.dossier.field import Part, PartKind
from participation.projects.dossier.fields import FIELDS
from participation.projects.models import Project
from tests.factories.collectivities import a_collectivity

_numbers = count(1)


def a_draft_project(
    collectivity: Collectivity | None = None,
    *,
    title: str | None = None,
    summary: str = "Il répondrait au téléphone de la mairie.",
    policy: str = "user-information",
    **columns: Any,
) -> Project:
    """Returns a project nobody sees yet; other columns are set as they are given."""
    number = next(_numbers)
    project = create_project(
        collectivity or a_collectivity(),
        title=title or f"Projet {number}",
        summary=summary,
        policy=policy,
        slug=columns.pop("slug", None),
        imported_from=columns.pop("imported_from", None),
    )
    _set(project, columns)
    return project


def a_project(collectivity: Collectivity | None = None, **settings: Any) -> Project:
    """Returns a project published fifty days ago, whose dossier says almost nothing."""
    columns = {name: settings.pop(name) for name in list(settings) if name in MILESTONES}
    project = a_draft_project(collectivity, **settings)
    _publish(project)
    _set(project, columns)
    return project


def a_complete_project(collectivity: Collectivity | None = None, **settings: Any) -> Project:
    """Returns a published project that passes the gate, with one open and one decided point."""
    columns = {name: settings.pop(name) for name in list(settings) if name in MILESTONES}
    project = a_draft_project(collectivity, **settings)
    for field in FIELDS:
        if field.is_written and field.name not in ("name", "description_short", "policy"):
            choice = next(iter(field.choices), "")
            parts = {part.name: _a_value(part) for part in field.parts if part.is_required}
            short = f"En bref : {field.name}" if field.has_short else ""
            answer_field(
                project,
                field.name,
                state="answered",
                text=f"Texte de {field.name}.",
                choice=choice,
                short=short,
                details={"parts": parts},
            )
    add_open_point(project, key="annonce", text="Ce que dit l’annonce")
    add_open_point(
        project, key="budget", text="La dépense est plafonnée", is_decided=True, source="Délibération 12"
    )
    _publish(project)
    _set(project, columns)
    return project


def _a_value(part: Part) -> str:
    values = {PartKind.DAY: "2027-03-12", PartKind.MONTH: "2027-03"}
    return next(iter(part.choices), values.get(part.kind, f"Texte de {part.name}."))


def _publish(project: Project) -> None:
    with clock.pretend(clock.now() - timedelta(days=50)):
        publish_dossier(project, reason="Première version")


def _set(project: Project, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(project, name, value)
    db.session.flush()
