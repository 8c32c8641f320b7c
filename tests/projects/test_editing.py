"""Filling in a dossier: sections in counts, one question after the other, hints, putting off, preview."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import adapt_project, answer_field, publish_dossier, put_off_answers
from participation.projects.dossier.field import Kind, Section
from participation.projects.dossier.fields import BY_NAME, FIELDS
from participation.projects.dossier.gate import missing_in
from participation.projects.dossier.progress import (
    fields_of,
    next_to_answer,
    place_of,
    progress_of,
    why_asked,
)
from participation.projects.models import AnswerState, Project
from participation.projects.queries import working_answer, working_answers, working_snapshot
from tests.factories.projects import a_complete_project, a_draft_project
from tests.forms import hidden_fields, post_form
from tests.projects.guidance.answer_sets import NOTHING_TRIGGERED

SignIn = Callable[[FlaskClient, Person], None]
ANSWERED = {"state": "answered", "provenance": "service"}
SOON = timedelta(days=20)
FIGURE = {"what": "Achat", "kind": "target", "value": "8 €", "baseline": "0", "source": "Devis B"}


@pytest.fixture
def project(collectivity: Collectivity, agent: Membership) -> Project:
    project = a_draft_project(collectivity)
    db.session.commit()
    return project


def base(project: Project) -> str:
    return f"/gestion/{project.collectivity.slug}/projets/{project.slug}"


def answers_of(project: Project) -> dict[str, Any]:
    return dict(working_snapshot(project)["answers"])


def put_off(project: Project, **values: Any) -> None:
    promise = {"reason": "Demandé", "owner": "La DSI", "due_on": clock.today() + SOON}
    put_off_answers(project, **{**promise, **values})


def test_sections_are_told_in_counts_with_what_is_late_and_the_first_question_left(project: Project) -> None:
    put_off(project, section=Section.COST, due_on=clock.today() - SOON)

    progress = {one.section: one for one in progress_of(answers_of(project), clock.today())}

    assert (progress[Section.COST].counts.unknown, progress[Section.COST].late) == (2, 2)
    assert progress[Section.COST].first_missing is None
    assert progress[Section.WHY].first_missing is BY_NAME["goal"]
    assert progress[Section.CONDITIONAL].counts.asked == 0


def test_a_conditional_question_says_why_this_project_is_asked(project: Project) -> None:
    answer_field(project, "personal_data", state="answered", choice="identified")

    asked, others = fields_of(Section.DATA, answers_of(project))

    assert BY_NAME["retention_period"] in asked and BY_NAME["training_data"] in others
    assert len(why_asked(answers_of(project), BY_NAME["retention_period"])) == 1
    assert why_asked(answers_of(project), BY_NAME["source_data"]) == []


def test_the_way_through_a_section_goes_round_and_ends(project: Project) -> None:
    first, last = BY_NAME["goal"], BY_NAME["scope_exclusions"]

    assert place_of({}, first).number == 1 and place_of({}, last).next is None
    assert next_to_answer({}, last) is first
    assert next_to_answer(answers_of(a_complete_project()), first) is None


def test_the_overview_counts_each_section_and_links_what_is_missing(
    visitor: FlaskClient, project: Project
) -> None:
    page = visitor.get(base(project)).text

    for section in Section:
        assert f'href="{base(project)}/dossier/section/{section.value}"' in page
    for one in missing_in(working_snapshot(project)):
        if one.is_written:
            assert f'href="{base(project)}/dossier/{one.name}"' in page, one.name
    assert f'href="{base(project)}/points/nouveau"' in page
    assert "%" not in page.split("<main")[1].split("</main>")[0]


def test_an_answer_is_kept_and_the_next_question_comes(visitor: FlaskClient, project: Project) -> None:
    page = f"{base(project)}/dossier"

    onward = post_form(visitor, f"{page}/goal", provenance="service", text="Répondre le soir.", then="next")
    back = post_form(visitor, f"{page}/benefit", **ANSWERED, text="On attend moins.", then="return")

    assert onward.location.endswith("/dossier/benefit")
    assert back.location.endswith("/dossier/section/why#benefit")
    assert (
        "remarque"
        not in visitor.get(f"{page}/section/why").text.split('id="previous_process"')[0].split("goal")[1]
    )


def test_the_last_answer_of_a_section_leads_to_the_section_that_shows_the_next_one(
    visitor: FlaskClient, project: Project
) -> None:
    put_off(project, section=Section.WHY)
    for name in ("alternatives_considered", "proportionality"):
        answer_field(project, name, state="answered", text="Examiné.")
    db.session.commit()

    done = post_form(
        visitor, f"{base(project)}/dossier/goal", provenance="service", text="Répondre.", then="next"
    )

    assert done.location.endswith("/dossier/section/why#goal")
    assert f'{base(project)}/dossier/section/identity"' in visitor.get(done.location.split("#")[0]).text


def test_reading_again_gives_hints_keeps_the_text_and_stores_nothing(
    visitor: FlaskClient, project: Project
) -> None:
    text = "Un modèle calcule, selon la DSI. Cela coûte 10 000 € par an."

    page = post_form(visitor, f"{base(project)}/dossier/goal", provenance="service", text=text, check="check")

    assert page.status_code == 200 and text in page.text and 'id="hints"' in page.text
    assert "DSI" in page.text and "/glossaire#model" in page.text
    assert working_answer(project, "goal") is None


def test_hints_never_refuse_and_are_told_after_keeping(visitor: FlaskClient, project: Project) -> None:
    kept = post_form(visitor, f"{base(project)}/dossier/goal", provenance="service", text="La DSI le veut.")

    assert kept.status_code == 302 and working_answer(project, "goal") is not None
    assert "1 remarque de lecture" in visitor.get(kept.location).text.replace("\u00a0", " ")
    assert "dossier/goal#hints" in visitor.get(f"{base(project)}/dossier/section/why").text


def test_all_the_rest_is_put_off_from_one_page(visitor: FlaskClient, project: Project) -> None:
    page = f"{base(project)}/dossier/pas-encore-connu"
    promise = {"reason": "Demandé", "owner": "La DSI", "due_on": f"{clock.today() + SOON:%d/%m/%Y}"}

    empty = post_form(visitor, page)
    one_section = post_form(visitor, page, section="cost", **promise)
    everything = post_form(visitor, page, section="", **promise)
    nothing_left = post_form(visitor, page, section="", **promise)

    statuses = [one.status_code for one in (empty, one_section, everything, nothing_left)]
    assert statuses == [422, 302, 302, 422]
    assert one_section.location.endswith("/dossier/section/cost")
    assert all(one.is_hard for one in missing_in(working_snapshot(project)))


def test_a_small_commune_with_a_harmless_tool_passes_in_a_few_forms(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    """Counts the forms that are sent from nothing to a dossier that may be consulted on."""
    forms = 0

    def send(address: str, **values: str) -> None:
        nonlocal forms
        forms += 1
        assert post_form(visitor, address, **values).status_code == 302, address

    send(
        f"/gestion/{collectivity.slug}/projets/nouveau",
        name="Lecture des compteurs",
        description_short="Il lirait les compteurs d’eau.",
        contact="Le service des eaux, 01 00 00 00 00",
        goal="Trouver les fuites.",
        alternatives_considered="Deux relevés par an.",
        impact="Une fuite se voit en un jour.",
        automation_level="information",
        open_questions="La fréquence",
    )
    desk = f"/gestion/{collectivity.slug}/projets/lecture-des-compteurs"
    send(
        f"{desk}/dossier/pas-encore-connu",
        reason="Demandé",
        owner="Le service des eaux",
        due_on=f"{clock.today() + SOON:%d/%m/%Y}",
    )
    project = db.session.query(Project).filter_by(slug="lecture-des-compteurs").one()
    missing = [one for one in missing_in(working_snapshot(project)) if one.is_written]
    for one in missing:
        if one.kind is Kind.GUIDANCE:
            # «Continue» shows the check-lists, here none, before the answers are kept.
            asked = {f"parts-{name}": value for name, value in NOTHING_TRIGGERED.items()}
            forms += post_form(visitor, f"{desk}/dossier/{one.name}", lists="1", **asked).status_code == 200
            send(f"{desk}/dossier/{one.name}", **asked)
            continue
        choice = {"choice": next(iter(one.choices))} if one.choices else {}
        send(f"{desk}/dossier/{one.name}", **ANSWERED, text="Rien de particulier.", **choice)

    assert [one.name for one in missing_in(working_snapshot(project))] == []
    assert forms == 8


@pytest.mark.parametrize(
    ("name", "theirs", "mine", "shown"),
    [
        ("goal", {"text": "Le leur"}, {"text": "Le mien"}, ("Le leur", "Le mien")),
        (
            "automation_level",
            {"choice": "fully_automated"},
            {"choice": "information", "text": "Le mien"},
            ("Elle décide seule", "Le mien"),
        ),
        (
            "algorithm_type",
            {"choice": "rules,statistics", "text": "Le leur"},
            {"choice": "generative"},
            ("Le leur", 'value="generative" checked'),
        ),
        (
            "begin_date",
            {"details": {"parts": {"begin": "2027-03"}}},
            {"parts-begin": "05/2028"},
            ("mars 2027", "05/2028"),
        ),
        (
            "risks",
            {"details": {"rows": [{"risk": "Le leur", "mitigation": "Relire"}]}},
            {"rows-0-risk": "Le mien", "rows-0-mitigation": "Compter"},
            ("Le leur", "Relire", "Le mien", "Compter"),
        ),
        (
            "budget",
            {
                "text": "Le leur",
                "short": "Leur ligne",
                "details": {
                    "figures": [dict(FIGURE, value="9 €", source="Devis A")]
                },
            },
            {"text": "Le mien", **{f"figures-0-{name}": value for name, value in FIGURE.items()}},
            ("Le leur", "Leur ligne", "Devis A", "Le mien", "Devis B"),
        ),
        (
            "rollback",
            {"state": "not_known_yet", "reason": "On attend", "owner": "La DSI", "due_on": clock.today()},
            {"text": "Le mien"},
            ("On attend", "La DSI", "Le mien"),
        ),
        (
            "monitoring",
            {"text": "Le leur", "claim": "Leur réclame", "claim_source": "Brochure"},
            {"text": "Le mien", "claim": "Ma réclame"},
            ("Leur réclame", "Brochure", "Ma réclame"),
        ),
    ],
)  # fmt: skip
def test_two_colleagues_at_once_lose_neither_text_whatever_the_kind_of_question(
    visitor: FlaskClient,
    project: Project,
    name: str,
    theirs: dict[str, Any],
    mine: dict[str, str],
    shown: tuple[str, ...],
) -> None:
    address = f"{base(project)}/dossier/{name}"
    opened = hidden_fields(visitor.get(address).text)
    answer_field(project, name, **{"state": "answered", **theirs}, revision=0)
    db.session.commit()

    refused = visitor.post(address, data={**opened, **ANSWERED, **mine})

    assert refused.status_code == 422
    page = refused.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert [words for words in shown if words.replace("\u00a0", " ") not in page] == []
    resent = visitor.post(address, data={**hidden_fields(refused.text), **ANSWERED, **mine})
    kept = working_answer(project, name)
    assert resent.status_code == 302 and kept is not None
    assert (kept.revision, kept.state) == (2, AnswerState.ANSWERED)


def test_the_preview_shows_the_working_copy_and_nothing_that_acts(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    project = a_complete_project(collectivity)
    answer_field(project, "name", state="answered", text="Un autre nom")
    answer_field(project, "goal", state="answered", text="Un but récrit")
    db.session.commit()

    page = visitor.get(f"{base(project)}/apercu").text
    dossier = visitor.get(f"{base(project)}/apercu/dossier").text

    assert "Un autre nom</h1>" in page and "Un but récrit" in dossier
    assert "personne d’autre ne voit cette page" in page and "personne d’autre ne voit cette page" in dossier
    for shown in (page, dossier):
        main = shown.split("<main")[1].split("</main>")[0]
        assert (
            "<form" not in main
            and "<button" not in main
            and "/commentaire" not in main
            and "/avis" not in main
        )
    assert "Un but récrit" not in visitor.get(f"/projets/{project.slug}/dossier").text
    assert db.session.get(Project, project.id).title != "Un autre nom"  # type: ignore[union-attr]


def test_a_draft_adapted_from_another_project_is_previewed_with_its_origin(
    visitor: FlaskClient, project: Project
) -> None:
    origin = a_complete_project(title="Un assistant ailleurs")
    draft = adapt_project(origin, project.collectivity)
    db.session.commit()

    pages = [visitor.get(f"{base(draft)}/apercu{end}") for end in ("", "/dossier")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(f'href="/projets/{origin.slug}"' in page.text for page in pages)


def test_a_draft_is_previewed_as_it_would_be_proposed_today(visitor: FlaskClient, project: Project) -> None:
    assert visitor.get(f"{base(project)}/apercu").status_code == 200
    assert visitor.get(f"{base(project)}/apercu/dossier").status_code == 200
    assert visitor.get(f"/projets/{project.slug}").status_code == 404
    db.session.refresh(project)
    assert project.proposed_at is None


def test_the_public_dossier_says_what_is_known_unknown_and_by_how_much_it_is_late(
    visitor: FlaskClient,
) -> None:
    project = a_complete_project()
    for name, days in (("budget", -3), ("rollback", 5)):
        due_on = clock.today() + timedelta(days=days)
        answer_field(project, name, state="not_known_yet", reason="Demandé", owner="La DSI", due_on=due_on)
    publish_dossier(project, reason="Deux réponses manquent")

    page = visitor.get(f"/projets/{project.slug}/dossier").text.replace("\u00a0", " ")

    assert "2 pas encore connues · dont 1 en retard" in page
    assert "Cette réponse a 3 jours de retard." in page
    assert 'href="#budget"' in page and 'id="budget"' in page and 'href="#part-cost"' in page


def test_what_is_not_asked_of_a_project_is_not_in_its_public_dossier(visitor: FlaskClient) -> None:
    project = a_draft_project()
    answer_field(project, "personal_data", state="answered", choice="none")
    publish_dossier(project, reason="Première version")

    page = visitor.get(f"/projets/{project.slug}/dossier").text

    assert 'id="retention_period"' not in page and 'id="source_data"' in page
    assert 'href="#part-conditional"' not in page


def test_the_glossary_has_an_anchor_for_each_word(visitor: FlaskClient) -> None:
    for address, word in (("/glossaire", "Biais"), ("/en/glossaire", "Bias")):
        page = visitor.get(address)
        assert page.status_code == 200 and 'id="bias"' in page.text and word in page.text


def test_an_unknown_section_is_not_found(visitor: FlaskClient, project: Project) -> None:
    for page in ("section/nonsense", "section/nonsense/confier"):
        assert visitor.get(f"{base(project)}/dossier/{page}").status_code == 404
    assert len(working_answers(project)) == 3


def test_a_first_draft_asks_only_the_ten_fields_of_a_draft(
    visitor: FlaskClient, collectivity: Collectivity, agent: Membership
) -> None:
    page = visitor.get(f"/gestion/{collectivity.slug}/projets/nouveau").text

    asked = set(re.findall(r'name="([a-z_]+)"', page.split('id="main-form"')[1])) - {"csrf_token"}
    known = {"organization", "status"}
    assert asked - {"already_decided"} == {one.name for one in FIELDS if one.is_draft} - known
