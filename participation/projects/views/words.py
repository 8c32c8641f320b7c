"""The words of stages, in the order of a life, and of who published a version."""

from participation.foundation.i18n import gettext, lazy_pgettext
from participation.projects.models import DossierVersion
from participation.projects.stage import Stage

STAGES: dict[Stage, object] = {
    Stage.DRAFT: lazy_pgettext("stage", "Draft"),
    Stage.PROPOSED: lazy_pgettext("stage", "Proposed"),
    Stage.IN_CONSULTATION: lazy_pgettext("stage", "In consultation"),
    Stage.UNDER_REVIEW: lazy_pgettext("stage", "Under review"),
    Stage.DECIDED: lazy_pgettext("stage", "Decided"),
    Stage.IN_SERVICE: lazy_pgettext("stage", "In service"),
    Stage.EVALUATED: lazy_pgettext("stage", "Evaluated"),
    Stage.STOPPED: lazy_pgettext("stage", "Stopped"),
}

# What the list is filtered by: a project decided against is looked for under its own word.
LISTED_STAGES: dict[str, object] = {
    "in_consultation": STAGES[Stage.IN_CONSULTATION],
    "proposed": STAGES[Stage.PROPOSED],
    "under_review": STAGES[Stage.UNDER_REVIEW],
    "decided": STAGES[Stage.DECIDED],
    "in_service": STAGES[Stage.IN_SERVICE],
    "evaluated": STAGES[Stage.EVALUATED],
    "refused": lazy_pgettext("stage", "Refused or stopped"),
}


def author_function(version: DossierVersion) -> str:
    """Returns the function under which a version was published, empty when nobody is known."""
    if version.published_by is None:
        return ""
    return version.published_by.function or gettext("Staff of the collectivity")
