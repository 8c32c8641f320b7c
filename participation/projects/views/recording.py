"""A project and what surrounds it, from rows to one plain record with its public addresses."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app

from participation.collectivities.models import Collectivity
from participation.consultations.models import Consultation
from participation.decisions.models import DecisionVersion
from participation.projects.dossier.exports.record import Body, Consulted, Decided, Record, Version
from participation.projects.dossier.published import PublishedDossier
from participation.projects.models import DossierVersion, Outcome, Project
from participation.projects.stage import DAYS_BEGIN_IN, Stage, stage_of


def public_address(endpoint: str, **values: Any) -> str:
    """Returns the address under which the public knows a page, its French one, whatever page is shown."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def record_of(
    project: Project,
    dossier: PublishedDossier,
    *,
    consultations: Sequence[Consultation],
    decisions: Sequence[DecisionVersion],
    versions: Sequence[Version],
    now: datetime,
) -> Record:
    """Returns a project as exports know it; versions come oldest first."""
    stage = stage_of(project, now)
    return Record(
        ref=project.ref,
        slug=project.slug,
        language=project.language,
        address=public_address("projects.show", slug=project.slug),
        short_address=public_address("projects.short_address", ref=project.ref),
        stage=stage.value,
        status=_status(project, stage, now),
        body=body_of(project.collectivity),
        dossier=dossier,
        versions=versions,
        consultations=[_consulted(one) for one in consultations],
        decisions=[_decided(one) for one in decisions],
        proposed_at=project.proposed_at,
        in_service_on=project.in_service_on,
        evaluated_on=project.evaluated_on,
        stopped_on=project.stopped_on,
        imported_from=project.imported_from,
        imported_at=project.imported_at,
    )


def body_of(collectivity: Collectivity) -> Body:
    """Returns a public body; until it has a logo of its own, that of the site stands for it."""
    return Body(
        slug=collectivity.slug,
        name=collectivity.display_name,
        siret=collectivity.siret,
        email=collectivity.email,
        population=collectivity.population,
        address=public_address("collectivities.home", slug=collectivity.slug),
        logo=public_address("static", filename="img/mark.svg"),
        timezone=collectivity.timezone,
    )


def version_of(version: DossierVersion, function: str | None) -> Version:
    """Returns one published version, by the function of who published it."""
    return Version(
        number=version.number,
        published_at=version.published_at,
        reason=version.reason,
        language=version.language,
        published_by=function or "",
    )


def _status(project: Project, stage: Stage, now: datetime) -> str:
    # What serves without artificial intelligence is no such tool in service.
    if project.outcome is Outcome.WITHOUT_AI and stage in (Stage.IN_SERVICE, Stage.EVALUATED):
        return Outcome.WITHOUT_AI.value
    if stage is Stage.DECIDED and project.outcome is not None:
        return project.outcome.value
    if stage is Stage.STOPPED:
        today = now.astimezone(DAYS_BEGIN_IN).date()
        was_in_service = project.in_service_on is not None and project.in_service_on <= today
        return "stopped" if was_in_service else "abandoned"
    return "adopted" if stage is Stage.DECIDED else stage.value


def _consulted(consultation: Consultation) -> Consulted:
    return Consulted(
        ref=consultation.ref,
        title=consultation.title,
        language=consultation.language,
        address=public_address("consultations.show", slug=consultation.slug),
        opens_at=consultation.opens_at,
        closes_at=None if consultation.is_paused else consultation.closes_at,
        perimeter=consultation.perimeter,
        use_of_answers=consultation.use_of_answers,
        decided_by=consultation.decided_by,
        answer_due_on=None if consultation.is_paused else consultation.answer_due_on,
        is_suspended=consultation.is_paused,
        is_cancelled=consultation.cancelled_at is not None,
    )


def _decided(version: DecisionVersion) -> Decided:
    return Decided(
        ref=version.decision.ref,
        address=public_address("decisions.show", ref=version.decision.ref),
        outcome=version.outcome.value,
        title=version.title,
        language=version.language,
        body=version.body,
        held_on=version.held_on,
        reasons=version.reasons,
        act_number=version.act_number,
        votes=version.votes,
        published_at=version.published_at,
        without_consultation=version.decision.reason_without_consultation,
    )
