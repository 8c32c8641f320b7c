"""The facets of a project: what lists are filtered by, each read from its dossier by one table.

A facet without value is «unsaid»: the dossier doesn't say, and that can be looked for too. Values are written
beside the project when a version is published (`ProjectFacet`); «unsaid» never is, it is what remains.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_pgettext
from participation.projects.dossier.choices import RISK_CATEGORIES, SUPPLIER_MODELS
from participation.projects.dossier.conditions import Answers, part_of, values_of
from participation.projects.dossier.policies import ALL_SUB_POLICIES, POLICIES

UNSAID = "unsaid"
UNSAID_WORDS = lazy_pgettext("facet", "Not said")

Reading = Callable[[Answers], frozenset[str]]


@dataclass(frozen=True)
class Facet:
    """One way to sort projects; `key` is its name in the address, `read` where its values are found."""

    name: str
    key: str
    label: object
    values: Mapping[str, object]
    read: Reading

    def words(self, value: str) -> object:
        """Returns a value in words."""
        return UNSAID_WORDS if value == UNSAID else self.values.get(value, "")

    @property
    def all_values(self) -> tuple[str, ...]:
        """Returns the values in their order, «unsaid» last."""
        return (*self.values, UNSAID)


def chosen(field: str, *, of: Mapping[str, object]) -> Reading:
    """Reads the values of a closed list as they are."""
    return lambda answers: values_of(answers, field) & of.keys()


def sorted_into(field: str, table: Mapping[str, str]) -> Reading:
    """Reads the values of a closed list, several of which may come to the same."""
    return lambda answers: frozenset(table[one] for one in values_of(answers, field) if one in table)


def part(field: str, name: str, *, of: Mapping[str, object]) -> Reading:
    """Reads one part of an answer."""
    return lambda answers: frozenset(part_of(answers, field, name).split(",")) & of.keys()


def any_of(*readings: Reading) -> Reading:
    """Reads in several places."""
    return lambda answers: frozenset[str]().union(*(read(answers) for read in readings))


def _talks(answers: Answers) -> frozenset[str]:
    """Reads whether it talks with people: by what it is, or by what was answered to the law."""
    talks = part_of(answers, "risk_category", "talks_to_public") == "yes" or part_of(
        answers, "policy", "sub_policy"
    ) in ("voice-assistant", "chatbot", "bulky-waste-callbot")
    return frozenset({"conversational"}) if talks else frozenset()


def _public_space(answers: Answers) -> frozenset[str]:
    """Reads whether it watches public space; «I don’t know» says nothing here, and counts for the path."""
    said = part_of(answers, "risk_category", "public_space")
    sensing = answers.get("public_space_sensing", {}).get("state")
    if said == "yes" or sensing == "answered":
        return frozenset({"yes"})
    return frozenset({"no"}) if said == "no" or sensing == "not_applicable" else frozenset()


TECHNIQUES: dict[str, object] = {
    "generative": _("Generative: it writes, draws or speaks by itself"),
    "conversational": _("Conversational: it talks with people"),
    "predictive": _("Predictive: it forecasts or classifies"),
    "vision": _("Analysis of images"),
    "audio": _("Analysis of sounds and speech"),
    "texts": _("Analysis of texts"),
    "optimisation": _("Optimisation: it looks for the best plan"),
    "rules": _("Rules written by people"),
}
ROLES: dict[str, object] = {
    "information": lazy_pgettext("role in the decision", "Informs"),
    "decision_support": lazy_pgettext("role in the decision", "Helps to decide"),
    "partly_automated": lazy_pgettext("role in the decision", "Proposes, a person validates"),
    "fully_automated": lazy_pgettext("role in the decision", "Decides alone"),
}
AUDIENCES: dict[str, object] = {
    "staff": _("Staff and elected officials"),
    "residents": _("Residents and visitors"),
    "organisations": _("Businesses and associations"),
    "other_bodies": _("Other public bodies"),
}
DATA_KINDS: dict[str, object] = {
    "none": lazy_pgettext("personal data", "None"),
    "ordinary": lazy_pgettext("personal data", "Ordinary"),
    "sensitive": lazy_pgettext("personal data", "Sensitive"),
    "biometric": lazy_pgettext("personal data", "Of the body or the face"),
}
YES_NO: dict[str, object] = {
    "yes": lazy_pgettext("public space", "Yes"),
    "no": lazy_pgettext("public space", "No"),
}

FACETS: tuple[Facet, ...] = (
    Facet("policy", "politique", _("What it is about"), POLICIES,
          chosen("policy", of=POLICIES)),
    Facet("sub_policy", "sous-politique", _("More precisely"), ALL_SUB_POLICIES,
          part("policy", "sub_policy", of=ALL_SUB_POLICIES)),
    Facet("role", "role", _("Role in the decision"), ROLES,
          sorted_into("automation_level", {
              "information": "information", "decision_support": "decision_support",
              "human_validated": "partly_automated", "fully_automated": "fully_automated"})),
    Facet("personal_data", "donnees", _("Personal data"), DATA_KINDS,
          sorted_into("personal_data", {
              "none": "none", "pseudonymised": "ordinary", "identified": "ordinary",
              "sensitive": "sensitive", "biometric": "biometric"})),
    Facet("risk", "risque", _("Risk class (an indication)"), RISK_CATEGORIES,
          chosen("risk_category", of=RISK_CATEGORIES)),
    Facet("technique", "technique", _("Technique"), TECHNIQUES,
          any_of(_talks, sorted_into("algorithm_type", {
              "generative": "generative", "statistics": "predictive", "machine_learning": "predictive",
              "computer_vision": "vision", "speech": "audio", "nlp": "texts",
              "optimisation": "optimisation", "rules": "rules"}))),
    Facet("audience", "public", _("Who uses it"), AUDIENCES,
          sorted_into("audience", {
              "staff": "staff", "officials": "staff", "residents": "residents", "visitors": "residents",
              "businesses": "organisations", "associations": "organisations",
              "other_bodies": "other_bodies"})),
    Facet("public_space", "espace-public", _("Watches public space"), YES_NO, _public_space),
    Facet("supplier", "fournisseur", _("Where the tool comes from"), SUPPLIER_MODELS,
          part("provider", "model", of=SUPPLIER_MODELS)),
)  # fmt: skip
BY_NAME = {facet.name: facet for facet in FACETS}


def facets_of(snapshot: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Returns the values of every facet that a dossier gives, «unsaid» where it gives none."""
    answers = snapshot.get("answers", {})
    return {facet.name: facet.read(answers) or frozenset({UNSAID}) for facet in FACETS}
