"""The figures a summary is published with: counted once, then kept as they were."""

from collections import Counter
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from participation.consultations.models import Consultation, Participant
from participation.contributions.models import Contribution, Stance
from participation.contributions.queries import (
    Answered,
    conditions_of,
    people_by_level,
    position_tally,
    questions_page,
    reported_by_source,
    tallies_by_level,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.dates import local_day
from participation.projects.models import Project
from participation.projects.queries import published_dossier
from participation.summaries.models import Summary
from participation.summaries.queries import (
    ShownFinding,
    coverage,
    findings_of,
    is_to_be_covered,
    opposing_argument,
)

MOST_CONDITIONS = 20
MOST_QUESTIONS = 50


def figures_of(summary: Summary) -> dict[str, Any]:
    """Returns everything the document counts, with references only: no text and no name of a resident."""
    consultation = summary.consultation
    tally, stances = position_tally(consultation.id), _contributions(consultation.id)
    return {
        "people": _people(consultation),
        "positions": asdict(tally),
        "levels": _levels(consultation.id),
        "contributions": stances,
        "opposing": opposing_argument(consultation.id, tally, stances),
        "questions": _questions(consultation.project),
        "reported": reported_by_source(consultation.id),
        "conditions": _conditions(consultation),
        "findings": {str(one.finding.id): makeup_of(one) for one in findings_of(summary)},
        "coverage": _coverage(summary),
        "unknowns": _unknowns(consultation.project),
    }


def makeup_of(shown: ShownFinding) -> dict[str, Any]:
    """Returns what a finding rests on, by stance and channel, and the one quoted."""
    public = [one for one in shown.sources if one.is_published]
    return {
        "total": len(public),
        "stances": dict(Counter(one.stance.value for one in public)),
        "channels": dict(Counter(one.participant.channel.value for one in public)),
        "quotation": shown.quotation.ref if shown.quotation else None,
    }


def _people(consultation: Consultation) -> dict[str, Any]:
    """Counts who took a position, said something public, supported or found something useful.

    What an import brings without its author is counted apart: nobody knows how many people wrote it.
    """
    channels: Counter[str] = Counter()
    assurances: Counter[str] = Counter()
    for (channel, assurance), count in people_by_level(consultation.id).items():
        channels[channel.value] += count
        assurances[assurance.value] += count
    return {
        "total": channels.total(),
        "channels": dict(channels),
        "assurances": dict(assurances),
        "without_author": _without_author(consultation.id),
    }


def _without_author(consultation_id: int) -> int:
    counted = (
        sa.select(sa.func.count(Contribution.id))
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(is_to_be_covered(consultation_id), ~Participant.is_identified)
    )
    return db.session.scalar(counted) or 0


def _levels(consultation_id: int) -> list[dict[str, Any]]:
    return [
        {
            "channel": level.channel.value if level.channel else None,
            "assurance": level.assurance.value if level.assurance else None,
            "tally": asdict(level.tally),
        }
        for level in tallies_by_level(consultation_id)
    ]


def _contributions(consultation_id: int) -> dict[str, int]:
    counted = (
        sa.select(Contribution.stance, sa.func.count())
        .where(is_to_be_covered(consultation_id))
        .group_by(Contribution.stance)
    )
    stances = dict(db.session.execute(counted).all())
    return {stance.value: stances.get(stance, 0) for stance in Stance}


def _conditions(consultation: Consultation) -> list[dict[str, Any]]:
    strongest = conditions_of(consultation)[:MOST_CONDITIONS]
    return [{"ref": one.ref, "support": one.support_count} for one in strongest]


def _coverage(summary: Summary) -> dict[str, int]:
    covered = coverage(summary)
    return {
        "sources": covered.sources,
        "published": covered.published,
        "orphans": covered.orphans,
        "largest": covered.largest,
    }


def _questions(project: Project) -> list[dict[str, Any]]:
    """Returns the public questions that no service had answered, most urgent first, late by how many days."""
    now = clock.now()
    waiting = questions_page(project, now, answered=Answered.WAITING, size=MOST_QUESTIONS).questions
    return [
        {
            "ref": one.question.ref,
            "owed_by": one.deadline.owed_by,
            "due_on": local_day(one.deadline.due_at, project.collectivity.timezone).isoformat(),
            "late": one.days_late(now),
        }
        for one in waiting
    ]


def _unknowns(project: Project) -> list[dict[str, str | None]]:
    """Returns what the published dossier says it does not know, with who answers and when."""
    return [
        {
            "field": answer.field.name,
            "reason": answer.reason,
            "owner": answer.owner,
            "due_on": answer.due_on.isoformat() if answer.due_on else None,
        }
        for answer in published_dossier(project).answers.values()
        if answer.is_unknown
    ]
