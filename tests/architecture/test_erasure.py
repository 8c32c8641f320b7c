"""Erasure forgets no column: each key to a person, each text that may hold their words."""

import sqlalchemy as sa

from participation.foundation.database import UTCDateTime, db
from participation.privacy.actions import DOMAINS

# Written by members of staff or by the machine, never by a resident: a collectivity's own words stay.
NOT_OF_RESIDENTS = {
    "collectivity",
    "charter_article",
    "charter_version",
    "charter_statement",
    "project",
    "project_facet",
    "path_choice",
    "dossier_answer",
    "dossier_version",
    "open_point",
    "precedent",
    "section_handover",
    "consultation",
    "period_change",
    "theme",
    "summary",
    "finding",
    "decision",
    "decision_version",
    "theme_answer",
    "reported_total",
    # What a service answers, until it is said as a contribution.
    "service_answer",
    "register_import",
    "register_mapping",
    "paper_letter",
    "deadline",
    "outbox_message",
    "event",
    # Staff's reasons, figures and references; a range of addresses of a building.
    "suspect_series",
    "known_network",
}
# In tables that do hold words of residents, those that a person doesn't write.
NOT_OF_THE_PERSON = {
    "access_record.looked_by",
    "access_record.subject",
    "verification.ref",
    # An agent's reason, which the person reads.
    "verification.revocation_reason",
    "verification.language",
    "membership.function",
    "contribution.ref",
    "contribution.dossier_field",
    # Where a pile of forms comes from; references only.
    "paper_form.ref",
    "paper_form.source",
    "paper_form.contributions",
    "paper_form.added_supports",
    # How a text is read aloud.
    "contribution.language",
    "report.language",
    "appeal.language",
    "appeal.reason_language",
    "moderation_decision.language",
    "closing_proposal.language",
    "access_record.language",
    # The collectivity's: what was said under a function stays.
    "contribution.spoken_as",
    "contribution.source_key",
    # Staff's public reasons about a period.
    "closing_proposal.reason",
    # The register says why a text was hidden, and quotes nobody.
    "moderation_decision.reason",
    "appeal.reason",
}


def handled() -> set[str]:
    return {column for domain in DOMAINS for column in domain.HANDLES}


def test_every_key_to_a_person_or_a_participant_is_dealt_with() -> None:
    keys = {
        f"{table.name}.{key.parent.name}"
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in ("person", "participant")
    }

    assert len(keys) > 14
    assert sorted(keys - handled()) == []


def test_every_text_column_is_dealt_with_or_said_to_be_of_no_resident() -> None:
    texts = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if table.name not in NOT_OF_RESIDENTS and holds_words(column)
    }

    assert sorted(texts - handled() - NOT_OF_THE_PERSON) == []


def test_what_is_declared_exists() -> None:
    columns = {
        f"{table.name}.{column.name}" for table in db.metadata.sorted_tables for column in table.columns
    }

    assert sorted((handled() | NOT_OF_THE_PERSON) - columns) == []
    assert set(db.metadata.tables) >= NOT_OF_RESIDENTS


def test_a_domain_speaks_for_its_own_tables_and_does_both() -> None:
    owners = {
        mapper.local_table.name: mapper.class_.__module__.split(".")[1]
        for mapper in db.Model.registry.mappers
    }

    for domain in DOMAINS:
        own = domain.__name__.split(".")[1]
        assert {owners[column.split(".")[0]] for column in domain.HANDLES} == {own}
        assert callable(domain.traces_of) and callable(domain.erase_traces_of)


def holds_words(column: sa.Column[object]) -> bool:
    """Tells whether a column holds free text: words of a closed list and moments are none."""
    kind = column.type
    return isinstance(kind, (sa.Text, sa.String, sa.JSON)) and not isinstance(kind, (sa.Enum, UTCDateTime))
