"""Marks: each text of a town begins with a word that tells its column, to be found again on any page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from participation.activity.models import Event
from participation.collectivities.ai_charter.models import CharterVersion
from participation.foundation.database import db
from participation.projects.models import DossierAnswer, DossierVersion
from participation.summaries.models import Summary

# The columns that hold words of people and that a page shows, by table.
WRITTEN = {
    "project": ("title", "summary", "photo_credit", "adapted_title"),
    "path_choice": ("reason",),
    "charter_article": ("title", "text"),
    "charter_version": ("reason", "published_as"),
    "dossier_answer": ("text", "reason", "owner"),
    "section_handover": ("note",),
    "open_point": ("text", "published_text"),
    "dossier_version": ("reason",),
    "consultation": ("title", "perimeter", "use_of_answers", "decided_by"),
    "period_change": ("reason",),
    "closing_proposal": ("reason",),
    "contribution": ("title", "body"),
    "report": ("message",),
    "moderation_decision": ("reason",),
    "appeal": ("message", "reason"),
    "theme": ("name", "description"),
    "summary": ("introduction", "method"),
    "finding": ("text",),
    "decision": ("reason_without_consultation",),
    "decision_version": ("title", "body", "votes", "reasons"),
    "theme_answer": ("answer", "reason"),
    "access_record": ("reason",),
    "deadline": ("owed_by",),
}
ANSWERED = ("text", "reason", "owner", "author", "claim", "claim_source", "source", "title", "dated", "why")
NOTE_ON_THE_LAW = ("note_text", "note_author", "confirmed_by")
# What is kept as plain values: a published dossier, the figures of a summary, the details of an event.
KEPT = {
    DossierVersion: (
        "snapshot",
        (*ANSWERED, *NOTE_ON_THE_LAW),
    ),
    DossierAnswer: ("details", NOTE_ON_THE_LAW),
    CharterVersion: ("snapshot", ("title", "text")),
    Summary: ("figures", ("reason", "owner")),
    Event: ("details", ("reason",)),
}


def mark_every_text(after: str = "", also: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> set[str]:
    """Begins each text with the mark of its column and these words, other columns too; returns the marks."""
    marks = set()
    for table in db.metadata.sorted_tables:
        for name in (*WRITTEN.get(table.name, ()), *also.get(table.name, ())):
            begun, column = _begun(_mark(table.name, name), after), table.c[name]
            db.session.execute(
                sa.update(table).where(column != "").values({name: sa.literal(begun) + column})
            )
            marks.add(_mark(table.name, name))
    for model, (column_name, keys) in KEPT.items():
        for row in db.session.query(model):
            setattr(row, column_name, _marked(getattr(row, column_name), keys, model.__name__.lower(), after))
        marks |= {_mark(model.__name__.lower(), key) for key in keys}
    db.session.commit()
    return marks


def _mark(table: str, name: str) -> str:
    return f"zq{table}{name}z".replace("_", "")


def _begun(mark: str, after: str) -> str:
    return f"{mark} {after} " if after else f"{mark} "


def _marked(value: Any, keys: tuple[str, ...], table: str, after: str, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _marked(one, keys, table, after, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_marked(one, keys, table, after, name) for one in value]
    if name in keys and value and isinstance(value, str):
        return _begun(_mark(table, name), after) + value
    return value
