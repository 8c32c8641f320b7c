"""The fields of the dossier, declared once: names, labels, residents' questions, and what the gate asks.

Numbers and names are those of the reference table in dossier.md §2. Ten of them make a draft; the rest is
what the residents' ten questions and the opening of a consultation need.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.choices import (
    AUTOMATION_LEVELS,
    PERSONAL_DATA,
    POLICIES,
    RISK_CATEGORIES,
)

if TYPE_CHECKING:
    from participation.projects.models import Project

SHORT_LIMIT = 90


class Section(enum.StrEnum):
    """The parts of a dossier, in their order."""

    IDENTITY = "identity"
    WHY = "why"
    PEOPLE = "people"
    RIGHTS = "rights"
    DATA = "data"
    RISKS = "risks"
    COST = "cost"
    PARTICIPATION = "participation"


SECTIONS: dict[Section, object] = {
    Section.IDENTITY: _("Identity card"),
    Section.WHY: _("Why"),
    Section.PEOPLE: _("Who is concerned, with what effect"),
    Section.RIGHTS: _("Who decides, and my rights"),
    Section.DATA: _("Data"),
    Section.RISKS: _("Risks and safeguards"),
    Section.COST: _("Cost and environment"),
    Section.PARTICIPATION: _("Taking part and decision"),
}


class Gate(enum.StrEnum):
    """What a field must hold before a consultation opens."""

    HARD = "hard"  # an answer
    SOFT = "soft"  # an answer, or «not known yet» with a reason, a person and a date


class Kind(enum.StrEnum):
    """How a field is answered."""

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    COMPUTED = "computed"  # read from elsewhere: stage, open points, consultation, collectivity


@dataclass(frozen=True)
class Field:
    """One field; `choices` only for a closed list, whose answer may add sentences."""

    number: int
    name: str
    section: Section
    label: object
    question: object
    gate: Gate = Gate.HARD
    kind: Kind = Kind.TEXT
    choices: Mapping[str, object] = field(default_factory=dict)
    limit: int = 2500
    is_draft: bool = False
    has_short: bool = False

    @property
    def is_hard(self) -> bool:
        """Tells whether «not known yet» is refused."""
        return self.gate is Gate.HARD

    @property
    def is_written(self) -> bool:
        """Tells whether somebody answers it, rather than the platform."""
        return self.kind is not Kind.COMPUTED


FIELDS: tuple[Field, ...] = (
    Field(1, "name", Section.IDENTITY, _("Name of the project"), _("What is it called?"),
          kind=Kind.LINE, limit=100, is_draft=True),
    Field(2, "description_short", Section.IDENTITY, _("In two sentences"), _("In short, what does it do?"),
          limit=350, is_draft=True),
    Field(3, "organization", Section.IDENTITY, _("Public body in charge"), _("Who is behind the project?"),
          kind=Kind.COMPUTED, is_draft=True),
    Field(4, "department", Section.IDENTITY, _("Service in charge"), _("Which service takes care of it?"),
          gate=Gate.SOFT),
    Field(5, "competent_authority", Section.IDENTITY, _("Elected official or authority in charge"),
          _("Who decides, and answers for it?"), gate=Gate.SOFT, has_short=True),
    Field(6, "contact", Section.IDENTITY, _("Contact (a team)"), _("Whom can I ask?"), is_draft=True),
    Field(8, "policy", Section.IDENTITY, _("Public policy"), _("What is it about?"),
          gate=Gate.SOFT, kind=Kind.CHOICE, choices=POLICIES),
    Field(9, "status", Section.IDENTITY, _("Stage of the project"), _("Is it decided or not?"),
          kind=Kind.COMPUTED, is_draft=True),
    Field(11, "goal", Section.WHY, _("Goal"), _("Which problem is to be solved?"), is_draft=True),
    Field(14, "alternatives_considered", Section.WHY, _("Other solutions considered"),
          _("Why not without AI?"), is_draft=True),
    Field(15, "proportionality", Section.WHY, _("For and against"), _("Is it worth it?")),
    Field(18, "affected_groups", Section.PEOPLE, _("People concerned"), _("Am I concerned?"),
          gate=Gate.SOFT, has_short=True),
    Field(19, "impact", Section.PEOPLE, _("Effects on people"), _("What does it change for me?"),
          is_draft=True),
    Field(23, "automation_level", Section.RIGHTS, _("Level of automation"),
          _("Who decides in the end, a person or the machine?"),
          kind=Kind.CHOICE, choices=AUTOMATION_LEVELS, is_draft=True),
    Field(26, "objection_procedure", Section.RIGHTS, _("How to contest"),
          _("How do I contest, with whom, how fast?")),
    Field(27, "non_ai_alternative", Section.RIGHTS, _("Doing without it"),
          _("Can I refuse and see a person?"), gate=Gate.SOFT, has_short=True),
    Field(36, "source_data", Section.DATA, _("Data used"), _("Which data about me, about us?")),
    Field(39, "personal_data", Section.DATA, _("Personal data"), _("Can I be recognised?"),
          kind=Kind.CHOICE, choices=PERSONAL_DATA),
    Field(44, "risk_category", Section.RISKS, _("Risk class (an indication)"),
          _("Does the law call it risky?"), kind=Kind.CHOICE, choices=RISK_CATEGORIES),
    Field(45, "risks", Section.RISKS, _("Risks and what is done about them"), _("What can go wrong?"),
          gate=Gate.SOFT),
    Field(51, "budget", Section.COST, _("Cost"), _("How much does it cost, and who pays?"),
          gate=Gate.SOFT, has_short=True),
    Field(52, "environmental_impact", Section.COST, _("Environmental footprint"),
          _("How much energy, water, equipment?"), gate=Gate.SOFT, has_short=True),
    Field(57, "open_questions", Section.PARTICIPATION, _("What can still change, what is already decided"),
          _("Can my opinion change anything?"), kind=Kind.COMPUTED, is_draft=True),
    Field(58, "consultation", Section.PARTICIPATION, _("The consultation"),
          _("What will be done with my answer, and when?"), kind=Kind.COMPUTED),
)  # fmt: skip

BY_NAME = {one.name: one for one in FIELDS}


def missing_in(snapshot: Mapping[str, Any]) -> list[Field]:
    """Returns the fields of a dossier that keep a consultation from opening, in their order.

    The public body and the stage are always known; the consultation (58) is checked where it is announced,
    by the form that can't be sent without it.
    """
    answers = snapshot.get("answers", {})
    return [one for one in FIELDS if not _passes(one, answers.get(one.name), snapshot)]


def missing_for_consultation(project: "Project") -> list[Field]:
    """Returns what still lacks in the published dossier, the one that residents read."""
    from participation.projects.queries import published_version

    version = published_version(project)
    return missing_in(version.snapshot if version else {})


def _passes(one: Field, answer: Mapping[str, Any] | None, snapshot: Mapping[str, Any]) -> bool:
    if one.name == "open_questions":
        return bool(snapshot.get("open_points"))
    if not one.is_written:
        return True
    if answer is None:
        return False
    return answer["state"] == "answered" or not one.is_hard
