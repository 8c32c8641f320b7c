"""What a project says of itself that makes it owe more answers, read from its answers."""

from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.field import Condition

Answers = Mapping[str, Mapping[str, Any]]

CONDITIONS: dict[Condition, object] = {
    Condition.INDIVIDUAL_DECISION: _("asked because the tool serves a decision about one person"),
    Condition.PERSONAL_DATA: _("asked because the tool uses personal data"),
    Condition.HIGH_RISK: _("asked because the risk is high, or in doubt"),
    Condition.PUBLIC_SPACE: _("asked because the tool watches public space, bodies or faces"),
    Condition.GENERATIVE: _("asked because the tool talks to people or produces texts, images or sounds"),
    Condition.STAFF: _("asked because the tool concerns the management of staff"),
    Condition.LEARNING: _("asked because the tool learnt from data"),
}

LEARNING_TYPES = frozenset({"machine_learning", "computer_vision", "speech", "nlp", "generative"})


def conditions_of(answers: Answers) -> frozenset[Condition]:
    """Returns the conditions that hold; «I don’t know» to a question of the guidance counts as yes."""
    return frozenset(condition for condition, holds in _holding(answers).items() if holds)


def values_of(answers: Answers, field: str) -> frozenset[str]:
    """Returns the values of a closed list that a field is answered with; empty when it isn't."""
    answer = answers.get(field)
    if answer is None or answer["state"] != "answered":
        return frozenset()
    return frozenset(filter(None, answer["choice"].split(",")))


def part_of(answers: Answers, field: str, part: str) -> str:
    """Returns one part of an answer, empty when it isn't said."""
    answer = answers.get(field)
    if answer is None:
        return ""
    return str((answer.get("details") or {}).get("parts", {}).get(part, ""))


def _holding(answers: Answers) -> dict[Condition, bool]:
    types = values_of(answers, "algorithm_type")
    personal = values_of(answers, "personal_data")

    def law(question: str) -> bool:
        return part_of(answers, "risk_category", question) in ("yes", "unknown")

    return {
        Condition.INDIVIDUAL_DECISION: "individual_administrative_decision"
        in values_of(answers, "decision_type"),
        Condition.PERSONAL_DATA: bool(personal - {"none"}),
        Condition.HIGH_RISK: bool(values_of(answers, "risk_category") & {"high", "doubt", "prohibited"}),
        Condition.PUBLIC_SPACE: "biometric" in personal or law("public_space") or law("biometrics"),
        Condition.GENERATIVE: "generative" in types or law("talks_to_public") or law("synthetic_content"),
        Condition.STAFF: law("staff_management"),
        Condition.LEARNING: bool(types & LEARNING_TYPES),
    }
