"""The minimum path of a project, in proportion to what is at stake, with the reasons in words.

Pure rules over the published answers, in one table. A public body may do more, never silently less: less
needs a reason, which is published beside the minimum (`PathChoice`).
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.conditions import Answers, conditions_of, part_of, values_of
from participation.projects.dossier.facets import UNSAID, facets_of
from participation.projects.dossier.field import Condition

# Changes with the rules below; kept in each published version.
PATH_VERSION = "2026-11"


class Level(enum.StrEnum):
    """How much is owed to the public before a decision, lightest first."""

    NOTICE = "notice"
    CONSULTATION = "consultation"
    REINFORCED = "reinforced"

    @property
    def weight(self) -> int:
        """Returns its place among the levels, 0 for the lightest."""
        return list(Level).index(self)


LEVELS: dict[Level, object] = {
    Level.NOTICE: _("Public notice"),
    Level.CONSULTATION: _("Consultation"),
    Level.REINFORCED: _("Consultation, ethics opinion and evaluation"),
}

# For heavy stakes, «not known yet» is no longer accepted here: see `gate.py`.
HARD_WHEN_REINFORCED = frozenset(
    {"human_intervention", "non_ai_alternative", "risks", "monitoring", "rollback", "evaluation_date"}
)


@dataclass(frozen=True)
class Rule:
    """One reason to owe a level; `words` end a sentence that begins «because»."""

    key: str
    level: Level
    words: object
    holds: Callable[["_Stakes"], bool]


@dataclass(frozen=True)
class _Stakes:
    """What the rules look at."""

    facets: Mapping[str, frozenset[str]]
    conditions: frozenset[Condition]
    decides: frozenset[str]
    vulnerable: bool
    budget: str

    def has(self, facet: str, *values: str) -> bool:
        return bool(self.facets[facet] & set(values))

    def serves_a_decision(self) -> bool:
        return bool(self.decides & {"individual_administrative_decision", "control_or_enforcement"})


def _facet(name: str, *values: str) -> Callable[[_Stakes], bool]:
    return lambda stakes: stakes.has(name, *values)


RULES: tuple[Rule, ...] = (
    Rule("prohibited", Level.REINFORCED, _("the practice may be prohibited by the AI Act"),
         _facet("risk", "prohibited")),
    Rule("high_risk", Level.REINFORCED, _("the AI Act calls its risk high"), _facet("risk", "high")),
    Rule("doubt", Level.REINFORCED, _("there is a doubt about its risk class"), _facet("risk", "doubt")),
    Rule("sensitive", Level.REINFORCED, _("it uses sensitive personal data"),
         _facet("personal_data", "sensitive")),
    Rule("biometric", Level.REINFORCED, _("it uses data of the body or the face"),
         _facet("personal_data", "biometric")),
    Rule("public_space", Level.REINFORCED, _("it watches public space, bodies or faces, or nobody knows yet"),
         lambda stakes: Condition.PUBLIC_SPACE in stakes.conditions or stakes.has("public_space", "yes")),
    Rule("enforcement", Level.REINFORCED, _("it serves a check or a sanction"),
         lambda stakes: "control_or_enforcement" in stakes.decides),
    Rule("decides_on_people", Level.REINFORCED,
         _("it proposes or takes a decision about one person’s rights"),
         lambda stakes: stakes.serves_a_decision()
         and stakes.has("role", "partly_automated", "fully_automated")),
    Rule("individual", Level.CONSULTATION, _("it serves a decision about one person’s rights"),
         lambda stakes: Condition.INDIVIDUAL_DECISION in stakes.conditions),
    Rule("ranking", Level.CONSULTATION, _("it ranks people or files, or says what comes first"),
         lambda stakes: "ranking_or_priority" in stakes.decides),
    Rule("decides_alone", Level.CONSULTATION, _("it decides alone"), _facet("role", "fully_automated")),
    Rule("ordinary_data", Level.CONSULTATION, _("it uses personal data"),
         _facet("personal_data", "ordinary")),
    Rule("transparency", Level.CONSULTATION, _("people must be told that they face a machine"),
         lambda stakes: stakes.has("risk", "transparency") or Condition.GENERATIVE in stakes.conditions
         or stakes.has("technique", "conversational")),
    Rule("staff", Level.CONSULTATION, _("it concerns the management of staff"),
         lambda stakes: Condition.STAFF in stakes.conditions),
    Rule("vulnerable", Level.CONSULTATION, _("children or vulnerable people are concerned"),
         # A forecast of meals concerns children, and weighs on none of them.
         lambda stakes: stakes.vulnerable and (not stakes.has("personal_data", "none")
                                               or stakes.has("role", "partly_automated", "fully_automated"))),
    Rule("cost", Level.CONSULTATION, _("it costs more than 100,000 euros"),
         lambda stakes: stakes.budget == "over_100k"),
    # A light path is shown, not presumed.
    Rule("unsaid_data", Level.CONSULTATION, _("the dossier doesn’t say yet whether it uses personal data"),
         _facet("personal_data", UNSAID)),
    Rule("unsaid_role", Level.CONSULTATION, _("the dossier doesn’t say yet who decides"),
         _facet("role", UNSAID)),
    Rule("unsaid_risk", Level.CONSULTATION, _("its risk class isn’t known yet"), _facet("risk", UNSAID)),
)  # fmt: skip
BY_KEY = {rule.key: rule for rule in RULES}


@dataclass(frozen=True)
class Path:
    """The minimum a project owes, why, and what the public body chose instead, with its reason."""

    minimum: Level
    reasons: tuple[str, ...] = ()
    version: str = PATH_VERSION
    chosen: Level | None = None
    why: str = ""

    @property
    def level(self) -> Level:
        """Returns the path that is followed."""
        return self.chosen or self.minimum

    @property
    def is_less(self) -> bool:
        """Tells whether the public body does less than the minimum."""
        return self.level.weight < self.minimum.weight

    @property
    def is_more(self) -> bool:
        """Tells whether the public body does more than the minimum."""
        return self.level.weight > self.minimum.weight

    @property
    def reason_words(self) -> list[object]:
        """Returns what triggered the minimum, in words; rules that no longer exist are left out."""
        return [BY_KEY[key].words for key in self.reasons if key in BY_KEY]


def minimum_path(answers: Answers) -> Path:
    """Returns the minimum that these answers ask for, with every rule that asks for as much."""
    stakes = _stakes(answers)
    holding = [rule for rule in RULES if rule.holds(stakes)]
    level = max((rule.level for rule in holding), key=lambda one: one.weight, default=Level.NOTICE)
    return Path(level, tuple(rule.key for rule in holding if rule.level is level))


def extra_hard_fields(path: Path) -> frozenset[str]:
    """Returns the names of fields that can't stay unknown; choosing less never lightens what is owed."""
    heaviest = max(path.minimum, path.level, key=lambda one: one.weight)
    return HARD_WHEN_REINFORCED if heaviest is Level.REINFORCED else frozenset()


def frozen_path(path: Path) -> dict[str, Any]:
    """Returns a path as plain values, as a published version keeps it."""
    return {
        "version": path.version,
        "minimum": path.minimum.value,
        "reasons": list(path.reasons),
        "chosen": path.chosen.value if path.chosen else "",
        "why": path.why,
    }


def path_of(snapshot: Mapping[str, Any]) -> Path:
    """Returns the path a version was published with; computed for versions published before there was one."""
    kept = snapshot.get("path")
    if kept is None:
        return minimum_path(snapshot.get("answers", {}))
    return Path(
        minimum=Level(kept["minimum"]),
        reasons=tuple(kept["reasons"]),
        version=kept["version"],
        chosen=Level(kept["chosen"]) if kept["chosen"] else None,
        why=kept["why"],
    )


def _stakes(answers: Answers) -> _Stakes:
    return _Stakes(
        facets=facets_of({"answers": answers}),
        conditions=conditions_of(answers),
        decides=values_of(answers, "decision_type"),
        vulnerable=bool(part_of(answers, "affected_groups", "vulnerable"))
        or "vulnerable" in part_of(answers, "risk_category", "affected").split(","),
        budget=part_of(answers, "budget", "range"),
    )
