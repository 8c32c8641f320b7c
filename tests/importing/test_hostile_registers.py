"""Files nobody would write by hand: what they hold never breaks a run, a page or a rule of the dossier."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.foundation import outbox
from participation.foundation.database import db
from participation.foundation.errors import Invalid
from participation.importing.models import RegisterImport, RunState
from participation.importing.registers.running import receive_register
from participation.importing.registers.table import read_file
from participation.projects.actions import publish_dossier
from participation.projects.dossier.exports.own import STANDARD
from participation.projects.dossier.gate import missing_in
from participation.projects.models import AnswerState, DossierAnswer, Project
from participation.projects.queries import working_answer, working_snapshot
from tests.factories.collectivities import a_collectivity

HALF = "\ud800"
ANSWERED = AnswerState.ANSWERED.value
NAME = {"state": ANSWERED, "text": "Un assistant"}
NO_ANSWER_ON_THE_LAW = {"state": ANSWERED, "choice": "minimal", "parts": {"uses_ai": "peut-être"}}


def brought_in(answers: dict[str, Any], **beside: Any) -> RegisterImport:
    """Returns the run of a file in our own format that holds one project."""
    record = {"ref": "un", "answers": {"name": NAME, **answers}, **beside}
    content = json.dumps({"standard": STANDARD, "projects": [record]}).encode()
    run = receive_register(a_collectivity(), content=content, file_name="fichier")
    outbox.drain()
    return run


def the_draft(run: RegisterImport) -> Project:
    return db.session.scalars(sa.select(Project).filter_by(collectivity_id=run.collectivity_id)).one()


def the_answer(run: RegisterImport, field: str) -> DossierAnswer:
    answer = working_answer(the_draft(run), field)
    assert answer is not None
    return answer


def test_what_is_not_known_without_a_day_is_promised_as_every_open_question(visitor: FlaskClient) -> None:
    run = brought_in({"goal": {"state": "not_known_yet"}, "risks": {"state": "not_applicable"}})

    goal = the_answer(run, "goal")
    assert goal.owner and goal.reason and goal.due_on
    assert the_answer(run, "risks").reason
    project = the_draft(run)
    publish_dossier(project, reason="Première version.")
    db.session.commit()
    assert visitor.get(f"/projets/{project.slug}/dossier").status_code == 200


@pytest.mark.parametrize("field", ["goal", "automation_level", "risk_category", "risks"])
def test_an_answer_that_says_nothing_is_not_known_yet(field: str) -> None:
    run = brought_in({field: {"state": ANSWERED, "text": "", "choice": ""}})

    assert the_answer(run, field).state is AnswerState.NOT_KNOWN_YET
    assert field in [one.name for one in missing_in(working_snapshot(the_draft(run)))] or field == "risks"


def test_two_answers_where_one_is_asked_are_not_kept() -> None:
    run = brought_in({"policy": {"state": ANSWERED, "choice": "user-information,water-resources"}})

    assert run.remarks and the_answer(run, "policy").choice == ""


def test_a_project_keeps_its_name_whatever_its_state() -> None:
    run = brought_in({"name": {"state": "not_known_yet", "text": ""}}, title="Un assistant")

    assert (the_answer(run, "name").state, the_answer(run, "name").text) == (ANSWERED, "Un assistant")


def test_halves_of_characters_are_left_out() -> None:
    run = brought_in(
        {
            "goal": {"state": ANSWERED, "text": f"Aider{HALF}\x00.", "owner": HALF},
            "begin_date": {"state": ANSWERED, "parts": {"begin": "2025-01" + HALF}},
            HALF: {"state": ANSWERED},
        }
    )

    assert (run.state, run.imported) == (RunState.DONE, 1)
    assert the_answer(run, "goal").text == "Aider."
    assert HALF not in str(run.remarks)


def test_halves_of_characters_are_left_out_of_the_names_of_columns() -> None:
    table = read_file(b'[{"a\\ud800": "x", "b\\u0000": {"c\\ud800": 1}}]')

    assert table.columns == ["a", "b"]
    assert HALF not in table.rows[0].cells["b"]


@pytest.mark.parametrize("depth", [400, 900, 60_000])
def test_a_file_nested_too_deep_is_refused(depth: int) -> None:
    with pytest.raises(Invalid):
        read_file(b'[{"nom": ' + b"[" * depth + b"]" * depth + b"}]")


def test_a_record_that_is_refused_leaves_no_draft() -> None:
    run = brought_in(
        {"risk_category": {"state": ANSWERED, "choice": "minimal", "parts": {"uses_ai": "peut-être"}}}
    )

    made = db.session.scalars(sa.select(Project).filter_by(collectivity_id=run.collectivity_id)).all()
    assert len(made) == run.imported


def test_an_answer_on_the_law_that_is_none_is_left_out_with_a_remark() -> None:
    run = brought_in(
        {"risk_category": {"state": ANSWERED, "choice": "minimal", "parts": {"uses_ai": "peut-être"}}}
    )

    assert (run.imported, run.refused) == (1, 0)
    assert [one["column"] for one in run.remarks] == ["risk_category"]


@pytest.mark.parametrize("said", [{"state": "zzz"}, {"provenance": "zzz"}, {"due_on": "demain"}])
def test_a_word_of_no_list_is_told_in_a_sentence(said: dict[str, str]) -> None:
    run = brought_in({"goal": {"state": ANSWERED, "text": "Aider.", **said}})

    assert [one["column"] for one in run.remarks] == ["goal"]
    assert "valid" not in run.remarks[0]["why"].lower() and "isoformat" not in run.remarks[0]["why"]
