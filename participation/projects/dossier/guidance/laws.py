"""All the texts by key, and what nobody could establish yet."""

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.guidance.ai_act import AI_ACT
from participation.projects.dossier.guidance.french_law import FRENCH_LAW
from participation.projects.dossier.guidance.law import Law

LAWS: dict[str, Law] = {law.key: law for law in (*AI_ACT, *FRENCH_LAW)}

# Shown under the sources: a reader must know what this indication leaves open.
NOT_ESTABLISHED: tuple[object, ...] = (
    _("Whether the registration duties of Article 49, as amended, are owed before the other ones."),
    _("Whether a tool under the exception of Article 6(3) must still be registered (Article 49(2))."),
    _("What the European model of the fundamental rights assessment will ask."),
    _("Which French authority watches over each area."),
    _("How the amended text narrows “safety component” for regulated products."),
    _("Which rules apply today to automated analysis of images of public space in France."),
)
