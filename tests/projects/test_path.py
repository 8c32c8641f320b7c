"""The minimum path: what asks for it, what heavy stakes add to the gate, and choosing otherwise."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from participation.collectivities.models import Role
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.projects.actions import answer_field, choose_path, publish_dossier
from participation.projects.dossier.gate import missing_for_path, missing_in
from participation.projects.dossier.path import (
    HARD_WHEN_REINFORCED,
    RULES,
    Level,
    Path,
    extra_hard_fields,
    minimum_path,
    path_of,
)
from participation.projects.models import Project
from participation.projects.queries import published_version, working_snapshot
from tests.factories.collectivities import a_member
from tests.factories.projects import a_complete_project, a_project

HARMLESS = {"automation_level": "information", "personal_data": "none", "risk_category": "minimal"}


def answers(parts: dict[str, dict[str, str]] | None = None, **choices: str) -> dict[str, Any]:
    chosen = {**HARMLESS, **choices}
    told = {name: {"state": "answered", "choice": choice} for name, choice in chosen.items() if choice}
    for name, values in (parts or {}).items():
        told.setdefault(name, {"state": "answered", "choice": ""})["details"] = {"parts": values}  # type: ignore[assignment]
    return told


CASES: list[tuple[str, Level, dict[str, Any]]] = [
    ("prohibited", Level.REINFORCED, {"risk_category": "prohibited"}),
    ("high_risk", Level.REINFORCED, {"risk_category": "high"}),
    ("doubt", Level.REINFORCED, {"risk_category": "doubt"}),
    ("sensitive", Level.REINFORCED, {"personal_data": "sensitive"}),
    ("biometric", Level.REINFORCED, {"personal_data": "biometric"}),
    ("public_space", Level.REINFORCED, {"parts": {"risk_category": {"public_space": "unknown"}}}),
    ("enforcement", Level.REINFORCED, {"decision_type": "control_or_enforcement"}),
    (
        "decides_on_people",
        Level.REINFORCED,
        {"decision_type": "individual_administrative_decision", "automation_level": "human_validated"},
    ),
    ("individual", Level.CONSULTATION, {"decision_type": "individual_administrative_decision"}),
    ("ranking", Level.CONSULTATION, {"decision_type": "ranking_or_priority"}),
    ("decides_alone", Level.CONSULTATION, {"automation_level": "fully_automated"}),
    ("ordinary_data", Level.CONSULTATION, {"personal_data": "identified"}),
    ("transparency", Level.CONSULTATION, {"risk_category": "transparency"}),
    ("transparency", Level.CONSULTATION, {"algorithm_type": "generative"}),
    ("staff", Level.CONSULTATION, {"parts": {"risk_category": {"staff_management": "yes"}}}),
    (
        "vulnerable",
        Level.CONSULTATION,
        {"personal_data": "identified", "parts": {"affected_groups": {"vulnerable": "children"}}},
    ),
    ("cost", Level.CONSULTATION, {"parts": {"budget": {"range": "over_100k"}}}),
    ("unsaid_data", Level.CONSULTATION, {"personal_data": ""}),
    ("unsaid_role", Level.CONSULTATION, {"automation_level": ""}),
    ("unsaid_risk", Level.CONSULTATION, {"risk_category": ""}),
]


def test_a_harmless_tool_owes_a_notice() -> None:
    assert minimum_path(answers()) == Path(Level.NOTICE)


@pytest.mark.parametrize(("reason", "level", "said"), CASES)
def test_each_rule_asks_for_its_level_and_says_why(reason: str, level: Level, said: dict[str, Any]) -> None:
    path = minimum_path(answers(**said))

    assert path.minimum is level and reason in path.reasons
    assert len(path.reason_words) == len(path.reasons)


def test_every_rule_is_tried() -> None:
    assert {rule.key for rule in RULES} == {reason for reason, _level, _said in CASES}


def test_a_path_kept_by_a_version_stays_what_it_was() -> None:
    kept = {
        "version": "2020-01",
        "minimum": "notice",
        "reasons": ["gone"],
        "chosen": "",
        "why": "",
    }

    path = path_of({"answers": answers(risk_category="high"), "path": kept})

    assert (path.minimum, path.version, path.reason_words) == (Level.NOTICE, "2020-01", [])


def test_heavy_stakes_refuse_what_is_not_known_yet() -> None:
    project = a_light_project()
    put_off(project, "rollback")
    assert [one.name for one in missing_in(working_snapshot(project))] == []

    answer_field(project, "risk_category", state="answered", choice="doubt")

    assert [one.name for one in missing_in(working_snapshot(project))] == ["rollback"]


def test_what_heavy_stakes_ask_for_may_not_apply_with_its_reason() -> None:
    project = a_light_project()
    answer_field(project, "risk_category", state="answered", choice="doubt")
    answer_field(project, "non_ai_alternative", state="not_applicable", reason="Il regarde des tuyaux.")

    assert missing_in(working_snapshot(project)) == []


def test_choosing_less_never_lightens_the_dossier() -> None:
    assert extra_hard_fields(Path(Level.REINFORCED, chosen=Level.NOTICE)) == HARD_WHEN_REINFORCED
    assert extra_hard_fields(Path(Level.NOTICE, chosen=Level.REINFORCED)) == HARD_WHEN_REINFORCED
    assert extra_hard_fields(Path(Level.CONSULTATION)) == frozenset()


def test_a_notice_asks_only_for_what_every_dossier_needs() -> None:
    project = a_project()
    for name, choice in HARMLESS.items():
        answer_field(project, name, state="answered", choice=choice)
    snapshot = working_snapshot(project)

    few, all_ = missing_for_path(snapshot, path_of(snapshot)), missing_in(snapshot)

    assert all(one.is_hard for one in few) and len(few) < len(all_) / 2


def test_more_and_less_need_a_reason_and_the_minimum_none() -> None:
    project = a_light_project()

    for level in (Level.CONSULTATION, Level.REINFORCED):
        with pytest.raises(Invalid):
            choose_path(project, level, reason="")
    assert choose_path(project, Level.CONSULTATION, reason="Le conseil le souhaite.") is not None

    assert choose_path(project, Level.NOTICE, reason="") is None
    assert path_of(working_snapshot(project)).chosen is None


def test_less_than_the_minimum_is_said_in_public_with_its_reason(visitor: FlaskClient) -> None:
    project = a_light_project()
    answer_field(project, "personal_data", state="answered", choice="identified")
    choose_path(project, Level.NOTICE, reason="Dix personnes seulement sont concernées.")
    publish_dossier(project, reason="Le parcours est choisi.")
    db.session.commit()

    for page in ("", "/dossier"):
        text = visitor.get(f"/projets/{project.slug}{page}").text
        assert "La collectivité a choisi moins que le minimum" in text
        assert "Dix personnes seulement sont concernées." in text
        assert "il utilise des données personnelles" in text


def test_a_choice_is_public_only_with_the_next_version(visitor: FlaskClient) -> None:
    project = a_light_project()
    choose_path(project, Level.CONSULTATION, reason="Le conseil le souhaite.")
    db.session.commit()
    assert "Le conseil le souhaite." not in visitor.get(f"/projets/{project.slug}").text

    publish_dossier(project, reason="Le parcours est choisi.")
    db.session.commit()

    text = visitor.get(f"/projets/{project.slug}").text
    assert "La collectivité a choisi de faire plus" in text and "Le conseil le souhaite." in text
    assert published_version(project).snapshot["path"]["chosen"] == "consultation"  # type: ignore[union-attr]


def test_answers_that_ask_for_more_since_are_not_passed_over_in_silence() -> None:
    project = a_light_project()
    choose_path(project, Level.CONSULTATION, reason="Le conseil le souhaite.")
    answer_field(project, "personal_data", state="answered", choice="sensitive")

    with pytest.raises(NotPossibleNow):
        publish_dossier(project, reason="Les données sont dites.")

    choose_path(project, Level.CONSULTATION, reason="Un essai de deux semaines.")
    publish_dossier(project, reason="Les données sont dites.")
    assert path_of(published_version(project).snapshot).is_less  # type: ignore[union-attr]


def test_only_those_who_write_the_dossier_choose_its_path() -> None:
    project = a_light_project()

    with pytest.raises(NotAllowed):
        choose_path(project, Level.REINFORCED, reason="Oui.", member=a_member(Role.MODERATOR))


def test_a_decision_on_a_notice_finds_its_reason_proposed(visitor: FlaskClient, sign_in: Any) -> None:
    light, heavy = a_light_project(), a_light_project()
    answer_field(heavy, "personal_data", state="answered", choice="identified")
    publish_dossier(heavy, reason="Les données sont dites.")
    for project, is_proposed in ((light, True), (heavy, False)):
        sign_in(visitor, a_member(Role.AGENT, project.collectivity).person)
        page = visitor.get(f"/gestion/{project.collectivity.slug}/decisions/projet/{project.slug}").text
        assert ("Le parcours minimal de ce projet est une information publique" in page) is is_proposed


def a_light_project() -> Project:
    """Returns a published project that answers everything and owes a notice."""
    project = a_complete_project()
    answer_field(project, "public_space_sensing", state="not_applicable", reason="Rien n’est filmé.")
    publish_dossier(project, reason="Rien n’est filmé.")
    return project


def put_off(project: Project, name: str) -> None:
    answer_field(
        project, name, state="not_known_yet", reason="On cherche.", owner="La DSI", due_on=clock.today()
    )
