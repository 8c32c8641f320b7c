"""What the GDPR makes of the answers, and whether an impact assessment is called for."""

from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_ngettext
from participation.projects.dossier.guidance.crpa import PERSONAL_DECISION
from participation.projects.dossier.guidance.french_law import WP248_CRITERIA_FOR_A_DPIA
from participation.projects.dossier.guidance.laws import LAWS
from participation.projects.dossier.guidance.outcome import Consequence, Screening
from participation.projects.dossier.guidance.reading import Given

ALWAYS = ("gdpr_basis", "gdpr_information", "gdpr_register")


def privacy_law(given: Given) -> list[Consequence]:
    """Returns what the GDPR asks; never nothing: «no personal data» is itself to be kept true."""
    filmed = given.is_said("public_space", "yes", "unknown")
    uses = not given.is_said("personal_data", "none") or given.is_said("biometrics", "yes")
    if not uses and not filmed:
        words = _("Without personal data the GDPR asks nothing; it does once a person can be recognised.")
        return [Consequence(words, LAWS["gdpr_basis"])]
    unsure = given.is_unknown("personal_data") or not uses
    found = [Consequence(LAWS[key].says, LAWS[key], unsure) for key in ALWAYS]
    if given.is_said("personal_data", "sensitive", "biometric") or given.is_said("biometrics", "yes"):
        found.append(Consequence(LAWS["gdpr_sensitive"].says, LAWS["gdpr_sensitive"]))
    if _decides_alone(given):
        found.append(Consequence(LAWS["gdpr_automated"].says, LAWS["gdpr_automated"]))
    if filmed:
        to_confirm = not given.is_said("public_space", "yes")
        found.append(Consequence(LAWS["public_space"].says, LAWS["public_space"], to_confirm))
    return [*found, _assessment(screening_of(given))]


def screening_of(given: Given) -> Screening:
    """Returns which of the nine criteria of WP248 the answers meet, and which they leave open."""
    met, unknown = [], []
    for words, signs in _signs(given):
        if any(given.is_said(*sign) for sign in signs):
            met.append(words)
        elif any(given.is_unknown(key) for key, _answer in signs):
            unknown.append(words)
    return Screening(tuple(met), tuple(unknown))


def _signs(given: Given) -> list[tuple[object, list[tuple[str, str]]]]:
    """Returns the nine criteria in their order, each with the answers of which one is enough."""
    return [
        (_("evaluating or scoring people"), [("scores", "yes")]),
        (_("a decision by the machine alone, with a legal effect"), _signs_of_deciding_alone(given)),
        (_("systematic watching"), [("public_space", "yes"), ("staff_management", "yes")]),
        (_("sensitive data"), [("personal_data", "sensitive"), ("personal_data", "biometric")]),
        (_("data on a large scale"), [("w248_scale", "yes")]),
        (_("crossing sets of data"), [("w248_crossing", "yes")]),
        (_("vulnerable people, or staff"), [("affected", "vulnerable"), ("affected", "staff")]),
        (_("a new technology"), [("uses_ai", "yes")]),
        (_("keeping somebody from a right or a service"), [("w248_blocks", "yes")]),
    ]


def _signs_of_deciding_alone(given: Given) -> list[tuple[str, str]]:
    """Returns the sign that meets it when both answers do, those that leave it open, else none."""
    may_decide = given.is_said("decision", PERSONAL_DECISION, "unknown")
    may_be_alone = given.is_said("final_say", "fully_automated", "unknown")
    if not (may_decide and may_be_alone):
        return []
    if _decides_alone(given):
        return [("final_say", "fully_automated")]
    return [("final_say", ""), ("decision", "")]


def _decides_alone(given: Given) -> bool:
    return given.is_said("decision", PERSONAL_DECISION) and given.is_said("final_say", "fully_automated")


def _assessment(screening: Screening) -> Consequence:
    dpia, met = LAWS["gdpr_dpia"], screening.count
    if met >= WP248_CRITERIA_FOR_A_DPIA:
        words = _("An impact assessment is called for: %(count)s of nine criteria are met, two are enough.",
                  count=met)  # fmt: skip
        return Consequence(words, dpia)
    words = lazy_ngettext(
        "%(num)s of the nine criteria is met: check the list of the CNIL, and whatever is not known yet.",
        "%(num)s of the nine criteria are met: check the list of the CNIL, and whatever is not known yet.",
        met,
    )
    return Consequence(words, dpia, is_to_confirm=True)
