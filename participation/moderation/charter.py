"""The charter in plain words: the seven rules, numbered as they are published."""

from dataclasses import dataclass

from participation.foundation.i18n import lazy_gettext as _
from participation.moderation.models import Rule


@dataclass(frozen=True)
class Wording:
    """A rule as people read it."""

    number: int
    title: object
    explanation: object


CHARTER: dict[Rule, Wording] = {
    Rule.OFF_TOPIC: Wording(
        1, _("Speak of the project"), _("For, against or unsure: everything about the project has its place.")
    ),
    Rule.ATTACK: Wording(
        2,
        _("No attack on a person"),
        _("Criticise a service: yes. Aim at an agent or a resident, named or recognisable: no."),
    ),
    Rule.UNFOUNDED_ACCUSATION: Wording(
        3,
        _("No accusation without facts"),
        _("Asking who profits is a question. Accusing somebody of an offence without proof is not."),
    ),
    Rule.PERSONAL_DATA: Wording(
        4, _("No personal data of somebody else"), _("Name, address, telephone, health, photograph.")
    ),
    Rule.HATE: Wording(
        5,
        _("No hatred, no threat"),
        _("Such texts are removed at once, and reported to the public prosecutor when the law asks for it."),
    ),
    Rule.ADVERTISING: Wording(
        6, _("No advertising"), _("Neither for a product, nor for a firm, nor for a candidate.")
    ),
    Rule.ONE_VOICE: Wording(
        7, _("One person, one voice"), _("Not the same text many times, and not under several names.")
    ),
}


def numbered_title(rule: Rule) -> str:
    """Returns «2. No attack on a person», in the language of the page."""
    return f"{CHARTER[rule].number}. {CHARTER[rule].title}"
