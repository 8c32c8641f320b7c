"""What a dossier must hold before a consultation opens, and how far it is, in counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from participation.foundation import clock
from participation.projects.dossier.conditions import conditions_of
from participation.projects.dossier.field import Condition, Field, Section
from participation.projects.dossier.fields import FIELDS
from participation.projects.dossier.guidance.confirming import FIELD, blocks_consultation
from participation.projects.dossier.path import Level, Path, extra_hard_fields, minimum_path, path_of

if TYPE_CHECKING:
    from participation.projects.models import Project

# Kept with each consultation when it opens: later rules never close one that is open.
RULES_VERSION = "2026-11.2"


@dataclass(frozen=True)
class Completeness:
    """How far a part of the dossier is: counts, never a score."""

    asked: int
    answered: int
    unknown: int
    not_applicable: int

    @property
    def missing(self) -> int:
        """Returns how many questions that are asked hold nothing at all."""
        return self.asked - self.answered - self.unknown - self.not_applicable


def missing_in(snapshot: Mapping[str, Any]) -> list[Field]:
    """Returns the fields of a dossier that keep a consultation from opening, in their order.

    The public body and the stage are always known; the consultation (58) is checked where it is announced,
    by the form that can't be sent without it. A prohibited practice lacks its lawyer's note.
    """
    answers = snapshot.get("answers", {})
    holding, hard = conditions_of(answers), hard_fields(snapshot)
    return [one for one in FIELDS if not _passes(one, answers.get(one.name), snapshot, holding, hard)]


def hard_fields(snapshot: Mapping[str, Any]) -> frozenset[str]:
    """Returns the names of fields in which «not known yet» is refused: always, or for heavy stakes.

    By the present rules of the path, and by the path that was published when that one is heavier.
    """
    always = frozenset(one.name for one in FIELDS if one.is_hard)
    present = minimum_path(snapshot.get("answers", {}))
    return always | extra_hard_fields(present) | extra_hard_fields(path_of(snapshot))


def missing_for_path(snapshot: Mapping[str, Any], path: Path) -> list[Field]:
    """Returns what the path still asks for: a notice, only the answers that every dossier needs."""
    missing = missing_in(snapshot)
    if path.level is not Level.NOTICE:
        return missing
    return [one for one in missing if one.is_hard]


def missing_for_consultation(project: "Project") -> list[Field]:
    """Returns what still lacks in the published dossier, the one that residents read."""
    from participation.projects.queries import published_version

    version = published_version(project)
    return missing_in(version.snapshot if version else {})


def waits_for_a_note(project: "Project") -> bool:
    """Tells whether the published dossier says a prohibited practice, without a lawyer's note."""
    from participation.projects.queries import published_version

    version = published_version(project)
    answers = version.snapshot.get("answers", {}) if version else {}
    return blocks_consultation(answers.get(FIELD), clock.today(project.collectivity.timezone))


def asked_fields(answers: Mapping[str, Mapping[str, Any]]) -> list[Field]:
    """Returns the fields somebody must answer for this project, in their order."""
    holding = conditions_of(answers)
    return [one for one in FIELDS if one.is_written and one.is_asked(holding)]


def completeness_of(answers: Mapping[str, Mapping[str, Any]]) -> dict[Section, Completeness]:
    """Returns the counts of each section, over the fields that are asked."""
    asked = asked_fields(answers)
    counted = {}
    for section in Section:
        states = [answers[one.name]["state"] if one.name in answers else "" for one in asked
                  if one.section is section]  # fmt: skip
        counted[section] = Completeness(
            asked=len(states),
            answered=states.count("answered"),
            unknown=states.count("not_known_yet"),
            not_applicable=states.count("not_applicable"),
        )
    return counted


def _passes(
    one: Field,
    answer: Mapping[str, Any] | None,
    snapshot: Mapping[str, Any],
    holding: frozenset[Condition],
    hard: frozenset[str],
) -> bool:
    if one.name == "open_questions":
        return bool(snapshot.get("open_points"))
    if not one.is_written or not (one.name in hard or one.is_asked(holding)):
        return True
    if answer is None or (one.name == FIELD and blocks_consultation(answer, clock.today())):
        return False
    state = str(answer["state"])
    if one.is_hard:
        return state == "answered"
    # What heavy stakes ask for may not apply, with its reason; it can't stay unknown.
    return state != "not_known_yet" or one.name not in hard
