"""What the guidance comes to: a class, why, what is owed, and what French law and the GDPR add."""

from dataclasses import dataclass
from datetime import date

from participation.projects.dossier.choices import RISK_CATEGORIES
from participation.projects.dossier.guidance.law import Law
from participation.projects.dossier.guidance.laws import LAWS

# From the lightest to the heaviest; «doubt» and «outside» are not on this scale.
SCALE = ("minimal", "transparency", "high", "prohibited")


@dataclass(frozen=True)
class Reason:
    """An answer, and what it leads to: a class, or the heaviest class it leaves possible.

    `question` is the key of a question or of an item of a check-list; `words` a sentence.
    """

    question: str
    asked: object
    answer: tuple[object, ...]
    category: str
    law: Law
    words: object

    @property
    def weight(self) -> int:
        """Returns the place of its class on the scale, 0 for the lightest."""
        return SCALE.index(self.category)


@dataclass(frozen=True)
class Duty:
    """Something the collectivity owes, and from which day."""

    law: Law
    applies_from: date
    applies_now: bool

    @property
    def words(self) -> object:
        """Returns what is to be done."""
        return self.law.says


@dataclass(frozen=True)
class Consequence:
    """What French law or the GDPR makes of the answers; to be confirmed when one of them is missing."""

    words: object
    law: Law
    is_to_confirm: bool = False


@dataclass(frozen=True)
class Screening:
    """How many of the nine WP248 criteria are met, and how many could be."""

    met: tuple[object, ...]
    unknown: tuple[object, ...]

    @property
    def count(self) -> int:
        """Returns the criteria met, out of nine."""
        return len(self.met)


@dataclass(frozen=True)
class Source:
    """Where several texts were read, how sure that is, and when it was checked."""

    source: object
    confidence_words: object
    checked_on: date
    laws: tuple[Law, ...]


@dataclass(frozen=True)
class Assessment:
    """The whole indication."""

    category: str
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    coming: tuple[Reason, ...]
    lightened: tuple[Reason, ...]
    duties: tuple[Duty, ...]
    decisions: tuple[Consequence, ...]
    privacy: tuple[Consequence, ...]
    screening: Screening
    rules_version: str
    rules_checked_on: date

    @property
    def words(self) -> object:
        """Returns the class in words."""
        return RISK_CATEGORIES[self.category]

    @staticmethod
    def words_of(category: str) -> object:
        """Returns another class in words."""
        return RISK_CATEGORIES[category]

    @property
    def at_least(self) -> str:
        """Returns the heaviest class that is certain, when a doubt hides it; else nothing."""
        certain = [one.category for one in self.reasons if one.category in SCALE]
        return max(certain, key=SCALE.index, default="") if self.category == "doubt" else ""

    @property
    def may_be_no_ai(self) -> bool:
        """Tells whether nobody knows if it is AI: nothing of the AI Act is then certain."""
        return any(one.question == "uses_ai" for one in self.doubts)

    @property
    def needs_mention(self) -> bool:
        """Tells whether decisions must bear the explicit mention."""
        return any(one.law.key == "mention" and not one.is_to_confirm for one in self.decisions)

    @property
    def laws(self) -> list[Law]:
        """Returns every text this indication rests on, in the order of the tables."""
        used = {one.law.key for one in (*self.reasons, *self.doubts, *self.coming, *self.lightened)}
        used |= {one.law.key for one in self.duties}
        used |= {one.law.key for one in (*self.decisions, *self.privacy)}
        if "gdpr_dpia" in used:
            used.add("wp248")
        return [law for key, law in LAWS.items() if key in used]

    @property
    def sources(self) -> list[Source]:
        """Returns the same texts by the source in which they were read."""
        groups: dict[tuple[str, str, date], list[Law]] = {}
        for law in self.laws:
            groups.setdefault((str(law.source), law.confidence, law.checked_on), []).append(law)
        return [
            Source(laws[0].source, laws[0].confidence_words, laws[0].checked_on, tuple(laws))
            for laws in groups.values()
        ]
