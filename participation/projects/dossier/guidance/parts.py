"""The answers of the guidance as parts of its field: checked, frozen and compared as all others are."""

from collections.abc import Mapping

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.field import Part, PartKind
from participation.projects.dossier.guidance.questions import QUESTIONS, YES_NO, Question
from participation.projects.dossier.guidance.reading import ITEMS

NOTE_LIMIT = 5000


def _part(one: Question) -> Part:
    kind = PartKind.CHOICES if one.several else PartKind.CHOICE
    return Part(one.key, one.words, kind, one.choices)


_ITEMS: Mapping[str, Part] = {
    key: Part(key, item.words, PartKind.CHOICE, YES_NO) for key, item in ITEMS.items()
}

GUIDANCE_PARTS: tuple[Part, ...] = (
    *(_part(one) for one in QUESTIONS),
    *_ITEMS.values(),
    Part("rules_version", _("Version of the rules"), limit=40),
    Part("population", _("Inhabitants, for the thresholds"), PartKind.NUMBER, limit=20),
    Part("confirmed_by", _("Confirmed by (function)"), limit=200,
         hint=_("A lawyer or the data protection officer; not a name.")),
    Part("confirmed_on", _("Confirmed on"), PartKind.DAY),
    Part("note_text", _("What the note says"), PartKind.TEXT, limit=NOTE_LIMIT),
    Part("note_author", _("Its author (function)"), limit=200, hint=_("A lawyer; not a name.")),
    Part("note_on", _("Date of the note"), PartKind.DAY),
    Part("note_link", _("Address of the whole note (optional)"), PartKind.LINK, limit=500),
)  # fmt: skip
