"""What one does with projects: create, answer, say what is open, state on the charter, publish, date."""

from participation.projects.actions.adapting import adapt_project
from participation.projects.actions.answering import Conflict, answer_field
from participation.projects.actions.assessing import assess_project
from participation.projects.actions.creating import create_project, record_import, set_photo
from participation.projects.actions.handing_over import finish_section, hand_section, take_section_back
from participation.projects.actions.importing import DraftAnswer, Pending, import_draft
from participation.projects.actions.living import record_life, record_milestone
from participation.projects.actions.pointing import (
    add_open_point,
    add_precedent,
    edit_open_point,
    remove_open_point,
)
from participation.projects.actions.publishing import publish_dossier
from participation.projects.actions.putting_off import put_off_answers, waiting_fields
from participation.projects.actions.referring import name_referent
from participation.projects.actions.stating import NEWER_CHARTER, Saying, StatementConflict, state_on_charter
from participation.projects.actions.taking_path import choose_path

__all__ = [
    "NEWER_CHARTER",
    "Conflict",
    "DraftAnswer",
    "Pending",
    "Saying",
    "StatementConflict",
    "adapt_project",
    "add_open_point",
    "add_precedent",
    "answer_field",
    "assess_project",
    "choose_path",
    "create_project",
    "edit_open_point",
    "finish_section",
    "hand_section",
    "import_draft",
    "name_referent",
    "publish_dossier",
    "put_off_answers",
    "record_import",
    "record_life",
    "record_milestone",
    "remove_open_point",
    "set_photo",
    "state_on_charter",
    "take_section_back",
    "waiting_fields",
]
