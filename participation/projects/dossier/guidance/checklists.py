"""The check-lists: one for each practice of Article 5 and each ground of Article 6(3), and what opens each.

A list of a forbidden practice holds when all its items are «yes»; one «no» is enough to leave it. A list that
lightens a duty holds only when it is shown: an «I don’t know» there lightens nothing.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.guidance.questions import UNKNOWN

MAYBE = frozenset({"yes", UNKNOWN})
Condition = tuple[str, frozenset[str]]
# Any of the alternatives opens a list; an alternative holds when each of its conditions does.
Alternatives = tuple[tuple[Condition, ...], ...]


class Purpose(enum.StrEnum):
    """What a list is for."""

    FORBIDDEN = "forbidden"
    EXCEPTION = "exception"  # a ground of Article 6(3), or what all its grounds need
    VERIFICATION = "verification"  # recognising one person who asks for it is not high risk
    DISCLOSURE = "disclosure"  # Article 50(4): one item is enough
    DATA_PROTECTION = "data_protection"  # what the fourteen questions don’t say of the WP248 criteria


@dataclass(frozen=True)
class Item:
    """One line of a list, answered by yes, no or «I don’t know»; a way out frees when it is «yes»."""

    key: str
    words: object
    is_way_out: bool = False


@dataclass(frozen=True)
class Checklist:
    """A list, the article it is about and what opens it."""

    key: str
    title: object
    purpose: Purpose
    law: str
    opens: Alternatives
    items: tuple[Item, ...]

    def is_open(self, said: Mapping[str, frozenset[str]]) -> bool:
        """Tells whether the answers to the fourteen questions call for this list."""
        return any(all(said[key] & wanted for key, wanted in conditions) for conditions in self.opens)


def _when(key: str, *answers: str) -> Alternatives:
    return (((key, frozenset(answers) or MAYBE),),)


def _forbidden(key: str, title: object, opens: Alternatives, *items: Item) -> Checklist:
    return Checklist(f"a{key}", title, Purpose.FORBIDDEN, key, opens, items)


def _ground(key: str, title: object, *items: Item) -> Checklist:
    return Checklist(f"e{key}", title, Purpose.EXCEPTION, "6_3", _IN_ANNEX_3, items)


ANNEX_3_AREAS = frozenset(
    {"biometrics", "infrastructure", "education", "employment", "public_assistance", "emergency",
     "law_enforcement", "democracy", "other_listed"}
)  # fmt: skip
# Profiling closes the exception: its grounds are not even asked.
_NO_PROFILE: Condition = ("scores", frozenset({"no", UNKNOWN}))
_IN_ANNEX_3: Alternatives = (
    (("area", ANNEX_3_AREAS | {UNKNOWN}), _NO_PROFILE),
    (("biometrics", MAYBE), _NO_PROFILE),
    (("emotions", MAYBE), _NO_PROFILE),
    (("staff_management", MAYBE), _NO_PROFILE),
)
_ADDRESSES_PEOPLE = (*_when("talks_to_public"), *_when("synthetic_content"), *_when("scores"))
_MAY_ACCUSE = (*_when("area", "law_enforcement", UNKNOWN), *_when("decision", "control_or_enforcement"))

FORBIDDEN: tuple[Checklist, ...] = (
    _forbidden("5a", _("Manipulating people"), _ADDRESSES_PEOPLE,
               Item("a5a_technique", _("It influences people without their noticing, or misleads them.")),
               Item("a5a_choice", _("It leads them to a choice they would not have made.")),
               Item("a5a_harm", _("This harms them seriously, or may."))),
    _forbidden("5b", _("Exploiting weakness"), _when("affected", "vulnerable", UNKNOWN),
               Item("a5b_weakness", _("It takes advantage of people’s age, disability or poverty.")),
               Item("a5b_choice", _("It leads them to act differently than they would have.")),
               Item("a5b_harm", _("This harms them seriously, or may."))),
    _forbidden("5c", _("Social scoring"), _when("scores"),
               Item("a5c_behaviour", _("It rates people over time on their behaviour or their character.")),
               Item("a5c_consequence",
                    _("People are treated worse because of it, for something unrelated or out of "
                      "proportion."))),
    _forbidden("5d", _("Predicting offences"), _MAY_ACCUSE,
               Item("a5d_offence", _("It predicts that a person will commit an offence.")),
               Item("a5d_profile", _("It does so from their profile or character alone.")),
               Item("a5d_facts",
                    _("It only supports a person’s judgement, which rests on verified facts of an offence."),
                    is_way_out=True)),
    _forbidden("5e", _("Database of faces"), _when("biometrics"),
               Item("a5e_database", _("It builds or enlarges a database that recognises faces.")),
               Item("a5e_untargeted",
                    _("The pictures are collected from the internet or cameras, of anyone."))),
    _forbidden("5f", _("Emotions at work or at school"), _when("emotions"),
               Item("a5f_place", _("It guesses the emotions of staff at work, or of pupils or students.")),
               Item("a5f_safety", _("It serves a medical or safety reason only."), is_way_out=True)),
    _forbidden("5g", _("Sorting people from their body"), _when("biometrics"),
               Item("a5g_sorts", _("It sorts people one by one from their body or face.")),
               Item("a5g_traits",
                    _("It deduces their origin, opinions, union, religion, sex life or orientation."))),
    _forbidden("5h", _("Live recognition in public space"),
               ((("biometrics", MAYBE), ("public_space", MAYBE)),),
               Item("a5h_live", _("It recognises people at a distance and at once.")),
               Item("a5h_police", _("It serves the police or the prevention of offences."))),
    _forbidden("5ba", _("Intimate images"), _when("synthetic_content"),
               Item("a5ba_images",
                    _("It can make intimate images of a real person without their consent."))),
    _forbidden("5bb", _("Sexual images of children"), _when("synthetic_content"),
               Item("a5bb_images", _("It can make sexual images of children."))),
)  # fmt: skip

GROUNDS: tuple[Checklist, ...] = (
    _ground("63_narrow", _("A small, well-defined task"),
            Item("e63_narrow_task",
                 _("It only does a small procedural task: sorting papers, spotting duplicates, filling in a "
                   "table."))),
    _ground("63_improves", _("Improving finished work"),
            Item("e63_improves_after", _("A person finished the work before it comes in.")),
            Item("e63_improves_form", _("It only improves the form: language, layout."))),
    _ground("63_deviations", _("Checking past decisions"),
            Item("e63_deviations_past", _("It only spots past decisions that differ from the habit.")),
            Item("e63_deviations_review", _("A person looks at each again: it replaces no judgement."))),
    _ground("63_preparatory", _("Preparing the work"),
            Item("e63_preparatory_task",
                 _("It only prepares: looking up, filing, translating, linking documents.")),
            Item("e63_preparatory_judgement", _("A person then judges the whole file."))),
)  # fmt: skip

NO_RISK = _ground(
    "63_risk",
    _("No significant risk"),
    Item("e63_no_risk", _("It puts nobody’s health, safety or rights at risk, and sways no result.")),
)

VERIFICATION = Checklist(
    "v1", _("Checking one person who asks for it"), Purpose.VERIFICATION, "annex_3_1", _when("biometrics"),
    (Item("v1_one_to_one",
          _("It only checks that one person is who they say, for example a badge holder at a door.")),),
)  # fmt: skip

DISCLOSURE = Checklist(
    "d50_4", _("What readers must be told"), Purpose.DISCLOSURE, "50_4", _when("synthetic_content"),
    (Item("d50_4_fake", _("It makes pictures, sounds or videos that look real.")),
     Item("d50_4_text",
          _("Texts that inform the public are published without a person rereading and answering for "
            "them."))),
)  # fmt: skip

DATA_PROTECTION = Checklist(
    "w248", _("Personal data: how much, and with what effect"), Purpose.DATA_PROTECTION, "wp248",
    (*_when("personal_data", "pseudonymised", "identified", "sensitive", "biometric", UNKNOWN),
     *_when("public_space")),
    (Item("w248_scale", _("It uses data of a great number of people, or over a large territory.")),
     Item("w248_crossing", _("It brings together data that were collected for different purposes.")),
     Item("w248_blocks", _("It can keep somebody from a right, a service or a contract."))),
)  # fmt: skip

CHECKLISTS: tuple[Checklist, ...] = (
    *FORBIDDEN, VERIFICATION, *GROUNDS, NO_RISK, DISCLOSURE, DATA_PROTECTION,
)  # fmt: skip
