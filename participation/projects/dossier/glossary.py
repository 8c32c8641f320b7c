"""The public glossary: words of AI, of the law and of taking part, each in one plain sentence.

Editors are told where their text uses one of the words of `is_jargon` terms (`hints.py`).
"""

import enum
from dataclasses import dataclass
from functools import lru_cache

from participation.foundation.i18n import current_language, lazy_pgettext
from participation.foundation.i18n import lazy_gettext as _


class Family(enum.StrEnum):
    """What a term belongs to; the page of the glossary has a part for each."""

    AI = "artificial-intelligence"
    LAW = "law"
    TAKING_PART = "taking-part"


FAMILIES: dict[Family, object] = {
    Family.AI: _("Artificial intelligence"),
    Family.LAW: _("Law and rights"),
    Family.TAKING_PART: _("Taking part"),
}


@dataclass(frozen=True)
class Term:
    """A word and what it means; `forms` are its other spellings, separated by bars; `key` is its anchor."""

    key: str
    family: Family
    word: object
    meaning: object
    forms: object = ""
    # Whether a text for residents does better without it.
    is_jargon: bool = True

    @property
    def other_forms(self) -> list[str]:
        """Returns its other spellings in the language in use."""
        return [form for form in str(self.forms).split("|") if form]

    @property
    def spellings(self) -> list[str]:
        """Returns how it may be written in the language in use; what stands in brackets is one more."""
        word, _bracket, inside = str(self.word).partition(" (")
        return [*word.split(", "), *([inside.rstrip(")")] if inside else []), *self.other_forms]


TERMS = (
    Term(
        "ai",
        Family.AI,
        lazy_pgettext("glossary", "Artificial intelligence (AI)"),
        _(
            "Software that learns from examples or computes by itself a text, a ranking, a "
            "forecast or a decision."
        ),
        is_jargon=False,
    ),
    Term(
        "algorithm",
        Family.AI,
        lazy_pgettext("glossary", "Algorithm"),
        _("A list of steps that a computer follows to get from data to a result, like a recipe."),
        lazy_pgettext("glossary", "algorithms|algorithmic"),
    ),
    Term(
        "model",
        Family.AI,
        lazy_pgettext("glossary", "Model"),
        _("What the software kept of the examples it learnt from, and with which it answers new questions."),
        lazy_pgettext("glossary", "language model|foundation model"),
    ),
    Term(
        "learning",
        Family.AI,
        lazy_pgettext("glossary", "Machine learning"),
        _("The way software finds rules by itself in many examples, instead of being given the rules."),
        lazy_pgettext("glossary", "deep learning|trained model"),
    ),
    Term(
        "training-data",
        Family.AI,
        lazy_pgettext("glossary", "Training data"),
        _("The examples from which the software learnt."),
        lazy_pgettext("glossary", "training set|dataset"),
    ),
    Term(
        "bias",
        Family.AI,
        lazy_pgettext("glossary", "Bias"),
        _("A mistake that always hurts the same people, often because the examples were not like everybody."),
        lazy_pgettext("glossary", "biases|biased"),
    ),
    Term(
        "generative",
        Family.AI,
        lazy_pgettext("glossary", "Generative AI"),
        _("Software that writes texts or makes images or voices that nobody wrote, drew or said."),
        lazy_pgettext("glossary", "generative model"),
    ),
    Term(
        "hallucination",
        Family.AI,
        lazy_pgettext("glossary", "Hallucination"),
        _("A false statement that generative AI makes with the same assurance as a true one."),
        lazy_pgettext("glossary", "hallucinations|hallucinate"),
    ),
    Term(
        "chatbot",
        Family.AI,
        lazy_pgettext("glossary", "Conversational agent"),
        _("A machine one writes or talks to, and that answers in sentences."),
        lazy_pgettext("glossary", "chatbot|voicebot|callbot"),
    ),
    Term(
        "computer-vision",
        Family.AI,
        lazy_pgettext("glossary", "Analysis of images"),
        _("Software that finds objects, people or movements in pictures."),
        lazy_pgettext("glossary", "computer vision|image recognition"),
    ),
    Term(
        "biometrics",
        Family.AI,
        lazy_pgettext("glossary", "Biometrics"),
        _("Recognising somebody by their face, voice, fingers or way of walking."),
        lazy_pgettext("glossary", "biometric|facial recognition"),
    ),
    Term(
        "score",
        Family.AI,
        lazy_pgettext("glossary", "Score"),
        _("A number the software gives to a person or a file, to rank them or to say what comes first."),
        lazy_pgettext("glossary", "scoring"),
        is_jargon=False,
    ),
    Term(
        "profiling",
        Family.AI,
        lazy_pgettext("glossary", "Profiling"),
        _("Guessing something about a person from their data: health, work, behaviour, tastes."),
        lazy_pgettext("glossary", "profile people"),
    ),
    Term(
        "prediction",
        Family.AI,
        lazy_pgettext("glossary", "Predictive tool"),
        _("A tool that says what will probably happen, from what happened before."),
        lazy_pgettext("glossary", "predictive|prediction model"),
    ),
    Term(
        "false-positive",
        Family.AI,
        lazy_pgettext("glossary", "False positive, false negative"),
        _("A false alarm; and its contrary, something the machine should have seen and missed."),
        lazy_pgettext("glossary", "false positive|false negative"),
    ),
    Term(
        "threshold",
        Family.AI,
        lazy_pgettext("glossary", "Threshold"),
        _(
            "The limit from which the software answers “yes”: lowering it means more alarms, "
            "and more false ones."
        ),
        lazy_pgettext("glossary", "confidence threshold"),
        is_jargon=False,
    ),
    Term(
        "api",
        Family.AI,
        lazy_pgettext("glossary", "API"),
        _("The way one piece of software asks another for something."),
        lazy_pgettext("glossary", "application programming interface"),
    ),
    Term(
        "cloud",
        Family.AI,
        lazy_pgettext("glossary", "Cloud"),
        _("Computers of somebody else, used through the Internet."),
        lazy_pgettext("glossary", "cloud computing|SaaS"),
    ),
    Term(
        "open-source",
        Family.AI,
        lazy_pgettext("glossary", "Free software"),
        _("A program whose text can be read, checked and changed by anybody."),
        lazy_pgettext("glossary", "open source"),
    ),
    Term(
        "explainability",
        Family.AI,
        lazy_pgettext("glossary", "Explainability"),
        _("Whether one can say, in a case, why the machine answered what it answered."),
        lazy_pgettext("glossary", "explainable"),
    ),
    Term(
        "human-oversight",
        Family.AI,
        lazy_pgettext("glossary", "Human oversight"),
        _("Somebody understands what the machine says, and can set it aside or stop it."),
        lazy_pgettext("glossary", "human in the loop"),
    ),
    Term(
        "drift",
        Family.AI,
        lazy_pgettext("glossary", "Drift"),
        _("A tool becomes less good because the world changes and its examples don’t."),
        lazy_pgettext("glossary", "model drift"),
    ),
    Term(
        "sandbox",
        Family.AI,
        lazy_pgettext("glossary", "Trial"),
        _("A test in small, with an end date, before deciding to go on."),
        lazy_pgettext("glossary", "proof of concept|POC"),
        is_jargon=False,
    ),
    Term(
        "ai-act",
        Family.LAW,
        lazy_pgettext("glossary", "AI Act"),
        _("The European regulation of 2024 that forbids some uses of AI and sets duties for the risky ones."),
        lazy_pgettext("glossary", "artificial intelligence regulation"),
    ),
    Term(
        "high-risk",
        Family.LAW,
        lazy_pgettext("glossary", "High-risk system"),
        _(
            "A tool used in a field where a mistake weighs heavily on a life: the European "
            "regulation asks more of it."
        ),
        lazy_pgettext("glossary", "high risk system"),
    ),
    Term(
        "deployer",
        Family.LAW,
        lazy_pgettext("glossary", "Deployer"),
        _("Who uses the tool under their own authority: here, the public body."),
        lazy_pgettext("glossary", "deployers"),
    ),
    Term(
        "gdpr",
        Family.LAW,
        lazy_pgettext("glossary", "GDPR"),
        _("The European regulation that says what may be done with data about people."),
        lazy_pgettext("glossary", "general data protection regulation"),
    ),
    Term(
        "personal-data",
        Family.LAW,
        lazy_pgettext("glossary", "Personal data"),
        _("Anything that says something about a person who can be found again, even without their name."),
        is_jargon=False,
    ),
    Term(
        "sensitive-data",
        Family.LAW,
        lazy_pgettext("glossary", "Sensitive data"),
        _(
            "Data on health, origin, opinions, faith, sexual life, or the body: forbidden, "
            "but for exceptions."
        ),
        lazy_pgettext("glossary", "special categories of data"),
    ),
    Term(
        "pseudonymised",
        Family.LAW,
        lazy_pgettext("glossary", "Pseudonymised data"),
        _("Names are replaced by numbers, but somebody could still find who is who."),
        lazy_pgettext("glossary", "pseudonymisation|anonymised"),
    ),
    Term(
        "controller",
        Family.LAW,
        lazy_pgettext("glossary", "Data controller"),
        _("Who decides why and how personal data are used, and answers for it."),
        lazy_pgettext("glossary", "controller"),
    ),
    Term(
        "legal-basis",
        Family.LAW,
        lazy_pgettext("glossary", "Legal basis"),
        _("The reason the law accepts for using data: a public duty, a contract, consent…"),
        lazy_pgettext("glossary", "lawful basis"),
    ),
    Term(
        "dpo",
        Family.LAW,
        lazy_pgettext("glossary", "Data protection officer"),
        _(
            "The person who checks that a body respects the rules on personal data; anybody "
            "may write to them."
        ),
        lazy_pgettext("glossary", "DPO"),
    ),
    Term(
        "dpia",
        Family.LAW,
        lazy_pgettext("glossary", "Data protection impact assessment"),
        _(
            "A study made before starting: what could happen to people because of their "
            "data, and how to prevent it."
        ),
        lazy_pgettext("glossary", "DPIA"),
    ),
    Term(
        "fria",
        Family.LAW,
        lazy_pgettext("glossary", "Fundamental rights impact assessment"),
        _("The same for all fundamental rights, asked before using a high-risk system."),
        lazy_pgettext("glossary", "FRIA"),
    ),
    Term(
        "explicit-mention",
        Family.LAW,
        lazy_pgettext("glossary", "Explicit mention"),
        _(
            "The sentence that French law asks on each individual decision taken with the "
            "help of an algorithm."
        ),
    ),
    Term(
        "individual-decision",
        Family.LAW,
        lazy_pgettext("glossary", "Individual administrative decision"),
        _("A decision about one named person or body: a place in a nursery, a permit, an aid, a fine."),
    ),
    Term(
        "cada",
        Family.LAW,
        lazy_pgettext("glossary", "CADA"),
        _(
            "The independent authority to which one writes when a public body doesn’t give a "
            "document it must give."
        ),
    ),
    Term(
        "cnil",
        Family.LAW,
        lazy_pgettext("glossary", "CNIL"),
        _("The French authority that watches over personal data; anybody may complain to it for free."),
        is_jargon=False,
    ),
    Term(
        "consultation",
        Family.TAKING_PART,
        lazy_pgettext("glossary", "Consultation"),
        _(
            "A period in which everybody may give an opinion on a project, with rules and "
            "dates known in advance."
        ),
        is_jargon=False,
    ),
    Term(
        "open-point",
        Family.TAKING_PART,
        lazy_pgettext("glossary", "Open point"),
        _("Something in the project that opinions can still change."),
        is_jargon=False,
    ),
    Term(
        "condition",
        Family.TAKING_PART,
        lazy_pgettext("glossary", "Condition"),
        _("What must be done for somebody to accept the project: “yes, if…”."),
        is_jargon=False,
    ),
    Term(
        "proportionality",
        Family.TAKING_PART,
        lazy_pgettext("glossary", "Proportionality"),
        _(
            "Weighing what a tool brings against what it costs people: is it worth it, and "
            "is there something lighter?"
        ),
        lazy_pgettext("glossary", "proportionate"),
    ),
    Term(
        "not-known-yet",
        Family.TAKING_PART,
        lazy_pgettext("glossary", "Not known yet"),
        _("An honest answer: who will answer, and by which day, is written beside it."),
        is_jargon=False,
    ),
)


def jargon() -> tuple[tuple[Term, tuple[str, ...]], ...]:
    """Returns the terms to do without, each with its spellings in the language in use."""
    return _jargon(current_language())


@lru_cache(maxsize=8)
def _jargon(_language: str) -> tuple[tuple[Term, tuple[str, ...]], ...]:
    return tuple((one, tuple(one.spellings)) for one in TERMS if one.is_jargon)
