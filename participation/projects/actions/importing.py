"""Adding a draft that was described elsewhere: what its source doesn't say is «not known yet»."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from participation.collectivities.models import Collectivity, Membership
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import poster_reference
from participation.projects.actions.noting import note
from participation.projects.addresses import address_of
from participation.projects.dossier.details import checked_details, missing_part
from participation.projects.dossier.field import Field, Kind
from participation.projects.dossier.fields import BY_NAME, FIELDS
from participation.projects.models import AnswerState, DossierAnswer, Project, Provenance
from participation.projects.permissions import may_write


@dataclass
class DraftAnswer:
    """What a source says of one field, ready to be kept."""

    text: str = ""
    choice: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    figures: list[dict[str, str]] = field(default_factory=list)
    # Anything else of the working answer, by column: for a source that holds all of it.
    columns: dict[str, Any] = field(default_factory=dict)

    def add_text(self, words: str) -> None:
        """Adds a paragraph."""
        self.text = f"{self.text}\n\n{words}" if self.text else words


@dataclass(frozen=True)
class Pending:
    """What is said of every question the source leaves open."""

    reason: str
    owner: str
    due_on: date


def import_draft(
    collectivity: Collectivity,
    *,
    key: str,
    title: str,
    source: str,
    answers: Mapping[str, DraftAnswer],
    pending: Pending,
    member: Membership | None = None,
    language: str = "fr",
) -> Project | None:
    """Adds a draft with its answers; None when this record is already there: twice counts once.

    Every field that its source doesn't answer is «not known yet», hard ones included: a draft may say so, a
    consultation may not open on it.
    """
    if member is not None and not may_write(member, collectivity.id):
        raise NotAllowed(_("Only an agent or an administrator of this collectivity writes its dossiers."))
    if not title:
        raise Invalid(_("Give the project a name."), "name")
    if _is_there(collectivity, key):
        return None
    said = {**answers, "name": _name(answers.get("name"), title)}
    # Checked before anything is written: a record is refused whole.
    rows = [_row(one, said.get(one.name), pending, member) for one in _draft_fields(said)]
    project = _new_project(collectivity, key, title, source, said, language)
    if project is None:
        return None
    for row in rows:
        row.project_id = project.id
    db.session.add_all(rows)
    note("project.draft_imported", project, member)
    db.session.flush()
    return project


def _is_there(collectivity: Collectivity, key: str) -> bool:
    known = sa.select(Project.id).filter_by(collectivity_id=collectivity.id, register_key=key)
    return db.session.scalar(known) is not None


def _new_project(
    collectivity: Collectivity,
    key: str,
    title: str,
    source: str,
    said: Mapping[str, DraftAnswer],
    language: str,
) -> Project | None:
    slug = address_of(title)
    taken = db.session.scalar(sa.select(Project.id).where(Project.slug == slug)) is not None
    project = Project(
        slug=f"{slug}-{poster_reference()}" if taken else slug,
        collectivity=collectivity,
        collectivity_id=collectivity.id,
        title=title,
        summary=said["description_short"].text if "description_short" in said else "",
        policy=said["policy"].choice if "policy" in said else "",
        language=language,
        register_key=key,
        register_source=source,
    )
    if add_once(project):
        return project
    if _is_there(collectivity, key):
        return None
    # Somebody has just taken this address.
    project.slug = f"{slug}-{poster_reference()}"
    db.session.add(project)
    db.session.flush()
    return project


def _draft_fields(said: Mapping[str, DraftAnswer]) -> list[Field]:
    """Returns the fields a draft holds: those that are answered, and those every project is asked."""
    always = [one for one in FIELDS if one.is_written and one.is_asked(frozenset())]
    return [*always, *(BY_NAME[name] for name in said if BY_NAME[name] not in always)]


def _name(said: DraftAnswer | None, title: str) -> DraftAnswer:
    """Returns the answer that names the project: no source leaves it open."""
    is_said = said is not None and said.text and said.columns.get("state") in (None, AnswerState.ANSWERED)
    return said if said is not None and is_said else DraftAnswer(text=title)


def _row(one: Field, said: DraftAnswer | None, pending: Pending, member: Membership | None) -> DossierAnswer:
    row = DossierAnswer(field=one.name, provenance=Provenance.SERVICE)
    if said is not None:
        row.text, row.choice = said.text, said.choice
        row.details = dict(
            checked_details(one, {"parts": said.parts, "rows": said.rows, "figures": said.figures})
        )
        for column, value in said.columns.items():
            setattr(row, column, value)
    state = said.columns.get("state") if said is not None else None
    if state is AnswerState.NOT_APPLICABLE:
        row.reason = row.reason or pending.reason
    elif said is not None and state is not AnswerState.NOT_KNOWN_YET and _says_something(one, row):
        row.state = AnswerState.ANSWERED
        row.answered_by = row.answered_by or (member.function if member else "")
    else:
        # Words that fit no list stay in the text: whoever answers sees what the source said.
        row.state, row.reason = AnswerState.NOT_KNOWN_YET, row.reason or pending.reason
        row.owner, row.due_on = row.owner or pending.owner, row.due_on or pending.due_on
    return row


def _says_something(one: Field, row: DossierAnswer) -> bool:
    if one.choices:
        return bool(row.choice)
    if one.kind is Kind.PARTS:
        return missing_part(one, row.details) is None and bool(row.details["parts"] or row.text)  # type: ignore[arg-type]
    return bool(row.text or row.details["rows"])
