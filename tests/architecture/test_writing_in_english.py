"""What is written on a page in English is kept as English, through the form of each text."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import InstrumentedAttribute

from participation.accounts.models import AccessRecord
from participation.consultations.models import ClosingProposal, Consultation, PeriodChange
from participation.contributions.models import Contribution
from participation.decisions.models import Decision, DecisionVersion, ThemeAnswer
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.models import Appeal, ModerationDecision, Report
from participation.projects.models import DossierVersion, Project
from participation.summaries.models import Finding, FindingSource, Summary, Theme
from tests.architecture.world import World, build_world
from tests.forms import post_form

REASON = {"reason": "Written on a page in English."}
PROJECT = {"name": "An engine", "description_short": "It answers.", "policy": "user-information"}
DECISION = {
    "outcome": "adopted",
    "title": "The machine answers",
    "body": "Council",
    "held_on": "2020-03-12",
    "reasons": "It helps.",
}


def forms(world: World) -> list[tuple[str, dict[str, Any], dict[str, Any], InstrumentedAttribute[str]]]:
    """Returns each form by its endpoint: what its address names, what is typed, which column tells."""
    heard = world.things["manage_summaries"]
    return [
        ("manage_projects.new", {}, PROJECT, Project.language),
        ("manage_projects.publish", {"slug": "brouillon"}, REASON, DossierVersion.language),
        ("manage_consultations.new", {}, draft(), Consultation.language),
        ("manage_consultations.edit", {}, draft(), Consultation.language),
        (
            "manage_consultations.propose",
            {"slug": "annoncee"},
            {"closes_at": at(25), **REASON},
            ClosingProposal.language,
        ),
        ("manage_consultations.extend", {}, {"closes_at": at(50), **REASON}, PeriodChange.language),
        ("manage_consultations.pause", {}, {"ground": "election", **REASON}, PeriodChange.language),
        ("manage_consultations.resume", {}, REASON, PeriodChange.language),
        ("manage_consultations.cancel", {}, REASON, PeriodChange.language),
        ("manage_summaries.themes", {}, {"name": "The desk"}, Theme.language),
        ("manage_summaries.theme", {}, {"name": "The counter"}, Theme.language),
        ("manage_summaries.texts", {}, {"introduction": "This was said."}, Summary.language),
        ("manage_summaries.new_finding", {}, finding(heard), Finding.language),
        ("manage_summaries.finding", {}, {**finding(heard), "text": "They ask otherwise."}, Finding.language),
        ("manage_decisions.new", {}, DECISION, Decision.language),
        ("manage_decisions.edit", {}, DECISION, DecisionVersion.language),
        (
            "manage_decisions.answer",
            {},
            {"verdict": "adopted", "answer": "Yes.", "reason": "So."},
            ThemeAnswer.language,
        ),
        ("moderation.report", {}, {"rule": "attack", "message": "It aims at me."}, Report.language),
        ("moderation.appeal", {}, {"message": "I aim at nobody."}, Appeal.language),
        ("manage_moderation.appeal", {}, {"outcome": "upheld", **REASON}, Appeal.reason_language),
        (
            "manage_moderation.queue",
            {},
            {"action": "hide", "rule": "attack", **REASON},
            ModerationDecision.language,
        ),
        ("manage_privacy.address", {}, REASON, AccessRecord.language),
    ]


def test_what_is_written_in_english_is_kept_as_english(app: Flask) -> None:
    world = build_world(app)

    kept = {endpoint: is_kept(world, endpoint, *rest) for endpoint, *rest in forms(world)}

    assert {endpoint for endpoint, in_english in kept.items() if not in_english} == set()


def is_kept(
    world: World,
    endpoint: str,
    names: dict[str, Any],
    typed: dict[str, Any],
    column: InstrumentedAttribute[str],
) -> bool:
    """Sends a form in English and tells whether one more row is in English."""
    before = in_english(column)
    address = f"/en{world.address(endpoint, **names)}"
    if endpoint == "manage_moderation.queue":
        address += f"?ref={world.things['contributions']['ref']}"
    post_form(world.everything, address, **typed)
    return in_english(column) == before + 1


def in_english(column: InstrumentedAttribute[str]) -> int:
    """Counts the rows in English."""
    return db.session.scalar(sa.select(sa.func.count()).where(column == "en")) or 0


def at(days: int) -> str:
    """Returns a moment that many days from now, as a form takes it."""
    return f"{clock.now() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def draft() -> dict[str, Any]:
    """Returns a consultation as it is typed."""
    words = {"title": "Shall it answer?", "perimeter": "Everybody", "use_of_answers": "They are answered."}
    days = {"opens_at": at(3), "closes_at": at(30), "answer_due_on": at(60)[:10]}
    rules = {"decided_by": "Council", "moderation": "after", "minimum_assurance": "email"}
    return {**words, **days, **rules}


def finding(heard: dict[str, Any]) -> dict[str, Any]:
    """Returns a sentence on what was said under a theme, as it is typed."""
    on = sa.select(Contribution.ref).join(FindingSource, FindingSource.contribution_id == Contribution.id)
    under = on.join(Finding, Finding.id == FindingSource.finding_id).where(
        Finding.theme_id == heard["number"]
    )
    [ref] = db.session.scalars(under)
    return {"kind": "asked", "text": "They ask for a desk.", "sources": [ref]}
