"""Bringing a register in: what becomes of each row, twice, in batches, killed on the way; the pages of it."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation import outbox
from participation.foundation.database import db
from participation.importing.models import RegisterImport, RegisterMapping
from participation.importing.registers import running
from participation.projects.actions import publish_dossier
from participation.projects.dossier.gate import missing_in
from participation.projects.models import AnswerState, Project
from participation.projects.queries import working_answer, working_snapshot
from tests.factories.collectivities import a_collectivity, a_member
from tests.forms import hidden_fields

SignIn = Callable[[FlaskClient, Person], None]

HEADER = (
    "Nom_collectivite,Nom_du_projet,SIRET,Latitude,Longitude,Type_de_collectivite,Date_de_demarrage,"
    "Statut_du_projet,Partenaires,Description_service,Theme,Sous_Theme,Audience,URL_Service,URL_Logo,"
    "Date_de_derniere_mise_a_jour"
)
ROWS = [
    'Ville de Test,"Un assistant\nvocal",123 456 789 00012,"48,85",2.35,Métropole,03/2024,Terminé,,'
    "Il répond au téléphone.,Mobilités,Stationnement,Agents-Habitants,,,12/05/2025",
    "Ville de Test,Les cantines,12345678900012,,,Commune,2025,En déploiement,Un fournisseur,"
    'Il compte les repas.,Culture,,"Agents, martiens",https://exemple.example/cantines,,2025-06-01',
    "Autre Ville,,99999999900019,,,Commune,03/2024,En expérimentation,,Sans nom.,,,,,,",
    "Ville de Test,Les cantines,12345678900012,,,Commune,2025,En déploiement,,Encore.,,,,,,,en trop",
    "Autre Ville,Les fuites,99999999900019,,,Commune,mars 2024,Abandonné,,Elle cherche les fuites.,,,,,,",
]


HOSTILE = [
    "\u202etest",
    "<script>alert(1)</script>",
    "ÅÍÎÏ˝ÓÔ",
    "🇫🇷",
    "\u200b",
    "'; DROP TABLE project--",
    "%s%n",
    "{{7*7}}",
    "a" * 5000,
    "=HYPERLINK(1)",
    "\ufeff",
    "NULL",
    "١٢٣",
    "\t",
    "../../etc/passwd",
    "%(label)s",
]


@pytest.fixture
def collectivity() -> Collectivity:
    return a_collectivity(siret="123 456 789 00012")


@pytest.fixture
def agent(collectivity: Collectivity, visitor: FlaskClient, sign_in: SignIn) -> Membership:
    member = a_member(Role.AGENT, collectivity, function="Chargée du numérique")
    sign_in(visitor, member.person)
    return member


def register(*rows: str, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join([HEADER, *rows]).encode(encoding)


def bring_in(
    collectivity: Collectivity, content: bytes, member: Membership | None = None, **settings: Any
) -> RegisterImport:
    run = running.receive_register(
        collectivity,
        content=content,
        file_name="registre.csv",
        register="Bibliothèque d’essai",
        member=member,
    )
    if run.columns:
        running.start_import(run, run.columns, **settings)
    outbox.drain()
    return run


def project_named(title: str) -> Project:
    return db.session.scalars(sa.select(Project).filter_by(title=title)).one()


def counts(run: RegisterImport) -> tuple[int, int, int, int]:
    return run.read, run.imported, run.already_there, run.refused


def test_each_row_becomes_a_draft_or_is_refused_with_its_line_its_column_and_why(
    collectivity: Collectivity, agent: Membership
) -> None:
    run = bring_in(collectivity, register(*ROWS), agent)

    assert counts(run) == (5, 3, 0, 2)
    assert [(one["line"], one["column"], bool(one["why"])) for one in run.refusals] == [
        (5, "Nom_du_projet", True),
        (6, "", True),
    ]
    assert run.content is None and run.is_over


def test_a_draft_holds_what_was_said_and_says_not_known_yet_for_the_rest(
    collectivity: Collectivity, agent: Membership
) -> None:
    bring_in(collectivity, register(*ROWS), agent)

    project = project_named("Un assistant vocal")
    audience, begin = working_answer(project, "audience"), working_answer(project, "begin_date")
    goal, area = working_answer(project, "goal"), working_answer(project, "area")
    assert project.proposed_at is None and project.policy == "mobility-parking"
    assert audience is not None and audience.choice == "staff,residents"
    assert begin is not None and begin.details["parts"] == {"begin": "2024-03"}
    assert area is not None and area.details["parts"] == {"latitude": "48.85", "longitude": "2.35"}
    assert goal is not None and goal.state is AnswerState.NOT_KNOWN_YET
    assert goal.reason and goal.owner == "Chargée du numérique" and goal.due_on
    assert "Bibliothèque d’essai" in project.register_source and "12/05/2025" in project.register_source
    # A hard question that is not known keeps a consultation from opening.
    assert "goal" in {one.name for one in missing_in(working_snapshot(project))}


def test_the_register_a_dossier_came_from_is_cited_to_the_staff_and_to_the_public(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    bring_in(collectivity, register(ROWS[0]), agent)
    project = project_named("Un assistant vocal")
    publish_dossier(project, reason="Repris du registre")
    db.session.commit()

    public = visitor.get(f"/projets/{project.slug}/dossier").text
    staff = visitor.get(f"/gestion/{collectivity.slug}/projets/{project.slug}").text

    assert "Bibliothèque d’essai" in public and "Bibliothèque d’essai" in staff


def test_a_value_that_fits_no_list_is_kept_as_a_sentence_and_told(
    collectivity: Collectivity, agent: Membership
) -> None:
    run = bring_in(collectivity, register(ROWS[1]), agent)

    project = project_named("Les cantines")
    policy, audience = working_answer(project, "policy"), working_answer(project, "audience")
    begin = working_answer(project, "begin_date")
    assert policy is not None and policy.state is AnswerState.NOT_KNOWN_YET and "Culture" in policy.text
    assert audience is not None and audience.choice == "staff" and "martiens" in audience.text
    assert begin is not None and "2025" in begin.text
    assert {one["column"] for one in run.changes} == {"Theme", "Audience", "Date_de_demarrage"}
    assert "https://exemple.example/cantines" in project.register_source


def test_every_refused_row_says_why_however_many_changes_there_are(
    collectivity: Collectivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_REMARKS", 2)

    run = bring_in(collectivity, register(*ROWS))

    assert (len(run.changes), len(run.refusals), run.refused) == (2, 2, 2)


def test_the_same_file_twice_changes_nothing(collectivity: Collectivity, agent: Membership) -> None:
    bring_in(collectivity, register(*ROWS), agent)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Project))

    again = bring_in(collectivity, register(*ROWS, encoding="cp1252"), agent)

    assert counts(again) == (5, 0, 3, 2)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Project)) == before


def test_a_record_that_stands_twice_in_a_file_is_taken_once_and_told(collectivity: Collectivity) -> None:
    run = bring_in(collectivity, register(ROWS[0], ROWS[0]))

    assert counts(run) == (2, 1, 0, 1) and run.refusals[0]["line"] == 4


def test_another_collectivity_brings_the_same_register_in_for_itself(collectivity: Collectivity) -> None:
    bring_in(collectivity, register(*ROWS))

    other = bring_in(a_collectivity(), register(*ROWS))

    assert counts(other) == (5, 3, 0, 2)


def test_only_the_records_of_ones_own_public_body_when_asked(
    collectivity: Collectivity, agent: Membership
) -> None:
    run = bring_in(collectivity, register(*ROWS), agent, own_records_only=True)

    assert counts(run) == (5, 2, 0, 3)
    assert "99999999900019" in run.refusals[-1]["why"]


def test_a_run_that_was_killed_goes_on_where_it_was_and_its_counts_add_up(
    collectivity: Collectivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    rows = [f"Ville,Projet {number},,,,,,,,Il aide.,,,,,," for number in range(7)]
    run = running.receive_register(collectivity, content=register(*rows), file_name="r.csv")
    running.start_import(run, run.columns)
    taken = running._take
    calls = []

    def dies_at_the_fifth(run: RegisterImport, row: Any) -> None:
        calls.append(row)
        if len(calls) == 5:
            raise MemoryError
        taken(run, row)

    monkeypatch.setattr(running, "_take", dies_at_the_fifth)
    with pytest.raises(MemoryError):
        running.run_import(run.id)
    db.session.rollback()
    halfway = counts(run)
    monkeypatch.setattr(running, "_take", taken)
    running.run_import(run.id)

    assert halfway == (4, 4, 0, 0)
    assert counts(run) == (7, 7, 0, 0)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Project)) == 7


def test_the_mapping_of_columns_is_kept_for_the_next_file_of_the_same_columns(
    collectivity: Collectivity,
) -> None:
    content = b"outil;organisme;fonction\nDetecteur;Ville;Il cherche.\n"
    run = running.receive_register(collectivity, content=content, file_name="a.csv")
    running.start_import(run, {"outil": "name", "organisme": "row.body", "fonction": "goal"})
    outbox.drain()

    following = running.receive_register(
        collectivity, content=content + b"Autre;Ville;x\n", file_name="b.csv"
    )

    assert following.columns == {"outil": "name", "organisme": "row.body", "fonction": "goal"}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RegisterMapping)) == 1


def test_a_file_goes_from_its_choice_to_the_report_through_the_pages(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    url = f"/gestion/{collectivity.slug}/projets/import"
    form = hidden_fields(visitor.get(url).text)
    sent = visitor.post(url, data={**form, "file": (io.BytesIO(register(*ROWS)), "registre.csv")})
    columns = visitor.get(sent.location)
    named = {f"column-{number}": "" for number in range(16)}
    refused = visitor.post(sent.location, data={**hidden_fields(columns.text), **named})
    named |= {"column-1": "name", "column-9": "goal"}
    started = visitor.post(sent.location, data={**hidden_fields(columns.text), **named})
    waiting = visitor.get(sent.location)
    outbox.drain()
    report = visitor.get(sent.location)

    assert columns.status_code == 200 and "Il répond au téléphone." in columns.text
    assert refused.status_code == 422 and started.status_code == 302
    assert "<progress" in waiting.text and "<progress" not in report.text
    assert report.text.count("<tr>") >= 3
    assert project_named("Les fuites").collectivity_id == collectivity.id


@pytest.mark.parametrize(
    "upload", [None, (io.BytesIO(b""), "vide.csv"), (io.BytesIO(b"A,B\n"), "entete.csv")]
)
def test_a_file_that_can_t_be_read_says_so_beside_it(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership, upload: Any
) -> None:
    url = f"/gestion/{collectivity.slug}/projets/import"
    form = hidden_fields(visitor.get(url).text)

    page = visitor.post(
        url, data={**form, "register": "Mon registre", **({"file": upload} if upload else {})}
    )

    assert page.status_code == 422 and 'href="#file"' in page.text and "Mon registre" in page.text


def test_a_dossier_in_our_own_format_asks_nothing_more(collectivity: Collectivity) -> None:
    answers = {
        "name": {"state": "answered", "text": "Les fuites d’eau", "provenance": "service"},
        "risks": {"state": "answered", "rows": [{"risk": "Se tromper", "mitigation": "Relire"}]},
        "budget": {
            "state": "not_known_yet",
            "reason": "Le devis manque",
            "owner": "La DAF",
            "due_on": "2027-03-12",
        },
        "audience": {"state": "answered", "choices": ["staff", "residents"]},
        "goal": {"state": "answered", "text": "x", "parts": {"toto": "x"}},
        "learning_mode": {"state": "answered", "choice": "magique"},
        "inconnu": {"state": "answered", "text": "x"},
    }
    project = {
        "ref": "k7f3m",
        "answers": answers,
        "open_questions": [{"key": "heures", "text": "Les heures"}],
    }
    content = json.dumps(
        {"standard": "participation-dossier", "projects": [project, {"ref": "a"}, "x"]}
    ).encode()

    run = bring_in(collectivity, content)
    again = bring_in(collectivity, content)

    budget = working_answer(project_named("Les fuites d’eau"), "budget")
    assert counts(run) == (3, 1, 0, 2) and counts(again) == (3, 0, 1, 2)
    assert budget is not None and (budget.owner, str(budget.due_on)) == ("La DAF", "2027-03-12")
    assert {one["column"] for one in run.changes} == {"learning_mode", "inconnu"}


def test_strings_that_break_naive_readers_are_kept_or_refused_never_a_failure(
    collectivity: Collectivity,
) -> None:
    columns = ("name", "goal", "audience", "begin_date", "budget")
    table = [dict.fromkeys(columns, one) for one in HOSTILE]

    run = bring_in(collectivity, json.dumps(table).encode())

    assert run.is_over and run.read == len(HOSTILE) == run.imported + run.refused
    assert run.imported >= len(HOSTILE) - 3
