"""Public policies and their sub-categories: the typology of the Senate's report n° 447 (2024-2025).

Headings of the report and of its hearings, completed so that real projects find a home. A slug never
changes once published: filters, exports and imports rest on it.
"""

from participation.foundation.i18n import lazy_gettext as _

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

SUB_POLICIES: dict[str, dict[str, object]] = {
    "internal-administration": {
        "acts-drafting": _("Drafting of acts and deliberations"),
        "meeting-minutes": _("Minutes of meetings"),
        "document-search": _("Finding and managing documents"),
        "staff-assistant-hr": _("Assistants for staff, human resources"),
        "procurement-legal": _("Public procurement and legal support"),
        "case-processing": _("Handling of applications, aids, subsidies"),
    },
    "user-information": {
        "voice-assistant": _("Voice assistant at the switchboard"),
        "chatbot": _("Conversational agent"),
        "accessibility-translation": _("Accessibility and translation"),
        "report-triage": _("Sorting of reports from residents"),
        "participation-analysis": _("Analysis of residents’ contributions"),
    },
    "public-safety-events": {
        "large-events": _("Large events"),
        "video-analysis": _("Analysis of video surveillance"),
        "audio-detection": _("Detection of sounds"),
        "biometric-access": _("Biometric access control"),
    },
    "water-resources": {
        "leak-detection": _("Search for leaks"),
        "wastewater-energy": _("Wastewater treatment"),
        "drought-forecast": _("Forecast of water shortage"),
    },
    "waste-food": {
        "canteen-forecast": _("Canteens: number of meals"),
        "collection-rounds": _("Rounds of waste collection"),
        "illegal-dumping": _("Illegal dumping"),
        "bulky-waste-callbot": _("Collection of bulky waste"),
    },
    "natural-risks": {
        "flood-forecast": _("Floods"),
        "fire-heat": _("Fires and heat islands"),
        "coast-drought": _("Coastline and drought"),
    },
    "mobility-parking": {
        "parking-inventory": _("Knowledge of parking"),
        "flow-analysis": _("Flows of travel"),
        "road-condition": _("Condition of roads"),
    },
    "energy-buildings": {
        "building-consumption": _("Consumption of buildings"),
        "public-lighting": _("Public lighting"),
        "solar-potential": _("Solar potential"),
    },
    "planning-nature": {
        "greening": _("Greening"),
        "land-change": _("Changes in land use"),
        "digital-twin": _("Digital twin"),
    },
    "social-education": {
        "childcare-allocation": _("Places in nurseries"),
        "social-aid": _("Social aid"),
        "tariff-calculation": _("Calculation of tariffs"),
    },
    "territory-development": {
        "business-support": _("Support to businesses"),
        "tourism-culture": _("Tourism and culture"),
        "data-infrastructure": _("Data centres and computing"),
    },
}

# One list for the form: each sub-category by its slug, all slugs being different.
ALL_SUB_POLICIES: dict[str, object] = {
    slug: words for group in SUB_POLICIES.values() for slug, words in group.items()
}


def policy_of(sub_policy: str) -> str:
    """Returns the policy a sub-category belongs to, empty when there is no such one."""
    return next((policy for policy, group in SUB_POLICIES.items() if sub_policy in group), "")
