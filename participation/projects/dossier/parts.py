"""The parts that several fields of the dossier share: links, figures; and those of the larger answers."""

from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_pgettext
from participation.projects.dossier.choices import (
    ASSESSMENT_STATES,
    FIGURE_KINDS,
    SPECIAL_CATEGORIES,
    SUPPLIER_MODELS,
    YES_NO,
)
from participation.projects.dossier.field import Part, PartKind

LINKS = (
    Part("title", _("Title of the document"), is_required=True),
    Part("link", _("Its address"), PartKind.LINK, limit=500),
)

# A figure without these five says nothing that can be checked.
FIGURES = (
    Part("what", _("What is counted"), is_required=True, limit=150),
    Part("kind", _("Kind of figure"), PartKind.CHOICE, FIGURE_KINDS, is_required=True),
    Part("value", _("Value, with its unit"), is_required=True, limit=100),
    Part("baseline", _("Compared with what (the situation before)"), is_required=True, limit=200),
    Part("source", _("Source"), is_required=True, limit=200),
    Part("dated", _("Date of the figure"), limit=100),
)

RISKS = (
    Part("risk", _("What can go wrong"), PartKind.TEXT, is_required=True, limit=600),
    Part("who", _("For whom"), limit=200),
    Part("mitigation", _("What is done about it"), PartKind.TEXT, is_required=True, limit=600),
)

IMPACT_ASSESSMENTS = (
    Part("title", _("Name of the study"), is_required=True),
    Part("status", lazy_pgettext("impact assessment", "State"), PartKind.CHOICE, ASSESSMENT_STATES,
         is_required=True),
    Part("dated", _("Date, done or planned"), limit=100),
    Part("link", _("Address at which it can be read"), PartKind.LINK, limit=500),
    Part("reason", _("If it isn’t done or can’t be read: why"), limit=500),
)  # fmt: skip

SENSITIVE_DATA = (
    Part("category", _("Which data"), PartKind.CHOICE, SPECIAL_CATEGORIES, is_required=True),
    Part("reason", _("Why they are needed"), PartKind.TEXT, is_required=True, limit=600),
)

SUPPLIER = (
    Part("supplier", _("Name of the supplier")),
    Part("model", _("Where the tool comes from"), PartKind.CHOICE, SUPPLIER_MODELS),
    Part("role", _("What the supplier does"), limit=300),
    Part("procurement", _("Kind of contract, and its date"), limit=300),
    Part("country", _("Country of the supplier"), limit=100),
)

PUBLIC_SPACE = (
    Part("places", _("Where the cameras or sensors are"), PartKind.TEXT, is_required=True, limit=1000),
    Part("sensor", _("Kind of sensor"), is_required=True),
    Part("analysis", _("What is analysed"), is_required=True),
    Part("identification", _("Can somebody be recognised?"), PartKind.CHOICE, YES_NO, is_required=True),
    Part("images_kept", _("Are images or sounds kept?"), PartKind.CHOICE, YES_NO, is_required=True),
    Part("signage", _("How people are told on the spot"), is_required=True),
    Part("authorisation", _("The act that authorises it"), is_required=True),
)

GENERATIVE = (
    Part("notice", _("How people are told that it is a machine"), PartKind.TEXT, is_required=True, limit=600),
    Part("base_model", _("The model it rests on"), is_required=True),
    Part("output_check", _("Who checks what it produces"), PartKind.TEXT, is_required=True, limit=600),
    Part("labelling", _("How what it produces is marked"), limit=300),
)

FORMALITIES = (
    Part("register", _("Address of its entry in the European register"), PartKind.LINK, limit=500),
    Part("fria_notified_on", _("Fundamental rights impact assessment notified on"), PartKind.DAY),
    Part("workers_informed_on", _("Staff and their representatives informed on"), PartKind.DAY),
)
