"""Tables of AI projects: the working dossier, its published versions, what can still change."""

import enum
import secrets
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import references
from participation.foundation.database import Model
from participation.projects.dossier.path import Level


class Outcome(enum.StrEnum):
    """What a decision comes to."""

    ADOPTED = "adopted"
    ADOPTED_WITH_CHANGES = "adopted_with_changes"
    POSTPONED = "postponed"
    REFUSED = "refused"
    WITHOUT_AI = "without_ai"


class AnswerState(enum.StrEnum):
    """Whether a field of the dossier has an answer; «not known yet» is one that is shown."""

    ANSWERED = "answered"
    NOT_KNOWN_YET = "not_known_yet"
    NOT_APPLICABLE = "not_applicable"


class Provenance(enum.StrEnum):
    """Who vouches for an answer."""

    SERVICE = "service"
    VENDOR = "vendor"
    AUDIT = "audit"


def new_mark() -> int:
    """Returns a number that no earlier state of a project bore, at any odds that matter."""
    return secrets.randbits(31)


class Compliance(enum.StrEnum):
    """What a project says of one article of the AI charter; the last two give a reason."""

    COMPLIES = "complies"
    PARTLY = "partly"
    DEROGATES = "derogates"


class Project(Model):
    """An AI project and the dates of its life; its stage is computed from them, never typed in."""

    __table_args__ = (
        sa.CheckConstraint("(imported_from IS NULL) = (imported_at IS NULL)", name="imported_with_its_day"),
        # An index rather than a constraint: SQLite can't add one to a table without making it anew.
        sa.Index("uq_project_register_key", "collectivity_id", "register_key", unique=True),
        # An adaptation is made once by a collectivity: a form sent twice counts once.
        sa.Index("uq_project_adapted_from_id", "collectivity_id", "adapted_from_id", unique=True),
    )

    ref: Mapped[str] = mapped_column(unique=True, default=references.poster_reference)
    slug: Mapped[str] = mapped_column(unique=True)
    collectivity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("collectivity.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="", server_default="")
    policy: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    # Who receives its questions; empty for the referent of the collectivity.
    referent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    # Set for a project brought from another platform: where it came from. Exempt from the gate, labelled.
    imported_from: Mapped[str | None]
    # When rows were last brought in.
    imported_at: Mapped[datetime | None]

    # What it was adapted from: cited in public, and still when the other project is gone.
    adapted_from_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("project.id", ondelete="SET NULL"), index=True
    )
    adapted_title: Mapped[str] = mapped_column(default="", server_default="")
    adapted_body: Mapped[str] = mapped_column(default="", server_default="")
    adapted_version: Mapped[int | None]
    adapted_on: Mapped[date | None]
    # Set for a dossier that was a record of a register: what makes it the same record, and how it is cited.
    register_key: Mapped[str | None]
    register_source: Mapped[str] = mapped_column(default="", server_default="")

    photo_file: Mapped[str | None]
    photo_alternative: Mapped[str] = mapped_column(default="", server_default="")
    photo_credit: Mapped[str] = mapped_column(default="", server_default="")

    proposed_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    # While the consultation is suspended, it doesn't close: `closes_at` moves when it resumes.
    paused_at: Mapped[datetime | None]
    summary_published_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    in_service_on: Mapped[date | None]
    evaluated_on: Mapped[date | None]
    stopped_on: Mapped[date | None]

    # Drawn anew whenever the row or its facets change: the sum over all projects tells whether one did.
    mark: Mapped[int] = mapped_column(default=new_mark, server_default="0", index=True)

    collectivity: Mapped[Collectivity] = relationship()
    adapted_from: Mapped["Project | None"] = relationship(remote_side="Project.id")

    @property
    def is_archive(self) -> bool:
        """Tells whether it only holds what another platform collected: no dossier, nothing to add."""
        return self.imported_from is not None

    @property
    def is_adapted(self) -> bool:
        """Tells whether its first answers came from the dossier of another public body."""
        return self.adapted_on is not None


@sa.event.listens_for(Project, "before_update")
def _mark_anew(_mapper: object, _connection: object, project: Project) -> None:
    project.mark = new_mark()


class ProjectFacet(Model):
    """One value of a facet, written when a version of the dossier is published (`dossier.facets`)."""

    __table_args__ = (
        sa.UniqueConstraint("project_id", "facet", "value"),
        sa.Index("ix_project_facet_facet_value_project_id", "facet", "value", "project_id"),
    )

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    facet: Mapped[str]
    value: Mapped[str]


class PathChoice(Model):
    """Another path than the minimum, with its reason in the language of the project; public once published.

    `minimum` is the one the public body saw: when the answers ask for more since, it chooses again.
    """

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), unique=True)
    level: Mapped[Level]
    minimum: Mapped[Level]
    reason: Mapped[str]


class DossierAnswer(Model):
    """The working copy of one field, in the language of its project.

    `revision` refuses to overwrite a colleague's newer text.
    """

    __table_args__ = (sa.UniqueConstraint("project_id", "field"),)

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    field: Mapped[str]
    state: Mapped[AnswerState]
    # A closed field keeps its choice here (`human_validated`), several joined by commas; `text` says the
    # rest in sentences, `details` its parts, rows and figures (`dossier.details`).
    choice: Mapped[str] = mapped_column(default="", server_default="")
    text: Mapped[str] = mapped_column(default="", server_default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    # The same in at most 90 characters, for the thirty-second card.
    short: Mapped[str] = mapped_column(default="", server_default="")
    claim: Mapped[str] = mapped_column(default="", server_default="")
    claim_source: Mapped[str] = mapped_column(default="", server_default="")
    provenance: Mapped[Provenance] = mapped_column(default=Provenance.SERVICE)
    answered_by: Mapped[str] = mapped_column(default="", server_default="")
    answered_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    owner: Mapped[str] = mapped_column(default="", server_default="")
    due_on: Mapped[date | None]
    # Taken from the project this one was adapted from; until somebody answers it anew.
    is_copied: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    revision: Mapped[int] = mapped_column(default=1, server_default="1")


class CharterStatement(Model):
    """The working copy of what a project says of one article of its collectivity's AI charter.

    Written in the language of its project. Taken back, its compliance is None: the row keeps its revision,
    which refuses to overwrite a colleague's newer text.
    """

    __table_args__ = (sa.UniqueConstraint("project_id", "article_key"),)

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    # Of an article as published: the working copy of the charter may no longer hold it.
    article_key: Mapped[str]
    compliance: Mapped[Compliance | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    # The version of the charter that was read to say so.
    charter_number: Mapped[int]
    # A function, not a name.
    stated_by: Mapped[str] = mapped_column(default="", server_default="")
    stated_on: Mapped[date]
    revision: Mapped[int] = mapped_column(default=1, server_default="1")

    # As the published dossier says, written when one is published: the page of the charter counts these.
    published_compliance: Mapped[Compliance | None]


class OpenPoint(Model):
    """One thing that can still change, or that is already decided (`open_questions` in exports).

    Written in the language of its project.
    """

    __table_args__ = (sa.UniqueConstraint("project_id", "key"),)

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    key: Mapped[str]
    text: Mapped[str]
    options: Mapped[str] = mapped_column(default="", server_default="")
    is_decided: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    source: Mapped[str] = mapped_column(default="", server_default="")
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    # Kept once published, because texts may be about it; only the working copy no longer holds it.
    is_removed: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    # The words of the last version that held it, empty before the first; written when one is published.
    published_text: Mapped[str] = mapped_column(default="", server_default="")
    is_published: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class Precedent(Model):
    """A real case elsewhere, with its source and date: figures of different sources may disagree.

    Written in the language of its project.
    """

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    source: Mapped[str]
    dated: Mapped[str]
    position: Mapped[int] = mapped_column(default=0, server_default="0")


class Ending(enum.StrEnum):
    """How a section that was handed over came back."""

    DONE = "done"  # the colleague said so
    FILLED = "filled"  # its last unanswered question was answered
    TAKEN_BACK = "taken_back"
    HANDED_ON = "handed_on"  # to another colleague


class SectionHandover(Model):
    """A section of a dossier handed to a colleague, by a day; at most one is open for each section."""

    __table_args__ = (
        sa.Index(
            "uq_section_handover_open",
            "project_id",
            "section",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_in_some_way"),
    )

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"), index=True)
    section: Mapped[str]
    to_id: Mapped[int] = mapped_column(sa.ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(default="", server_default="")
    # Of the note.
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    due_on: Mapped[date]
    # Set with the one reminder of the due day.
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None]

    project: Mapped[Project] = relationship()
    to: Mapped[Membership] = relationship(foreign_keys=[to_id])
    by: Mapped[Membership | None] = relationship(foreign_keys=[by_id])

    def is_late(self, today: date) -> bool:
        """Tells whether its day is past."""
        return self.due_on < today


class DossierVersion(Model):
    """A whole published snapshot with its reason; the only thing public pages read of a dossier."""

    __table_args__ = (sa.UniqueConstraint("project_id", "number"),)

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id", ondelete="CASCADE"))
    number: Mapped[int]
    reason: Mapped[str]
    # Of the reason; the snapshot is in the language of its project.
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    snapshot: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("membership.id", ondelete="SET NULL"))

    published_by: Mapped[Membership | None] = relationship()
