"""What a dossier already says that a question asks again: proposed, never taken for granted."""

from collections.abc import Mapping
from dataclasses import dataclass

from participation.projects.dossier.conditions import Answers, values_of
from participation.projects.dossier.guidance.questions import BY_KEY

SAME_LIST = {
    "personal_data": "personal_data",
    "decision": "decision_type",
    "final_say": "automation_level",
    "learns": "learning_mode",
}


@dataclass(frozen=True)
class Disagreement:
    """A question to which the dossier and the guidance give different answers, in words."""

    question: object
    dossier: object
    here: object


def proposed_answers(answers: Answers) -> dict[str, str]:
    """Returns the answers that fields of the dossier give, by question."""
    given = {question: values_of(answers, field) for question, field in SAME_LIST.items()}
    return {question: next(iter(values)) for question, values in given.items() if len(values) == 1}


def disagreements(given: Mapping[str, str], proposed: Mapping[str, str]) -> list[Disagreement]:
    """Returns where the answers say something else than the dossier; one of the two is to be corrected."""
    found = []
    for key, value in proposed.items():
        one, here = BY_KEY[key], given.get(key, "")
        if here in one.choices and here != value:
            found.append(Disagreement(one.words, one.choices[value], one.choices[here]))
    return found
