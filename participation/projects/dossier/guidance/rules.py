"""The rules: from answers to an indication, for a day and a collectivity.

An «I don’t know» that could make the class heavier gives «doubt»; none ever gives «minimal». High risk and
transparency add up. Outside the AI Act, French law and the GDPR are told all the same.
"""

from collections.abc import Mapping
from datetime import date

from participation.projects.dossier.guidance import ai_act, french_law
from participation.projects.dossier.guidance.crpa import decisions_law
from participation.projects.dossier.guidance.duties import duties_of
from participation.projects.dossier.guidance.findings import Findings, findings_of, reason
from participation.projects.dossier.guidance.gdpr import privacy_law, screening_of
from participation.projects.dossier.guidance.laws import LAWS
from participation.projects.dossier.guidance.outcome import Assessment, Reason
from participation.projects.dossier.guidance.reading import Given, read

# Raised with every change of a question, a rule or a text: an answer keeps the version it was computed with.
RULES_VERSION = "2026-11-22"
RULES_CHECKED_ON = max(ai_act.CHECKED_ON, french_law.CHECKED_ON)


def assess(answers: Mapping[str, str], today: date, population: int | None = None) -> Assessment:
    """Returns the indication for these answers on that day.

    `population` is that of the collectivity, None when it isn't known. Keys that are no question are left
    out, values that are no answer count as «I don’t know».
    """
    given = read(answers)
    found = findings_of(given, today)
    category = _category(given, found)
    if category == "outside":
        found.reasons.append(_outside(given))
    return Assessment(
        category=category,
        reasons=tuple(found.reasons),
        doubts=tuple(found.doubts),
        coming=tuple(found.coming),
        lightened=tuple(found.lightened),
        duties=tuple(duties_of(given, found, today)),
        decisions=tuple(decisions_law(given, population)),
        privacy=tuple(privacy_law(given)),
        screening=screening_of(given),
        rules_version=RULES_VERSION,
        rules_checked_on=RULES_CHECKED_ON,
    )


def _category(given: Given, found: Findings) -> str:
    if given.said["uses_ai"] == {"no"}:
        return "outside"
    established = max(found.reasons, key=lambda one: one.weight, default=None)
    if established and established.category == "prohibited":
        return "prohibited"
    if given.is_unknown("uses_ai"):
        return "doubt"
    weight = established.weight if established else 0
    if any(one.weight > weight for one in found.doubts):
        return "doubt"
    return established.category if established else "minimal"


def _outside(given: Given) -> Reason:
    return reason(given, "uses_ai", "outside", "definition", LAWS["definition"].says)
