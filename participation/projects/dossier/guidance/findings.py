"""What the AI Act makes of the answers: forbidden, high risk, transparency, and what stays in doubt."""

from dataclasses import dataclass, field
from datetime import date

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.guidance.checklists import (
    DISCLOSURE,
    FORBIDDEN,
    GROUNDS,
    NO_RISK,
    VERIFICATION,
    Checklist,
)
from participation.projects.dossier.guidance.laws import LAWS
from participation.projects.dossier.guidance.outcome import Reason
from participation.projects.dossier.guidance.questions import BY_KEY, QUESTIONS
from participation.projects.dossier.guidance.reading import ITEMS, Given, open_checklists

AREA_LAWS = {
    "biometrics": "annex_3_1",
    "infrastructure": "annex_3_2",
    "education": "annex_3_3",
    "employment": "annex_3_4",
    "public_assistance": "annex_3_5a",
    "emergency": "annex_3_5d",
    "law_enforcement": "annex_3_6",
    "democracy": "annex_3_8b",
    "other_listed": "annex_3_other",
    "product": "annex_1",
}
# A tool that concerns nobody does none of these.
ABOUT_PEOPLE = ("scores", "biometrics", "staff_management")


@dataclass
class Findings:
    """What was found, in four heaps."""

    reasons: list[Reason] = field(default_factory=list)
    doubts: list[Reason] = field(default_factory=list)
    coming: list[Reason] = field(default_factory=list)
    lightened: list[Reason] = field(default_factory=list)


def findings_of(given: Given, today: date) -> Findings:
    """Returns what the AI Act makes of the answers; outside it, nothing."""
    found = Findings()
    if given.said["uses_ai"] == {"no"}:
        return found
    opened = open_checklists(given)
    for one in FORBIDDEN:
        if one in opened:
            _judge_forbidden(one, given, today, found)
    _judge_high(given, found)
    _judge_transparency(given, found)
    _note_unknown(given, found)
    _note_contradictions(given, found)
    return found


def reason(given: Given, key: str, category: str, law: str, words: object) -> Reason:
    """Returns a reason with the question or item that was asked, and what was answered."""
    asked = BY_KEY[key].words if key in BY_KEY else ITEMS[key].words
    return Reason(key, asked, tuple(given.words_of(key)), category, LAWS[law], words)


def _judge_forbidden(one: Checklist, given: Given, today: date, found: Findings) -> None:
    conditions = [item.key for item in one.items if not item.is_way_out]
    if any(given.is_said(key, "no") for key in conditions):
        return
    if any(item.is_way_out and given.is_said(item.key, "yes") for item in one.items):
        return
    law = LAWS[one.law]
    unclear = [key for key in conditions if given.is_unknown(key)]
    if not law.applies_on(today):
        found.coming.append(reason(given, conditions[0], "prohibited", law.key, law.says))
    elif unclear:
        found.doubts += [reason(given, key, "prohibited", law.key, law.says) for key in unclear]
    else:
        found.reasons.append(reason(given, conditions[0], "prohibited", law.key, law.says))


def _judge_high(given: Given, found: Findings) -> None:
    listed = [reason(given, key, "high", law, LAWS[law].says) for key, law in _listed(given)]
    products = [one for one in listed if one.law.key == "annex_1"]
    annex_3 = [one for one in listed if one.law.key != "annex_1"]
    ground = _exception(given)
    if _only_verifies(given):
        words = _("Checking that one person is who they say is not the recognition that annex III lists.")
        found.lightened.append(reason(given, VERIFICATION.items[0].key, "minimal", "annex_3_1", words))
    if annex_3 and ground:
        found.lightened += [reason(given, ground.items[0].key, "minimal", "6_3", LAWS["6_3"].says)]
        annex_3 = []
    elif annex_3 and given.is_said("scores", "yes"):
        never = _("It draws up profiles of people: the exception of Article 6(3) never applies.")
        annex_3.append(reason(given, "scores", "high", "6_3", never))
    found.reasons += products + annex_3
    if given.is_said("area", "plates"):
        words = _("Reading number plates falls under the GDPR; whether it is high risk depends on the use.")
        found.doubts.append(reason(given, "area", "high", "annex_3_1", words))


def _listed(given: Given) -> list[tuple[str, str]]:
    """Returns each question whose answer is in annex III or I, with its text; each text once."""
    found = [("area", law) for area, law in AREA_LAWS.items() if given.is_said("area", area)]
    if given.is_said("biometrics", "yes"):
        found.append(("biometrics", "annex_3_1"))
    if given.is_said("emotions", "yes"):
        found.append(("emotions", "annex_3_1"))
    if given.is_said("staff_management", "yes"):
        found.append(("staff_management", "annex_3_4"))
    if _only_verifies(given):
        found = [(key, law) for key, law in found if law != "annex_3_1"]
    first: dict[str, str] = {}
    for key, law in found:
        first.setdefault(law, key)
    return [(key, law) for law, key in first.items()]


def _only_verifies(given: Given) -> bool:
    item = VERIFICATION.items[0].key
    sorts = given.is_said("emotions", "yes", "unknown") or given.is_said("a5g_sorts", "yes", "unknown")
    return given.is_said("biometrics", "yes") and given.is_said(item, "yes") and not sorts


def _exception(given: Given) -> Checklist | None:
    """Returns the ground of Article 6(3) that is shown, None without one: «I don’t know» shows nothing."""
    if not given.is_said("scores", "no") or not _holds(NO_RISK, given):
        return None
    return next((one for one in GROUNDS if _holds(one, given)), None)


def _holds(one: Checklist, given: Given) -> bool:
    return all(given.is_said(item.key, "yes") for item in one.items)


def _judge_transparency(given: Given, found: Findings) -> None:
    laws = []
    if given.is_said("talks_to_public", "yes"):
        laws.append(("talks_to_public", "50_1"))
    if given.is_said("synthetic_content", "yes"):
        laws.append(("synthetic_content", "50_2"))
        laws += [(item.key, "50_4") for item in DISCLOSURE.items if given.is_said(item.key, "yes")]
    if given.is_said("emotions", "yes"):
        laws.append(("emotions", "50_3"))
    elif given.is_said("biometrics", "yes") and given.is_said("a5g_sorts", "yes"):
        laws.append(("a5g_sorts", "50_3"))
    found.reasons += [reason(given, key, "transparency", law, LAWS[law].says) for key, law in laws]


def _note_unknown(given: Given, found: Findings) -> None:
    for one in QUESTIONS:
        if given.is_unknown(one.key):
            words = _("Without this answer the class can’t be told.")
            found.doubts.append(reason(given, one.key, one.leaves_open, one.law, words))


def _note_contradictions(given: Given, found: Findings) -> None:
    nobody = given.said["affected"] == {"none"}
    pairs = [
        ("personal_data", given.is_said("personal_data", "biometric") and given.is_said("biometrics", "no")),
        ("area", given.is_said("area", "biometrics") and given.said["biometrics"] == given.said["emotions"]
         and given.is_said("biometrics", "no")),
        ("affected", nobody and any(given.is_said(key, "yes") for key in ABOUT_PEOPLE)),
        ("affected", nobody and given.is_said("decision", "individual_administrative_decision")),
    ]  # fmt: skip
    words = _("This answer doesn’t agree with another one: one of the two is to be corrected.")
    found.doubts += [reason(given, key, "high", BY_KEY[key].law, words) for key, clash in pairs if clash]
