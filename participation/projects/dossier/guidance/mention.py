"""The explicit mention that a decision about a person must bear: purpose, right, how to exercise it.

Source: CRPA, articles L.311-3-1 and R.311-3-1-1, as explained in Etalab's guide. A collectivity completes
it; it is text to copy, in the language of the letter it goes into.
"""

import re

from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import in_language
from participation.foundation.text import excerpt
from participation.projects.dossier.conditions import Answers, part_of, values_of
from participation.projects.dossier.guidance.confirming import FIELD
from participation.projects.dossier.guidance.crpa import PERSONAL_DECISION

MENTION_FIELD = "explicit_mention"
LONGEST = 300


def mention_of(answers: Answers, language: str) -> str:
    """Returns the text proposed for a dossier, empty when no decision about one person is in question."""
    decisions = values_of(answers, "decision_type") | {part_of(answers, FIELD, "decision")}
    if PERSONAL_DECISION not in decisions:
        return ""
    return explicit_mention(
        purpose=_first_sentence(answers, "goal"),
        contact=_first_sentence(answers, "contact"),
        language=language,
        decides_alone="fully_automated" in values_of(answers, "automation_level"),
    )


def _first_sentence(answers: Answers, field: str) -> str:
    """Returns how an answer begins: a letter has room for one sentence."""
    answer = answers.get(field)
    words = " ".join(str(answer["text"]).split()) if answer and answer["state"] == "answered" else ""
    return excerpt(re.split(r"(?<=[.!?])\s", words)[0], LONGEST)


def explicit_mention(*, purpose: str, contact: str, language: str, decides_alone: bool = False) -> str:
    """Returns the text; what isn't known stands between brackets, to be filled in."""
    with in_language(language):
        return "\n\n".join(_paragraphs(purpose.strip(), contact.strip(), decides_alone))


def _paragraphs(purpose: str, contact: str, decides_alone: bool) -> list[str]:
    aim = purpose.rstrip(" .…") or _("[purpose of the processing]")
    desk = contact.rstrip(" .…") or _("[service, postal address, e-mail]")
    role = (
        _("This decision was taken by an algorithm alone.")
        if decides_alone
        else _("This decision was taken with the help of an algorithm.")
    )
    return [
        _("%(role)s Purpose of this processing: %(purpose)s.", role=role, purpose=aim),
        _("You have the right to be told the rules that define this processing and the main characteristics "
          "of how it was carried out in your case (Articles L.311-3-1 and R.311-3-1-1 of the code of "
          "relations between the public and the administration)."),
        _("To ask for them, write to: %(contact)s.", contact=desk),
        _("Without an answer within one month, you may bring the matter before the commission for access to "
          "administrative documents (CADA)."),
    ]  # fmt: skip
