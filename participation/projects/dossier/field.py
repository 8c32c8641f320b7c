"""What a field of the dossier is: how it is answered, when it is asked, what the gate wants of it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from participation.foundation.i18n import lazy_gettext as _

SHORT_LIMIT = 90
MOST_ROWS = 30


class Section(enum.StrEnum):
    """The parts of a dossier, in their order."""

    IDENTITY = "identity"
    WHY = "why"
    PEOPLE = "people"
    RIGHTS = "rights"
    HOW = "how"
    DATA = "data"
    RISKS = "risks"
    COST = "cost"
    CONDITIONAL = "conditional"
    PARTICIPATION = "participation"


SECTIONS: dict[Section, object] = {
    Section.IDENTITY: _("Identity card"),
    Section.WHY: _("Why"),
    Section.PEOPLE: _("Who is concerned, with what effect"),
    Section.RIGHTS: _("Who decides, and my rights"),
    Section.HOW: _("How it works"),
    Section.DATA: _("Data"),
    Section.RISKS: _("Risks and safeguards"),
    Section.COST: _("Cost, environment, work"),
    Section.CONDITIONAL: _("What this kind of project must also say"),
    Section.PARTICIPATION: _("Taking part and decision"),
}


class Gate(enum.StrEnum):
    """What a field must hold before a consultation opens."""

    HARD = "hard"  # an answer
    SOFT = "soft"  # an answer, or «not known yet» with a reason, a person and a date
    OPTIONAL = "optional"  # nothing
    LATE = "late"  # nothing: it comes after the decision


class Condition(enum.StrEnum):
    """What makes a project owe more answers than others (`conditions.py` says when it holds)."""

    INDIVIDUAL_DECISION = "individual_decision"
    PERSONAL_DATA = "personal_data"
    HIGH_RISK = "high_risk"
    PUBLIC_SPACE = "public_space"
    GENERATIVE = "generative"
    STAFF = "staff"
    LEARNING = "learning"


class Kind(enum.StrEnum):
    """How a field is answered; each may add sentences to a list, a few parts or rows."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"  # several of a closed list
    PARTS = "parts"  # a few named values, the sentences being optional
    ROWS = "rows"  # several of the same, or sentences
    GUIDANCE = "guidance"  # computed from the questions on the law
    COMPUTED = "computed"  # read from elsewhere: stage, open points, consultation, collectivity


class PartKind(enum.StrEnum):
    """What a part of an answer holds; it is stored as text in all cases."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"  # joined by commas
    DAY = "day"  # 2027-03-12
    MONTH = "month"  # 2027-03
    NUMBER = "number"  # 48.85
    LINK = "link"  # http or https
    EMAIL = "email"


@dataclass(frozen=True)
class Part:
    """One named value inside an answer, or one column of its rows."""

    name: str
    label: object
    kind: PartKind = PartKind.LINE
    choices: Mapping[str, object] = field(default_factory=dict)
    is_required: bool = False
    limit: int = 300
    hint: object = ""


@dataclass(frozen=True)
class Field:
    """One field of the dossier.

    `choices`: only for a closed list. `conditions`: the field is asked when one of them holds, and is
    optional otherwise. `maps`: the attributes that say the same in each standard (`exports`).
    """

    number: int
    name: str
    section: Section
    label: object
    question: object
    gate: Gate = Gate.SOFT
    kind: Kind = Kind.TEXT
    choices: Mapping[str, object] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    rows: tuple[Part, ...] = ()
    has_figures: bool = False
    has_short: bool = False
    is_draft: bool = False
    limit: int = 2500
    conditions: frozenset[Condition] = frozenset()
    maps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hint: object = ""

    @property
    def is_hard(self) -> bool:
        """Tells whether «not known yet» is refused."""
        return self.gate is Gate.HARD

    @property
    def is_written(self) -> bool:
        """Tells whether somebody answers it, rather than the platform."""
        return self.kind is not Kind.COMPUTED

    def is_asked(self, holding: frozenset[Condition]) -> bool:
        """Tells whether a consultation waits for it, given what holds for the project."""
        if self.conditions:
            return bool(self.conditions & holding)
        return self.gate in (Gate.HARD, Gate.SOFT)


def maps(**standards: str | tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Returns a mapping to standards, a lone attribute given as a plain string."""
    return {name: (one,) if isinstance(one, str) else one for name, one in standards.items()}
