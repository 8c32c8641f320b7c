"""What is exported comes back: our own format whole, the others with the losses they announce."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from participation.collectivities.models import Collectivity
from participation.foundation import outbox
from participation.foundation.database import db
from participation.importing.models import RegisterImport
from participation.importing.registers import running
from participation.projects.actions import add_precedent, answer_field, publish_dossier
from participation.projects.dossier.exports.formats import BY_KEY
from participation.projects.dossier.exports.losses import Kind, losses_of
from participation.projects.models import AnswerState, Project
from participation.projects.queries import working_answers
from tests.factories.collectivities import a_collectivity
from tests.factories.projects import a_complete_project

FIGURE = {
    "what": "Appels perdus",
    "kind": "target",
    "value": "15 %",
    "baseline": "41 % l’an dernier",
    "source": "Mesure du standard",
    "dated": "mars 2027",
}
RICH: dict[str, dict[str, Any]] = {
    "name": {"text": "L’appel\u00a0: « répondre » = +1"},
    "description_short": {"text": "=Une phrase ; qui, gêne\nles tableurs."},
    "policy": {"choice": "user-information", "details": {"parts": {"sub_policy": "voice-assistant"}}},
    "audience": {"choice": "staff,residents", "text": "Et les autres."},
    "area": {"text": "Toute la ville", "details": {"parts": {"latitude": "48.85", "longitude": "-2.35"}}},
    "begin_date": {"details": {"parts": {"begin": "2027-03", "end": "2028-01"}}},
    "benefit": {"text": "Moins d’attente", "short": "", "details": {"figures": [FIGURE]}},
    "risks": {"details": {"rows": [{"risk": "Se tromper", "who": "Tous", "mitigation": "Relire"}]}},
    "provider": {
        "text": "Un éditeur.",
        "details": {"parts": {"supplier": "Voix SA", "model": "french", "country": "France"}},
        "provenance": "vendor",
        "claim": "« 92 % »",
        "claim_source": "Plaquette",
    },
    "hosting": {"text": "À Lille", "details": {"parts": {"kind": "cloud", "place": "Lille"}}},
    "algorithm_type": {"choice": "nlp,generative"},
    "source_data": {
        "text": "Des fiches.",
        "details": {
            "parts": {"origin": "internal,open_data"},
            "rows": [{"title": "Fiches", "link": "https://exemple.example/fiches"}],
        },
    },
    "publiccode": {"details": {"parts": {"code": "https://exemple.example/code"}}},
    "data_collection": {"text": "Le service.", "details": {"parts": {"access": "manual"}}},
    "evaluation_date": {"details": {"parts": {"planned": "2028-06-30", "by_whom": "Le conseil"}}},
}


# Never taken from a file: it is computed from the questions on the law.
COMPUTED = {"risk_category"}


@pytest.fixture
def project() -> Project:
    project = a_complete_project(a_collectivity(siret="12345678900012"))
    for name, values in RICH.items():
        answer_field(project, name, state=AnswerState.ANSWERED, answered_by="La DSI", **values)
    later = {"reason": "Le devis manque", "owner": "La DAF", "due_on": running.clock.today("Europe/Paris")}
    answer_field(project, "budget", state=AnswerState.NOT_KNOWN_YET, **later)
    answer_field(project, "rollback", state=AnswerState.NOT_APPLICABLE, reason="Rien à défaire")
    add_precedent(project, title="Ailleurs", text="Un cas.", source="Un journal", dated="2025")
    publish_dossier(project, reason="Complet")
    db.session.commit()
    return project


def brought_in(content: bytes, collectivity: Collectivity) -> tuple[RegisterImport, Project]:
    run = running.receive_register(collectivity, content=content, file_name="export")
    if not run.is_own_format:
        running.start_import(run, run.columns)
    outbox.drain()
    copies = db.session.query(Project).filter_by(collectivity_id=collectivity.id)
    return run, copies.one()


def test_our_own_format_comes_back_whole(visitor: FlaskClient, project: Project) -> None:
    original = visitor.get(f"/projets/{project.slug}.json")

    run, copy = brought_in(original.data, a_collectivity())
    publish_dossier(copy, reason="Repris")
    db.session.commit()
    back = visitor.get(f"/projets/{copy.slug}.json").json

    assert (run.imported, run.refused, run.remarks) == (1, 0, [])
    for kept in ("answers", "open_questions", "precedents", "lang"):
        assert back[kept] == original.json[kept]


def test_the_whole_register_in_our_own_format_comes_back(visitor: FlaskClient, project: Project) -> None:
    run, copy = brought_in(visitor.get("/projets.json").data, a_collectivity())

    assert (run.read, run.imported) == (1, 1) and copy.title == project.title


@pytest.mark.parametrize(
    ("key", "address"), [("interconnectes", "/projets.csv"), ("interconnectes-whole", "/projets-complet.csv")]
)
def test_the_files_of_the_library_lose_what_they_announce_and_nothing_else(
    visitor: FlaskClient, project: Project, key: str, address: str
) -> None:
    lost = {loss.field.name for loss in losses_of(BY_KEY[key]) if loss.kind is Kind.ABSENT}

    run, copy = brought_in(visitor.get(address).data, a_collectivity())

    states = {answer.field: answer.state for answer in working_answers(copy)}
    expected = {answer.field: answer.state for answer in working_answers(project)}
    assert (run.imported, run.refused, run.remarks) == (1, 0, [])
    for name, state in expected.items():
        if name in lost | COMPUTED:
            assert states.get(name) in (None, AnswerState.NOT_KNOWN_YET), name
        else:
            assert states.get(name) is state, name
    assert copy.title == project.title
