"""What is exported is read back: our own format whole, the others but for what they say they lose."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.importing.models import RegisterImport, RunState
from participation.importing.registers.running import receive_register, start_import
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.dossier.exports.eurocities import EUROCITIES
from participation.projects.dossier.exports.format import Format
from participation.projects.dossier.exports.interconnectes import PUBLIC, WHOLE
from participation.projects.dossier.exports.inventory import INVENTORY
from participation.projects.dossier.exports.losses import Kind, losses_of
from participation.projects.dossier.field import Kind as Answered
from participation.projects.dossier.fields import BY_NAME
from participation.projects.models import Project
from participation.projects.queries import published_dossier, working_snapshot
from tests.factories.collectivities import a_collectivity
from tests.factories.projects import a_complete_project
from tests.projects.exports.records import an_answer

HOSTILE = "=cmd|' /C calc'!A0 ; \"un, deux\"\n</script>'@"
NOT_SAID = "not_known_yet"


def a_published_project() -> Project:
    """Returns a project of which every field, part, row and figure is filled, but one not known yet."""
    project = a_complete_project(a_collectivity(siret="21750001600011"), title="Un assistant vocal")
    for one in BY_NAME.values():
        if one.is_written and one.kind is not Answered.GUIDANCE and one.name not in ("name", "policy"):
            values = an_answer(one.name, text=f"{HOSTILE} {one.name}")
            details = values.pop("details")
            kept = {name: values[name] for name in ("choice", "text", "short", "answered_by")}
            answer_field(project, one.name, state="answered", details=details, **kept)
    answer_field(
        project,
        "monitoring",
        state=NOT_SAID,
        reason="Le fournisseur n’a pas répondu.",
        owner="La DSI",
        due_on=clock.today(),
    )
    publish_dossier(project, reason="Tout est dit")
    db.session.commit()
    return project


def brought_in(content: bytes) -> tuple[RegisterImport, Project]:
    """Returns the run of a file in another collectivity and the draft it made."""
    body = a_collectivity()
    run = receive_register(body, content=content, file_name="fichier")
    if run.state is RunState.MAPPING:
        start_import(run, run.columns)
    outbox.drain()
    return run, db.session.scalars(sa.select(Project).filter_by(collectivity_id=body.id)).one()


def test_our_own_format_comes_back_whole(visitor: FlaskClient) -> None:
    project = a_published_project()

    run, draft = brought_in(visitor.get(f"/projets/{project.slug}.json").get_data())

    published, back = dict(published_dossier(project).plain), working_snapshot(draft)
    assert run.changes == []
    for name, answer in published["answers"].items():
        assert back["answers"][name] == answer, name
    assert back["open_points"] == published["open_points"]


def test_a_page_of_the_register_comes_back_whole_too(visitor: FlaskClient) -> None:
    a_published_project()

    run, draft = brought_in(visitor.get("/projets.json").get_data())

    assert (run.total, run.imported, run.refused) == (1, 1, 0)
    assert draft.title == "Un assistant vocal"


@pytest.mark.parametrize(
    ("one", "address"),
    [
        pytest.param(PUBLIC, "/projets.csv", id="public"),
        pytest.param(WHOLE, "/projets-complet.csv", id="whole"),
        pytest.param(INVENTORY, "/inventaire.csv?tous=1", id="inventory"),
        pytest.param(EUROCITIES, "/eurocities.json", id="eurocities"),
    ],
)
def test_each_format_gives_back_all_but_what_it_is_said_to_lose(
    visitor: FlaskClient, one: Format, address: str
) -> None:
    project = a_published_project()

    _run, draft = brought_in(visitor.get(address).get_data())

    before, after = published_dossier(project).plain["answers"], working_snapshot(draft)["answers"]
    lost = {loss.field.name for loss in losses_of(one)}
    absent = {loss.field.name for loss in losses_of(one) if loss.kind is Kind.ABSENT}
    kept = {name for name in before if name not in lost and before[name]["state"] == "answered"}
    assert {"name", "department"} & kept
    assert {name for name in kept if _said(after[name]) != _said(before[name])} == set()
    written_here = {name for name in absent if name in after and after[name]["state"] != NOT_SAID}
    assert written_here == set()


def _said(answer: dict[str, Any]) -> tuple[str, str]:
    return answer["text"], answer["choice"]
