"""Files to carry away: made by the worker, and blocked at once when a text they quote is removed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.erasure import ErasureChoice
from participation.contributions.models import Choice, Contribution, Stance
from participation.foundation import outbox
from participation.foundation.database import db
from participation.foundation.jobs import do_work_at_start
from participation.foundation.outbox import OutboxMessage
from participation.moderation.actions import restore_contribution
from participation.privacy.actions import erase_person
from participation.summaries.figures import figures_of
from participation.summaries.jobs import PRINT
from participation.summaries.models import Summary
from participation.summaries.printing import making
from participation.summaries.printing.files import FILES
from participation.summaries.queries import published_summary_numbered
from tests.factories.consultations import a_closed_consultation, a_participant
from tests.factories.contributions import a_contribution, a_position, a_question
from tests.factories.moderation import a_hidden_contribution, a_moderator_of
from tests.factories.printed import a_full_summary, cells_of, made, text_of
from tests.factories.summaries import a_published_summary, a_summary

SAID = "Une phrase qui partira bientôt."
ADDRESS = "/consultations/voix/synthese"


@pytest.fixture
def none_made(app: Flask) -> None:
    """Removes the files of earlier tests, whose summaries had the same numbers."""
    shutil.rmtree(Path(app.config["DATA_DIR"]) / "made", ignore_errors=True)


def a_summary_to_carry() -> Summary:
    consultation = a_closed_consultation(slug="voix")
    odile = a_participant(consultation, display_name="Odile")
    said = a_contribution(consultation, body=SAID, participant=odile, stance=Stance.AGAINST)
    a_position(consultation, Choice.FAVOURABLE)
    summary = a_published_summary(consultation, said)
    db.session.commit()
    return summary


def said_in(summary: Summary) -> Contribution:
    found = db.session.query(Contribution).filter_by(consultation_id=summary.consultation_id, body=SAID)
    return found.one()


@pytest.mark.usefixtures("none_made")
def test_until_it_is_made_the_address_says_so_and_then_gives_it(visitor: FlaskClient) -> None:
    summary = a_summary_to_carry()
    ref = summary.consultation.ref

    waiting = visitor.get(f"{ADDRESS}.pdf")
    outbox.drain()
    given = visitor.get(f"{ADDRESS}.pdf")
    again = visitor.get(f"{ADDRESS}.pdf", headers={"If-None-Match": given.headers["ETag"]})

    assert waiting.status_code == 202 and waiting.headers["Retry-After"] == "5"
    assert waiting.headers["Cache-Control"] == "no-store" and "en préparation" in waiting.text
    assert given.status_code == 200 and given.data.startswith(b"%PDF-1.7")
    assert given.headers["Cache-Control"] == "no-cache" and again.status_code == 304
    assert f"synthese-{ref}-" in given.headers["Content-Disposition"]
    assert "Set-Cookie" not in given.headers


@pytest.mark.usefixtures("none_made")
def test_every_file_is_given_in_both_languages(visitor: FlaskClient) -> None:
    a_summary_to_carry()
    outbox.drain()

    for file in FILES:
        for prefix in ("", "/en"):
            given = visitor.get(f"{prefix}/consultations/voix/{file.name}")
            assert given.status_code == 200 and given.content_type == file.media_type, file.name
            assert given.headers["Content-Disposition"].startswith(
                "inline" if file.is_shown else "attachment"
            )


def test_there_is_no_file_of_what_is_not_published(visitor: FlaskClient) -> None:
    slug = a_summary().consultation.slug
    db.session.commit()

    for name in ("synthese.pdf", "synthese.xlsx", "synthese-contributions.csv", "autre.pdf"):
        assert visitor.get(f"/consultations/{slug}/{name}").status_code == 404


@pytest.mark.usefixtures("none_made")
def test_a_text_that_is_hidden_is_in_no_file_from_that_moment(visitor: FlaskClient) -> None:
    summary = a_summary_to_carry()
    outbox.drain()
    before = visitor.get(f"{ADDRESS}.xlsx").data
    said = said_in(summary)
    a_hidden_contribution(said)
    db.session.commit()

    at_once = [visitor.get(f"/consultations/voix/{file.name}").status_code for file in FILES]
    outbox.drain()
    after = {file.name: visitor.get(f"/consultations/voix/{file.name}") for file in FILES}

    assert SAID in "".join(cell for row in cells_of(before)["Contributions"] for cell in row)
    assert at_once == [202] * len(FILES)
    assert {one.status_code for one in after.values()} == {200}
    pages, annex = text_of(after["synthese.pdf"].data), text_of(after["synthese-annexe.pdf"].data)
    assert "Version 1.1" in pages and SAID not in pages + annex
    assert "texte retiré le" in annex
    cells = cells_of(after["synthese.xlsx"].data)["Contributions"]
    assert SAID not in str(cells) and "texte retiré le" in str(cells)
    assert SAID not in after["synthese-contributions.csv"].text

    restore_contribution(said, reason="Il ne visait personne, finalement.", member=a_moderator_of(said))
    db.session.commit()
    outbox.drain()
    assert SAID in text_of(visitor.get("/consultations/voix/synthese-annexe.pdf").data)


@pytest.mark.usefixtures("none_made")
def test_a_name_goes_from_the_files_with_its_person(visitor: FlaskClient) -> None:
    summary = a_summary_to_carry()
    outbox.drain()
    before = text_of(visitor.get(f"{ADDRESS}.pdf").data)
    person = said_in(summary).participant.person
    assert person is not None
    erase_person(person, ErasureChoice.KEEP_TEXTS)
    db.session.commit()

    assert visitor.get(f"{ADDRESS}.pdf").status_code == 202
    outbox.drain()
    assert "Odile" in before
    assert "Odile" not in text_of(visitor.get(f"{ADDRESS}.pdf").data)


@pytest.mark.usefixtures("none_made")
def test_done_again_nothing_is_made_twice() -> None:
    number = a_summary_to_carry().id

    assert making.make_files(number) == 2 * len(FILES)
    assert making.make_files(number) == 0
    assert published_summary_numbered(number) is not None


def test_publishing_and_removing_queue_the_files_once_for_each_summary() -> None:
    summary = a_summary_to_carry()

    queued = db.session.query(OutboxMessage).filter_by(kind=PRINT, done_at=None).all()

    assert [one.payload for one in queued] == [{"summary": summary.id}]


@pytest.mark.usefixtures("none_made")
def test_no_name_and_no_position_stand_beside_a_text_in_the_data(visitor: FlaskClient) -> None:
    consultation = a_closed_consultation(slug="voix")
    writer = a_participant(consultation, display_name="Zéphyrine")
    a_position(consultation, Choice.OPPOSED, participant=writer)
    said = a_contribution(consultation, participant=writer, stance=Stance.AGAINST)
    summary = a_published_summary(consultation, said)
    db.session.commit()
    making.make_files(summary.id)

    sheets = cells_of(visitor.get(f"{ADDRESS}.xlsx").data)
    tables = [visitor.get(f"/consultations/voix/{file.name}").text for file in FILES if "csv" in file.name]

    assert list(sheets) == [
        "Chiffres",
        "Positions par niveau",
        "Constats et sources",
        "Contributions",
        "Dans aucun constat",
    ]
    assert "Zéphyrine" not in str(sheets) and "Zéphyrine" not in "".join(tables)
    assert "opposé" not in str(sheets["Contributions"])
    # One person alone: no level is told.
    assert str(sheets["Positions par niveau"]).count("Groupes plus petits") == 1


def test_the_figures_of_the_workbook_are_those_that_were_frozen() -> None:
    summary = a_full_summary(themes=2, findings=2, conditions=3)
    frozen = summary.figures
    sheets = cells_of(made(summary, "workbook", "en"))
    rows = {(row[0], row[1]): row[2] for row in sheets["Figures"][1:]}

    assert rows["Positions", "favourable"] == str(frozen["positions"]["favourable"]) == "12"
    assert rows["Contributions", "published"] == str(frozen["coverage"]["published"])
    assert rows["Contributions", "in no finding"] == "1"
    assert len(sheets["Contributions"]) - 1 == frozen["coverage"]["published"]
    assert len(sheets["In no finding"]) - 1 == 1


def test_the_strongest_argument_of_the_smaller_side_is_frozen() -> None:
    consultation = a_closed_consultation()
    for choice in (Choice.FAVOURABLE, Choice.CONDITIONS, Choice.OPPOSED):
        a_position(consultation, choice)
    a_contribution(consultation, stance=Stance.FOR, useful_count=9)
    a_contribution(consultation, stance=Stance.AGAINST, useful_count=1)
    strongest = a_contribution(consultation, stance=Stance.AGAINST, useful_count=4)
    summary = a_summary(consultation)

    opposing = figures_of(summary)["opposing"]

    assert opposing == {
        "ref": strongest.ref,
        "useful": 4,
        "side": "against",
        "people": 1,
        "whole": 3,
        "in_positions": True,
    }


def test_questions_without_an_answer_are_frozen_with_how_late_they_are() -> None:
    consultation = a_closed_consultation()
    asked = a_question(consultation.project, at=consultation.opens_at)
    summary = a_summary(consultation)

    (waiting,) = figures_of(summary)["questions"]

    assert waiting["ref"] == asked.ref and waiting["late"] >= 0 and waiting["owed_by"]


def test_a_page_never_loads_what_sets_pages() -> None:
    loaded = (
        "import sys; from participation.app import create_app; "
        "import participation.summaries.views, participation.mails; "
        "print(sorted({'typst', 'xlsxwriter', 'docx', 'lxml'} & set(sys.modules)))"
    )

    answer = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"


@pytest.mark.usefixtures("none_made")
def test_a_text_hidden_while_the_files_are_made_is_in_none(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = a_summary_to_carry()
    said, make_missing = said_in(summary), making._make_missing

    def hidden_meanwhile(found: Summary, folder: Path) -> int:
        count = make_missing(found, folder)
        if said.is_published:
            a_hidden_contribution(said)
        return count

    monkeypatch.setattr(making, "_make_missing", hidden_meanwhile)
    making.make_files(summary.id)

    annex = visitor.get(f"{ADDRESS}-annexe.pdf")
    assert annex.status_code == 200 and SAID not in text_of(annex.data)


@pytest.mark.usefixtures("none_made")
def test_what_was_lost_is_made_again_when_the_worker_starts(visitor: FlaskClient) -> None:
    a_summary_to_carry()
    db.session.query(OutboxMessage).delete()
    db.session.commit()

    do_work_at_start()
    outbox.drain()

    assert visitor.get(f"{ADDRESS}.pdf").status_code == 200
