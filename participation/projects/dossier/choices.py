"""The closed lists of the dossier: what stands in the database, and the words people read."""

from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_pgettext

# Public policies, as in the Senate's report n° 447 (2024-2025), completed so that real projects find a home.
POLICIES: dict[str, object] = {
    "internal-administration": _("Internal organisation and management"),
    "user-information": _("Information and relations with users"),
    "public-safety-events": _("Safety and large events"),
    "water-resources": _("Water and scarce resources"),
    "waste-food": _("Waste and food"),
    "natural-risks": _("Natural risks and climate"),
    "mobility-parking": _("Mobility and parking"),
    "energy-buildings": _("Energy and buildings"),
    "planning-nature": _("Town planning and nature"),
    "social-education": _("Social care, early childhood, education"),
    "territory-development": _("Economy and attractiveness"),
}

AUTOMATION_LEVELS: dict[str, object] = {
    "information": _("It informs, and decides nothing"),
    "decision_support": _("It helps somebody decide"),
    "human_validated": _("It proposes a decision that a person validates"),
    "fully_automated": _("It decides alone"),
}

PERSONAL_DATA: dict[str, object] = {
    "none": lazy_pgettext("personal data", "None"),
    "pseudonymised": _("Data without names, that could still lead to somebody"),
    "identified": _("Data that says who it is about"),
    "sensitive": _("Sensitive data: health, origin, opinions"),
    "biometric": _("Data of the body or the face that recognises somebody"),
}

RISK_CATEGORIES: dict[str, object] = {
    "minimal": _("Minimal risk: no specific duty under the AI Act"),
    "transparency": _("Duty to inform: people must know that it is a machine"),
    "high": _("High risk: reinforced duties"),
    "prohibited": _("Prohibited practice"),
    "outside": _("Outside the AI Act: other laws may still apply"),
    "doubt": _("To be confirmed: there is a doubt"),
}
