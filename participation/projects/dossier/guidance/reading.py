"""Reading answers from a form, an import or an old version: what is no answer is «I don’t know»."""

from collections.abc import Mapping
from dataclasses import dataclass

from participation.projects.dossier.guidance.checklists import CHECKLISTS, Checklist, Item, Purpose
from participation.projects.dossier.guidance.questions import BY_KEY, NONE, QUESTIONS, UNKNOWN, Question

LONGEST = 400
Said = Mapping[str, frozenset[str]]
ITEMS: dict[str, Item] = {item.key: item for one in CHECKLISTS for item in one.items}


@dataclass(frozen=True)
class Given:
    """What was answered, cleaned: every question and every item has at least one answer."""

    said: Said

    def is_said(self, key: str, *answers: str) -> bool:
        """Tells whether one of these answers was given."""
        return not self.said[key].isdisjoint(answers)

    def is_unknown(self, key: str) -> bool:
        """Tells whether the answer is «I don’t know», or missing."""
        return UNKNOWN in self.said[key]

    def words_of(self, key: str) -> list[object]:
        """Returns the answers to a question or an item, in the order they are offered."""
        one = BY_KEY.get(key)
        choices = one.choices if one else BY_KEY["uses_ai"].choices
        return [words for value, words in choices.items() if value in self.said[key]]


def read(answers: Mapping[str, str]) -> Given:
    """Returns the answers as the rules use them; unknown keys are left out, unreadable values unknown."""
    said = {one.key: _said(one, answers.get(one.key)) for one in QUESTIONS}
    said |= {key: _one_of(answers.get(key), frozenset({"yes", "no"})) for key in ITEMS}
    return Given(said)


def open_checklists(given: Given) -> list[Checklist]:
    """Returns the check-lists that the answers call for, in their order.

    Outside the AI Act, only the one on personal data stays.
    """
    opened = [one for one in CHECKLISTS if one.is_open(given.said)]
    if given.said["uses_ai"] == {"no"}:
        return [one for one in opened if one.purpose is Purpose.DATA_PROTECTION]
    return opened


def _said(one: Question, sent: str | None) -> frozenset[str]:
    if not one.several:
        return _one_of(sent, frozenset(one.choices))
    written = sent[:LONGEST] if isinstance(sent, str) else ""
    values = {value.strip() for value in written.split(",") if value.strip()}
    known = values & set(one.choices)
    # «None of these» beside something else, or a word that is no answer: nobody can tell what was meant.
    if not known or known != values or (NONE in known and len(known) > 1):
        known = (known - {NONE}) | {UNKNOWN}
    return frozenset(known)


def _one_of(sent: str | None, choices: frozenset[str]) -> frozenset[str]:
    return frozenset({sent}) if isinstance(sent, str) and sent in choices else frozenset({UNKNOWN})
