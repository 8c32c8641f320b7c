"""What the AI Act asks of the collectivity that uses the tool, each duty with the day it begins."""

from datetime import date

from participation.projects.dossier.guidance.ai_act import PRODUCTS_FROM
from participation.projects.dossier.guidance.findings import Findings
from participation.projects.dossier.guidance.laws import LAWS
from participation.projects.dossier.guidance.outcome import Duty
from participation.projects.dossier.guidance.reading import Given

ANY_HIGH_RISK = ("26_1", "26_2", "26_4", "26_5", "26_6")
ABOUT_STAFF = "26_7"
LISTED_IN_ANNEX_3 = ("26_8", "49_3")
# Networks (annex III, 2) are left out of the assessment and of the explanation owed to a person.
BUT_NETWORKS = ("27", "86")
LAST = "111_2"


def duties_of(given: Given, found: Findings, today: date) -> list[Duty]:
    """Returns the duties of every class found, not of the heaviest alone: they add up."""
    if given.said["uses_ai"] == {"no"}:
        return []
    keys = ["literacy"]
    keys += [one.law.key for one in found.reasons if one.category == "transparency"]
    if "50_2" in keys:
        keys.append("50_2_older")
    owed = [_duty(key, today) for key in dict.fromkeys(keys)]
    high = {one.law.key for one in found.reasons if one.category == "high"} - {"6_3"}
    if any(one.law.key == "6_3" for one in found.lightened):
        owed.append(_duty("6_4", today))
    if high:
        owed += [_duty(key, today, _begins(key, high)) for key in _of_high_risk(given, high)]
    return owed


def _of_high_risk(given: Given, high: set[str]) -> list[str]:
    annex_3 = high - {"annex_1"}
    keys = list(ANY_HIGH_RISK)
    if given.is_said("staff_management", "yes") or given.is_said("affected", "staff") or "annex_3_4" in high:
        keys.append(ABOUT_STAFF)
    if annex_3:
        keys += LISTED_IN_ANNEX_3
        if not given.is_said("personal_data", "none"):
            keys.append("26_9")
        if not given.is_said("decision", "none"):
            keys.append("26_11")
    if annex_3 - {"annex_3_2"}:
        keys += BUT_NETWORKS
    return [*keys, LAST]


def _begins(key: str, high: set[str]) -> date | None:
    """Returns another first day than the one of the text: products have a later one."""
    return PRODUCTS_FROM if high == {"annex_1"} and key != LAST else None


def _duty(key: str, today: date, begins: date | None = None) -> Duty:
    law = LAWS[key]
    applies_from = begins or law.applies_from
    return Duty(law, applies_from, today >= applies_from)
