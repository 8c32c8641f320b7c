"""Answering the fields of a dossier, and what keeps a consultation from opening."""

from datetime import date

import pytest

from participation.collectivities.models import Role
from participation.foundation.errors import Invalid, NotAllowed
from participation.projects.actions import Conflict, answer_field, publish_dossier
from participation.projects.dossier.fields import FIELDS
from participation.projects.dossier.gate import missing_for_consultation
from participation.projects.queries import working_answer
from tests.factories.collectivities import a_member
from tests.factories.projects import a_complete_project, a_draft_project, a_project


def test_a_newer_text_is_never_overwritten() -> None:
    project = a_draft_project()
    answer_field(project, "goal", state="answered", text="Le premier", revision=0)

    with pytest.raises(Conflict) as conflict:
        answer_field(project, "goal", state="answered", text="Le mien", revision=0)

    assert conflict.value.current.text == "Le premier"
    kept = working_answer(project, "goal")
    assert kept is not None and (kept.text, kept.revision) == ("Le premier", 1)


def test_the_revision_that_was_seen_may_be_replaced() -> None:
    project = a_draft_project()
    first = answer_field(project, "goal", state="answered", text="Un")

    second = answer_field(project, "goal", state="answered", text="Deux", revision=first.revision)

    assert (second.text, second.revision) == ("Deux", 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"state": "answered"}, "text"),
        ({"state": "not_known_yet"}, "reason"),
        ({"state": "not_known_yet", "reason": "Devis attendu"}, "owner"),
        ({"state": "not_known_yet", "reason": "Devis attendu", "owner": "DSI"}, "due_on"),
        ({"state": "not_applicable"}, "reason"),
    ],
)
def test_not_known_yet_needs_a_reason_a_person_and_a_date(values: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        answer_field(a_draft_project(), "budget", **values)  # type: ignore[arg-type]

    assert refusal.value.field == field


def test_a_field_of_the_hard_gate_refuses_not_known_yet() -> None:
    with pytest.raises(Invalid):
        answer_field(
            a_draft_project(), "goal", state="not_known_yet", reason="?", owner="DSI", due_on=date(2027, 1, 1)
        )


def test_a_choice_outside_the_list_and_an_unknown_field_are_refused() -> None:
    project = a_draft_project()

    for field, choice in (("automation_level", "maybe"), ("status", ""), ("nonsense", "")):
        with pytest.raises(Invalid):
            answer_field(project, field, state="answered", text="x", choice=choice)


def test_an_official_writes_no_dossier() -> None:
    project = a_draft_project()

    for member in (a_member(Role.OFFICIAL, project.collectivity), a_member(Role.AGENT)):
        with pytest.raises(NotAllowed):
            answer_field(project, "goal", state="answered", text="x", member=member)


def test_the_gate_asks_the_sixteen_hard_fields_and_an_answer_or_a_promise_for_the_others() -> None:
    hard = {field.number for field in FIELDS if field.is_hard}
    project = a_complete_project()

    assert hard == {1, 2, 3, 6, 9, 11, 14, 15, 19, 23, 26, 36, 39, 44, 57, 58}
    assert missing_for_consultation(project) == []
    assert {field.name for field in missing_for_consultation(a_project())} >= {
        "goal",
        "open_questions",
        "budget",
    }


def test_a_promise_passes_the_gate_once_it_is_published() -> None:
    project = a_complete_project()
    answer_field(
        project, "budget", state="not_known_yet", reason="Devis", owner="Finances", due_on=date(2027, 1, 1)
    )
    publish_dossier(project, reason="Le coût n’est plus connu")

    assert missing_for_consultation(project) == []
