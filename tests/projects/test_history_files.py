"""The history of a dossier to take away: whole in JSON, change by change in CSV."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from participation.collectivities.models import Role
from participation.contributions.actions import erase_contribution, note_cause, withdraw_contribution
from participation.contributions.models import Contribution
from participation.foundation.database import db
from participation.moderation.actions import hide_contribution
from participation.moderation.models import Rule
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.dossier.history_files import COLUMNS, harmless
from participation.projects.models import DossierVersion, Project
from tests.architecture.listening import statements
from tests.factories.collectivities import a_member
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project

WORDS = "Je veux qu’on me rappelle avant midi."


@pytest.fixture
def project() -> Project:
    return a_complete_project(title="Standard « été »")


def a_version(project: Project, text: str, reason: str = "Le rappel est précisé") -> DossierVersion:
    answer_field(project, "goal", state="answered", text=text)
    return publish_dossier(project, reason=reason)


def whole(visitor: FlaskClient, project: Project) -> dict[str, Any]:
    response = visitor.get(f"/projets/{project.slug}/versions.json", buffered=True)
    assert response.mimetype == "application/json"
    read: dict[str, Any] = json.loads(response.text)
    return read


def rows(visitor: FlaskClient, project: Project, prefix: str = "") -> list[dict[str, str]]:
    response = visitor.get(f"{prefix}/projets/{project.slug}/versions.csv", buffered=True)
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_the_json_holds_every_version_as_it_was_published(visitor: FlaskClient, project: Project) -> None:
    member = a_member(Role.ADMINISTRATOR, project.collectivity)
    member.function = "Directrice du numérique"
    answer_field(project, "goal", state="answered", text="Répondre.")
    second = publish_dossier(project, reason="Le but est dit", member=member)
    said = a_contribution(an_open_consultation(project), body=WORDS)
    note_cause(second, [said])
    db.session.commit()

    history = whole(visitor, project)

    assert (history["format"], history["format_version"]) == ("participation/dossier-history", 1)
    assert history["project"]["slug"] == project.slug and history["project"]["title"] == project.title
    assert [one["number"] for one in history["versions"]] == [1, 2]
    told = history["versions"][1]
    assert told["snapshot"] == second.snapshot
    assert told["causes"] == [said.ref] and told["causes_removed_since"] == 0
    assert told["author_function"] == "Directrice du numérique" and told["reason"] == "Le but est dit"
    assert told["published_at"].endswith("Z") and told["language"] == "fr"


def test_the_json_says_the_same_in_the_same_order(visitor: FlaskClient, project: Project) -> None:
    a_version(project, "Répondre.")
    db.session.commit()

    text = visitor.get(f"/projets/{project.slug}/versions.json", buffered=True).text

    assert text == visitor.get(f"/en/projets/{project.slug}/versions.json", buffered=True).text
    head, *versions, tail = text.splitlines()
    assert len(versions) == 2 and tail == "]}" and head.endswith('"versions":[')
    for line in versions:
        line = line.rstrip(",")
        assert json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == line


def hide(contribution: Contribution) -> None:
    moderator = a_member(Role.MODERATOR, contribution.consultation.project.collectivity)
    hide_contribution(contribution, rule=Rule.ATTACK, reason="Il vise une personne.", member=moderator)


@pytest.mark.parametrize("take_out", [hide, withdraw_contribution, erase_contribution])
def test_a_text_taken_out_since_is_only_counted(
    visitor: FlaskClient, project: Project, take_out: Callable[[Contribution], None]
) -> None:
    said = a_contribution(an_open_consultation(project), body=WORDS)
    note_cause(a_version(project, "Répondre avant midi."), [said])
    ref = said.ref
    take_out(said)
    db.session.commit()

    text = visitor.get(f"/projets/{project.slug}/versions.json", buffered=True).text

    assert ref not in text and WORDS not in text
    assert json.loads(text)["versions"][1]["causes_removed_since"] == 1
    for page in ("versions", "versions/2"):
        shown = visitor.get(f"/projets/{project.slug}/{page}").text
        assert ref not in shown and WORDS not in shown and "une contribution retirée depuis" in shown


def test_the_csv_has_a_row_for_each_change_with_what_was_said_before(
    visitor: FlaskClient, project: Project
) -> None:
    a_version(project, "Répondre le jour.")
    a_version(project, "Répondre la nuit, « partout » ;\nmême loin.")
    db.session.commit()

    read = rows(visitor, project)

    assert tuple(read[0]) == COLUMNS
    first = [row for row in read if row["number"] == "1"]
    assert {"goal", "name", "point:annonce"} <= {row["field"] for row in first}
    assert {row["before"] for row in first if row["field"] == "name"} == {
        "État\u00a0: pas de réponse dans le dossier"
    }
    (last,) = [row for row in read if row["number"] == "3"]
    assert last["before"] == "Texte\u00a0: Répondre le jour."
    assert last["after"] == "Texte\u00a0: Répondre la nuit, « partout » ;\nmême loin."
    assert last["label"] == "Objectif" and last["reason"] == "Le rappel est précisé"
    assert rows(visitor, project, prefix="/en")[-1]["label"] == "Goal"


@pytest.mark.parametrize("formula", ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1"])
def test_a_spreadsheet_computes_nothing(visitor: FlaskClient, project: Project, formula: str) -> None:
    a_version(project, "Répondre.", reason=formula)
    db.session.commit()

    assert rows(visitor, project)[-1]["reason"].startswith("'")
    assert harmless(formula) == f"'{formula}" and harmless("Un – deux") == "Un – deux"


def test_both_files_are_sent_as_attachments_without_a_cookie(visitor: FlaskClient, project: Project) -> None:
    db.session.commit()
    for kind in ("json", "csv"):
        response = visitor.get(f"/projets/{project.slug}/versions.{kind}", buffered=True)
        name = f'attachment; filename="{project.slug}-versions.{kind}"'
        assert response.headers["Content-Disposition"] == name
        assert "Set-Cookie" not in response.headers
        assert visitor.head(f"/projets/{project.slug}/versions.{kind}").status_code == 200


def test_two_hundred_versions_are_read_a_few_at_a_time(visitor: FlaskClient, project: Project) -> None:
    for number in range(2, 201):
        a_version(project, f"Texte {number}")
    db.session.commit()

    with statements() as sent:
        history = whole(visitor, project)
    assert [one["number"] for one in history["versions"]] == list(range(1, 201))
    assert len(sent) <= 3 + 2 * 21

    with statements() as sent:
        changed = [row["number"] for row in rows(visitor, project) if row["field"] == "goal"]
    assert changed == [str(number) for number in range(1, 201)]
    assert len(sent) <= 3 + 21


def test_the_files_are_on_the_page_of_versions(visitor: FlaskClient, project: Project) -> None:
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}/versions").text

    assert f'href="/projets/{project.slug}/versions.json"' in page
    assert f'href="/projets/{project.slug}/versions.csv"' in page
