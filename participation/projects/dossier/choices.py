"""The closed lists of the dossier: what stands in the database, and the words people read."""

from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_pgettext

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

DECISION_TYPES: dict[str, object] = {
    "none": lazy_pgettext("decision", "None"),
    "information": _("It only gives information"),
    "ranking_or_priority": _("It ranks, or says what comes first"),
    "individual_administrative_decision": _("It serves a decision about one person’s rights"),
    "control_or_enforcement": _("It serves a check or a sanction"),
}

ALGORITHM_TYPES: dict[str, object] = {
    "rules": _("Rules written by people"),
    "statistics": _("Statistics"),
    "machine_learning": _("Machine learning"),
    "computer_vision": _("Analysis of images"),
    "speech": _("Speech: listening or talking"),
    "nlp": _("Analysis of texts"),
    "generative": _("Generative: it writes, draws or speaks by itself"),
    "optimisation": _("Optimisation: it looks for the best plan"),
}

LEARNING_MODES: dict[str, object] = {
    "fixed": _("It doesn’t change once in service"),
    "retrained": _("It changes when somebody retrains it"),
    "self_learning": _("It changes by itself as it is used"),
}

TOOL_USERS: dict[str, object] = {
    "staff": _("Staff of the public body"),
    "officials": _("Elected officials"),
    "residents": _("Residents"),
    "businesses": _("Businesses"),
    "associations": _("Associations"),
    "visitors": _("Visitors"),
    "other_bodies": _("Other public bodies"),
}

VULNERABLE_GROUPS: dict[str, object] = {
    "children": _("Children"),
    "elderly": _("Elderly people"),
    "disabled": _("Disabled people"),
    "poor": _("People in financial difficulty"),
    "ill": _("Ill people"),
    "language": _("People who read or speak little French"),
}

SUPPLIER_MODELS: dict[str, object] = {
    "in_house": _("Made by the public body itself"),
    "open_source": _("Free software"),
    "french": _("A French supplier"),
    "european": _("A supplier of the European Union"),
    "other": _("A supplier from elsewhere"),
}

HOSTING_KINDS: dict[str, object] = {
    "in_house": _("On the public body’s own servers"),
    "cloud": _("With a hosting company"),
    "unknown": _("Nobody has said yet"),
}

DATA_ORIGINS: dict[str, object] = {
    "user": _("What users give"),
    "internal": _("Files of the public body"),
    "open_data": _("Open data"),
    "third_party": _("Data of somebody else"),
}

DATA_ACCESS: dict[str, object] = {
    "api": _("Through an interface between programs"),
    "automatic": _("Copied automatically"),
    "manual": _("Copied by hand"),
}

SPECIAL_CATEGORIES: dict[str, object] = {
    "health": _("Health"),
    "origin": _("Racial or ethnic origin"),
    "opinions": _("Political opinions, beliefs, union membership"),
    "sexuality": _("Sex life or sexual orientation"),
    "genetic": _("Genetic data"),
    "biometric": _("Body or face, to recognise somebody"),
    "offences": _("Offences and convictions"),
}

ASSESSMENT_STATES: dict[str, object] = {
    "done": lazy_pgettext("impact assessment", "Done"),
    "under_way": lazy_pgettext("impact assessment", "Under way"),
    "planned": lazy_pgettext("impact assessment", "Planned"),
    "not_needed": lazy_pgettext("impact assessment", "Not needed"),
}

BUDGET_RANGES: dict[str, object] = {
    "under_50k": _("Less than 50,000 euros"),
    "50k_100k": _("Between 50,000 and 100,000 euros"),
    "over_100k": _("More than 100,000 euros"),
}

FIGURE_KINDS: dict[str, object] = {
    "claim": lazy_pgettext("figure", "Claim of the supplier, not verified"),
    "estimate": lazy_pgettext("figure", "Estimate"),
    "target": lazy_pgettext("figure", "Target"),
    "measured": lazy_pgettext("figure", "Measured"),
}

YES_NO: dict[str, object] = {"yes": lazy_pgettext("answer", "Yes"), "no": lazy_pgettext("answer", "No")}
