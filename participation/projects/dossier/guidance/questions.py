"""The fourteen questions, as data: key, words, help, closed answers.

Several answers to one question are joined by commas. Nothing is asked in free words: each answer is one that
a rule can read, and «I don’t know» is always among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.choices import AUTOMATION_LEVELS, PERSONAL_DATA

UNKNOWN = "unknown"
NONE = "none"
DONT_KNOW = _("I don’t know")
YES_NO: dict[str, object] = {"yes": _("Yes"), "no": _("No"), UNKNOWN: DONT_KNOW}


@dataclass(frozen=True)
class Question:
    """One question; `leaves_open` is the heaviest class that an «I don’t know» leaves possible.

    `law`: the text that then stays open.
    """

    key: str
    words: object
    help: object = ""
    choices: Mapping[str, object] = field(default_factory=lambda: YES_NO)
    hints: Mapping[str, object] = field(default_factory=dict)
    several: bool = False
    leaves_open: str = "high"
    law: str = "annex_3"

    @property
    def is_yes_or_no(self) -> bool:
        """Tells whether it is answered by yes, no or «I don’t know»."""
        return self.choices is YES_NO


AFFECTED: dict[str, object] = {
    NONE: _("Nobody: it is about pipes, trees, buildings"),
    "residents": _("Residents, users, passers-by"),
    "vulnerable": _("Children, or people who are old, ill, disabled or poor"),
    "staff": _("Staff, or people who apply for a job"),
    UNKNOWN: DONT_KNOW,
}

DECISIONS: dict[str, object] = {
    NONE: _("No decision about a person"),
    "information": _("It gives information to people"),
    "ranking_or_priority": _("It ranks people or files, or says which come first"),
    "individual_administrative_decision": _("A decision about one person: an aid, a place, a permit, a rate"),
    "control_or_enforcement": _("A check, a fine, a penalty"),
    UNKNOWN: DONT_KNOW,
}

AREAS: dict[str, object] = {
    NONE: _("None of these"),
    "biometrics": _("Body and face: recognising people, sorting them, reading emotions"),
    "infrastructure": _("Networks: automatic control of road traffic, water, gas, heat, electricity"),
    "education": _("School: admission, grades, watching exams"),
    "employment": _("Work: job applications, promotion, allocating tasks, watching staff"),
    "public_assistance": _("Social aid, housing, health care: right, amount, reduction, recovery"),
    "emergency": _("Emergency calls: sorting them, sending help"),
    "law_enforcement": _("Police: risk of offending, evidence, profiling"),
    "plates": _("Number plates: parking, access to a zone"),
    "democracy": _("Votes: influencing a result or how people vote"),
    "product": _("Safety part of a lift, a machine, a medical device"),
    "other_listed": _("Credit, life or health insurance, asylum and borders, justice"),
    UNKNOWN: DONT_KNOW,
}

AREA_HINTS: dict[str, object] = {
    "biometrics": _("Not: counting people or vehicles without recognising them."),
    "infrastructure": _("Not: finding leaks or planning repairs, when it only advises."),
    "education": _("Not: forecasting how many meals a canteen needs."),
    "employment": _("Not: drafting a job advert."),
    "public_assistance": _("Not: an assistant that gives opening hours."),
    "democracy": _("Not: the internal organisation of a campaign."),
}

LEARNING: dict[str, object] = {
    "fixed": _("No: it stays as it was delivered"),
    "retrained": _("Only when people train it again and check it"),
    "self_learning": _("Yes, while it is in use"),
    UNKNOWN: DONT_KNOW,
}

QUESTIONS: tuple[Question, ...] = (
    Question("uses_ai", _("Does the tool work out its answers by itself?"),
             _("Yes when it learned from examples, or writes, sees, hears, predicts. No when it only follows "
               "rules that people wrote, such as a scale or a spreadsheet."), law="definition"),
    Question("affected", _("Who is concerned?"), _("Several answers are possible."),
             choices=AFFECTED, several=True, law="5b"),
    Question("decision", _("Does it decide about a person, or help to?"), choices=DECISIONS),
    Question("area", _("Is it used in one of these areas?"), _("Several answers are possible."),
             choices=AREAS, hints=AREA_HINTS, several=True),
    Question("personal_data", _("Does it use personal data? Sensitive data?"),
             choices={**PERSONAL_DATA, UNKNOWN: DONT_KNOW}),
    Question("biometrics", _("Does it recognise or sort people by their body or face?"),
             _("Face, voice, way of walking, fingerprints."), law="annex_3_1"),
    Question("public_space", _("Does it film or sense public space?"),
             _("Cameras, microphones, sensors in streets, parks, halls open to everyone."), law="5h"),
    Question("emotions", _("Does it guess people’s emotions or intentions?"),
             _("From the face, the voice, the way of moving or typing."), law="annex_3_1"),
    Question("scores", _("Does it score people or draw up their profile?"),
             _("A mark, a risk, a category worked out from what is known of a person."), law="5c"),
    Question("final_say", _("Who has the last word, a person or the machine?"),
             choices={**AUTOMATION_LEVELS, UNKNOWN: DONT_KNOW}),
    Question("learns", _("Does it change by itself?"), choices=LEARNING, leaves_open="transparency"),
    Question("talks_to_public", _("Does it talk or write to the public?"),
             _("An assistant on a website or on the telephone."), leaves_open="transparency", law="50_1"),
    Question("synthetic_content", _("Does it make texts, pictures or sounds that are published?"),
             leaves_open="transparency", law="50_2"),
    Question("staff_management", _("Does it weigh on how staff are managed?"),
             _("Choosing applicants, sharing out work by behaviour, watching, rating, promoting."),
             law="annex_3_4"),
)  # fmt: skip

BY_KEY: dict[str, Question] = {one.key: one for one in QUESTIONS}
