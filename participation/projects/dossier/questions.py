"""The ten questions of a resident, and the fields of the dossier that answer each."""

from dataclasses import dataclass

from participation.foundation.i18n import lazy_gettext as _


@dataclass(frozen=True)
class Question:
    """A question in a resident's words; its key is its anchor."""

    key: str
    words: object
    fields: tuple[str, ...]


QUESTIONS: tuple[Question, ...] = (
    Question("what", _("What is it, in practice?"), ("description_short",)),
    Question("decided", _("Is it already decided?"), ("status", "open_questions")),
    Question("who-decides", _("Who decides, a person or the machine?"), ("automation_level",)),
    Question("concerned", _("Am I concerned, and what changes for me?"), ("affected_groups", "impact")),
    Question("refuse", _("Can I refuse, and speak to a person?"), ("non_ai_alternative",)),
    Question("contest", _("How do I contest?"), ("objection_procedure",)),
    Question("data", _("Which data about me?"), ("source_data", "personal_data")),
    Question("wrong", _("What can go wrong?"), ("risks",)),
    Question("cost", _("How much does it cost?"), ("budget",)),
    Question("energy", _("How much energy does it use?"), ("environmental_impact",)),
)
