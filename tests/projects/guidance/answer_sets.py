"""Answer sets of the table test: one that triggers nothing, and what each case changes in it."""

from participation.projects.dossier.guidance.checklists import CHECKLISTS

NOTHING_TRIGGERED = {
    "uses_ai": "yes",
    "affected": "residents",
    "decision": "none",
    "area": "none",
    "personal_data": "none",
    "biometrics": "no",
    "public_space": "no",
    "emotions": "no",
    "scores": "no",
    "final_say": "information",
    "learns": "fixed",
    "talks_to_public": "no",
    "synthetic_content": "no",
    "staff_management": "no",
    **{item.key: "no" for one in CHECKLISTS for item in one.items},
}


def answers(**changes: str) -> dict[str, str]:
    """Returns the set that triggers nothing, with these answers instead."""
    return {**NOTHING_TRIGGERED, **changes}


def all_of(key: str, answer: str = "yes") -> dict[str, str]:
    """Returns the same answer to every item of a check-list."""
    checklist = next(one for one in CHECKLISTS if one.key == key)
    return {item.key: answer for item in checklist.items}


def conditions_of(key: str) -> dict[str, str]:
    """Returns «yes» to what makes a forbidden practice, «no» to its ways out."""
    checklist = next(one for one in CHECKLISTS if one.key == key)
    return {item.key: "no" if item.is_way_out else "yes" for item in checklist.items}
