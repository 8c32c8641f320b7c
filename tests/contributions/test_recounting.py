"""Anybody counts a consultation again from the published file, by a program that knows nothing of ours."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.consultations.models import Assurance, Channel, Consultation
from participation.contributions.actions import record_submission
from participation.contributions.models import (
    Choice,
    ConditionSupport,
    Contribution,
    UsefulVote,
    Visibility,
)
from participation.contributions.queries import position_tally, tallies_by_level
from participation.foundation import clock
from participation.foundation.database import db
from tests.contributions.histories import History, histories
from tests.factories.consultations import (
    a_closed_consultation,
    a_participant,
    a_suspended_consultation,
    an_open_consultation,
)
from tests.factories.contributions import a_condition, a_contribution, a_position
from tests.factories.projects import a_project

PROGRAM = Path(__file__).parents[2] / "scripts" / "recount.py"
Rounds = Callable[[int, int], int]


@pytest.fixture(scope="module")
def program() -> SimpleNamespace:
    """Gives the functions of the independent program."""
    return SimpleNamespace(**run_path(str(PROGRAM)))


def test_the_program_imports_nothing_of_the_product_nor_of_anybody_else() -> None:
    imported = [
        node for node in ast.walk(ast.parse(PROGRAM.read_text("utf-8"))) if isinstance(node, ast.Import)
    ]
    named = {alias.name for node in imported for alias in node.names}

    assert not [node for node in ast.walk(ast.parse(PROGRAM.read_text("utf-8"))) if is_foreign(node)]
    assert named <= sys.stdlib_module_names


def is_foreign(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "") not in sys.stdlib_module_names


def test_the_official_figures_and_the_recount_are_equal_on_generated_histories(
    visitor: FlaskClient, program: SimpleNamespace, tmp_path: Path, rounds: Rounds
) -> None:
    tried = 0
    for consultation in histories(rounds(12, 200)):
        answer = visitor.get(f"/consultations/{consultation.slug}/resultats.json")
        (tmp_path / "file.json").write_bytes(answer.data)
        (tmp_path / "file.csv").write_bytes(
            visitor.get(f"/consultations/{consultation.slug}/resultats.csv").data
        )

        rows, totals = program.read(str(tmp_path / "file.json"))
        counted = program.recount(rows)

        assert counted["wrong"] == program.differences(counted, totals) == []
        assert_equal_to_the_official_figures(consultation, counted)
        assert program.recount(program.read(str(tmp_path / "file.csv"))[0]) == counted
        assert visitor.get(f"/consultations/{consultation.slug}/resultats.json").data == answer.data
        assert_says_nothing_of_anybody(consultation, answer.text)
        tried += 1
    assert tried == rounds(12, 200)


def assert_equal_to_the_official_figures(consultation: Consultation, counted: dict[str, Any]) -> None:
    tally = position_tally(consultation.id)
    assert {choice.value: counted["positions"][choice.value] for choice in Choice} == shown(tally)
    levels = {
        (
            level.channel.value if level.channel else "",
            level.assurance.value if level.assurance else "",
        ): shown(level.tally)
        for level in tallies_by_level(consultation.id)
    }
    assert {
        level: {choice.value: n[choice.value] for choice in Choice} for level, n in counted["levels"].items()
    } == levels
    published = {"consultation_id": consultation.id, "visibility": Visibility.PUBLISHED}
    for text in db.session.scalars(sa.select(Contribution).filter_by(**published)):
        assert counted["supports"][text.ref] == text.support_count == rows_of(ConditionSupport, text)
        assert counted["useful"][text.ref] == text.useful_count == rows_of(UsefulVote, text)


def shown(tally: Any) -> dict[str, int]:
    return {choice.value: getattr(tally, choice.value) for choice in Choice}


def rows_of(table: type[ConditionSupport] | type[UsefulVote], text: Contribution) -> int:
    return db.session.scalar(sa.select(sa.func.count(table.id)).filter_by(contribution_id=text.id)) or 0


def assert_says_nothing_of_anybody(consultation: Consultation, file: str) -> None:
    assert not re.search("Nadia|Papier|Invité|secret|Qu’un agent|@", file)
    gone = sa.select(Contribution.ref).where(
        Contribution.consultation_id == consultation.id, Contribution.visibility != Visibility.PUBLISHED
    )
    assert not [ref for ref in db.session.scalars(gone) if ref in file]
    # The only moments are those of the period.
    moments = set(re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', file))
    assert len(moments) == 2


def file_of(visitor: FlaskClient, consultation: Consultation) -> dict[str, Any]:
    return json.loads(visitor.get(f"/consultations/{consultation.slug}/resultats.json").data)


def test_run_by_a_journalist_the_program_agrees_and_tells_the_figures(
    visitor: FlaskClient, tmp_path: Path
) -> None:
    consultation = History(5).live()
    file = tmp_path / "resultats.json"
    file.write_bytes(visitor.get(f"/consultations/{consultation.slug}/resultats.json").data)

    done = run_program(file)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Tous les totaux publiés sont exacts." in done.stdout
    assert f"dont {position_tally(consultation.id).total} positions" in done.stdout
    assert "PROVISOIRE" in done.stdout


@pytest.mark.parametrize("spoilt", ["a total", "a line removed", "a line twice", "a support", "nonsense"])
def test_a_file_that_was_changed_is_told(visitor: FlaskClient, tmp_path: Path, spoilt: str) -> None:
    consultation = an_open_consultation()
    for _ in range(6):
        a_position(consultation)
    condition = a_condition(consultation)
    db.session.add(
        ConditionSupport(contribution_id=condition.id, participant_id=a_participant(consultation).id)
    )
    condition.support_count = 1
    db.session.commit()
    document = file_of(visitor, consultation)
    position = next(row for row in document["rows"] if row["kind"] == "position")
    if spoilt == "a total":
        document["totals"]["positions"]["opposed"] += 1
    elif spoilt == "a line removed":
        document["rows"].remove(position)
    elif spoilt == "a line twice":
        document["rows"].append(position)
    elif spoilt == "a support":
        document["totals"]["texts"][0]["supports"] = 2
    else:
        document["rows"] = "rien"
    file = tmp_path / "spoilt.json"
    file.write_text(json.dumps(document), "utf-8")

    done = run_program(file)

    assert done.returncode == (2 if spoilt == "nonsense" else 1)
    assert "DIFFÉRENCE" in done.stdout or "ne se lit pas" in done.stderr
    assert "Traceback" not in done.stderr


def run_program(file: Path) -> subprocess.CompletedProcess[str]:
    """Runs it alone: isolated, elsewhere, with nothing but the standard library."""
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(PROGRAM), str(file)]
    return subprocess.run(command, cwd=file.parent, capture_output=True, text=True, check=False)


def test_one_change_gives_every_line_another_number(visitor: FlaskClient) -> None:
    """Two files compared never follow a person: not the one who came, nor those who stayed."""
    consultation = an_open_consultation()
    for _ in range(8):
        a_position(consultation)
    db.session.commit()
    before = {row["row"] for row in file_of(visitor, consultation)["rows"]}

    a_position(consultation, Choice.OPPOSED)
    db.session.commit()
    after = {row["row"] for row in file_of(visitor, consultation)["rows"]}

    assert (len(before), len(after)) == (8, 9)
    assert not before & after


def test_lines_say_nothing_of_the_order_in_which_people_came(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    for choice in [Choice.FAVOURABLE] * 20 + [Choice.OPPOSED] * 20:
        a_position(consultation, choice)
    db.session.commit()

    choices = [row["choice"] for row in file_of(visitor, consultation)["rows"]]

    assert choices not in (sorted(choices), sorted(choices, reverse=True))


def test_small_groups_are_merged_as_on_the_page(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    for channel, assurance, people in (
        (Channel.ONLINE, Assurance.EMAIL, 7),
        (Channel.PAPER, Assurance.DECLARED, 2),
        (Channel.DESK, Assurance.VERIFIED, 1),
    ):
        for _ in range(people):
            a_position(participant=a_participant(consultation, channel=channel, assurance=assurance))
    db.session.commit()

    document = file_of(visitor, consultation)

    # Three could still point at somebody: the next larger group joins them.
    assert {(row["channel"], row["assurance"]) for row in document["rows"]} == {("", "")}
    assert document["totals"]["levels"] == [
        {"channel": "", "assurance": "", "favourable": 10, "conditions": 0, "opposed": 0, "information": 0}
    ]


def test_a_support_of_a_hidden_condition_is_not_told(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    condition = a_condition(consultation, visibility=Visibility.HIDDEN)
    db.session.add(
        ConditionSupport(contribution_id=condition.id, participant_id=a_participant(consultation).id)
    )
    db.session.commit()

    document = file_of(visitor, consultation)

    assert document["rows"] == [] and document["totals"]["texts"] == []


def test_the_file_is_provisional_until_no_figure_can_change_any_more(visitor: FlaskClient) -> None:
    now = clock.now()
    suspended = a_suspended_consultation()
    just_closed = a_closed_consultation(closes_at=now - timedelta(hours=47))
    closed = a_closed_consultation(closes_at=now - timedelta(hours=49))
    cancelled = an_open_consultation()
    cancelled.cancelled_at = now
    summarised = a_closed_consultation(closes_at=now - timedelta(hours=49))
    summarised.project.summary_published_at = now
    db.session.commit()

    told = [file_of(visitor, one) for one in (an_open_consultation(), suspended, just_closed, closed)]
    final = [file_of(visitor, one) for one in (summarised, cancelled)]

    assert [(one["state"], one["because"]) for one in told] == [
        ("provisional", "open"),
        ("provisional", "suspended"),
        ("provisional", "confirmations"),
        ("provisional", "paper"),
    ]
    assert [(one["state"], one["because"]) for one in final] == [("final", "")] * 2


def test_the_table_says_of_each_line_whether_it_is_provisional(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    a_position(consultation)
    db.session.commit()

    answer = visitor.get(f"/consultations/{consultation.slug}/resultats.csv")

    header, line, last = answer.text.split("\r\n")
    assert header == "row,kind,choice,channel,assurance,text,state"
    assert re.fullmatch(r"[0-9a-f]{16},position,favourable,,,,provisional", line) and last == ""
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f"{consultation.slug}-resultats-provisoires.csv" in answer.headers["Content-Disposition"]


def test_a_draft_an_archive_and_what_is_not_open_yet_have_no_recount_file(visitor: FlaskClient) -> None:
    archive = a_closed_consultation(a_project(imported_from="Decidim"))
    draft = an_open_consultation()
    draft.announced_at = None
    coming = an_open_consultation(opens_at=clock.now() + timedelta(days=1))
    db.session.commit()

    for consultation in (archive, draft, coming):
        for ending in ("json", "csv"):
            assert visitor.get(f"/consultations/{consultation.slug}/resultats.{ending}").status_code == 404


def test_the_page_of_results_leads_to_the_recount_file(visitor: FlaskClient) -> None:
    consultation = a_contribution().consultation
    db.session.commit()

    page = visitor.get(f"/consultations/{consultation.slug}/resultats").text

    assert f"/consultations/{consultation.slug}/resultats.json" in page
    assert f"/consultations/{consultation.slug}/resultats.csv" in page
    assert "Provisoire" in page


def test_the_same_form_sent_twice_is_one_line(visitor: FlaskClient) -> None:
    participant = a_participant()
    payload = {"choice": "opposed", "language": "fr"}
    for _ in range(2):
        record_submission(participant, "opinion", payload, form_key="once", now=clock.now())
    db.session.commit()

    assert len(file_of(visitor, participant.consultation)["rows"]) == 1
