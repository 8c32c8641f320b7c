"""What is kept beside the answers: which rules were used, who confirmed the result, a lawyer's note."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from participation.projects.dossier.guidance.outcome import Assessment
from participation.projects.dossier.guidance.questions import BY_KEY
from participation.projects.dossier.guidance.reading import ITEMS
from participation.projects.dossier.guidance.rules import RULES_VERSION, assess

FIELD = "risk_category"
ANSWERS = frozenset({*BY_KEY, *ITEMS})
CONFIRMATION = ("confirmed_by", "confirmed_on")
NOTE = ("note_text", "note_author", "note_on", "note_link")
META = ("rules_version", "population", *CONFIRMATION, *NOTE)


def answers_in(parts: Mapping[str, Any]) -> dict[str, str]:
    """Returns the answers to the questions and check-lists, without what is kept beside them."""
    return {key: value for key, value in parts.items() if key in ANSWERS and isinstance(value, str)}


def indication_of(parts: Mapping[str, Any], today: date) -> Assessment | None:
    """Returns what the present rules say of kept answers on that day; None when there are no answers."""
    answers = answers_in(parts)
    population = str(parts.get("population", ""))
    if not answers:
        return None
    return assess(answers, today, int(population) if population.isdecimal() else None)


def has_note(parts: Mapping[str, Any]) -> bool:
    """Tells whether a lawyer's note is attached: its text, by whom, on which day."""
    return all(parts.get(name) for name in NOTE[:3])


def is_confirmed(parts: Mapping[str, Any]) -> bool:
    """Tells whether somebody confirmed the result."""
    return all(parts.get(name) for name in CONFIRMATION)


def has_older_rules(parts: Mapping[str, Any]) -> bool:
    """Tells whether the result was computed with other rules than the present ones."""
    return bool(parts) and parts.get("rules_version") != RULES_VERSION


def blocks_consultation(answer: Mapping[str, Any] | None, today: date) -> bool:
    """Tells whether this answer, as a snapshot holds it, keeps a consultation from opening.

    A practice that was forbidden when it was assessed blocks, and so does one that a date has forbidden
    since; a lawyer's note lets it pass.
    """
    if answer is None:
        return False
    parts = (answer.get("details") or {}).get("parts") or {}
    indication = indication_of(parts, today)
    is_prohibited = answer.get("choice") == "prohibited" or (
        indication is not None and indication.category == "prohibited"
    )
    return is_prohibited and not has_note(parts)
