"""A public project as plain values, whatever gathered it: all that an export may say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from participation.projects.dossier.details import Row
from participation.projects.dossier.policies import ALL_SUB_POLICIES, POLICIES
from participation.projects.dossier.published import Answer, PublishedDossier

LICENCE_NAME = "Licence Ouverte 2.0"
LICENCE_ADDRESS = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"

STATUSES = (
    "proposed", "in_consultation", "under_review", "adopted", "adopted_with_changes", "postponed", "refused",
    "without_ai", "in_service", "evaluated", "stopped", "abandoned",
)  # fmt: skip


@dataclass(frozen=True)
class Body:
    """The public body that answers for a project."""

    slug: str
    name: str
    siret: str = ""
    email: str = ""
    population: int | None = None
    address: str = ""
    logo: str = ""
    timezone: str = "Europe/Paris"


@dataclass(frozen=True)
class Consulted:
    """An announced consultation; its closing is unknown while it is suspended."""

    ref: str
    title: str
    language: str
    address: str
    opens_at: datetime
    closes_at: datetime | None
    perimeter: str = ""
    use_of_answers: str = ""
    decided_by: str = ""
    answer_due_on: date | None = None
    is_suspended: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True)
class Decided:
    """A decision in force."""

    ref: str
    address: str
    outcome: str
    title: str
    language: str
    body: str
    held_on: date
    reasons: str
    act_number: str = ""
    votes: str = ""
    published_at: datetime | None = None
    without_consultation: str = ""


@dataclass(frozen=True)
class Version:
    """That the dossier was published once, and why."""

    number: int
    published_at: datetime
    reason: str
    language: str
    published_by: str = ""


@dataclass(frozen=True)
class Record:
    """One public project; versions oldest first, consultations and decisions newest first.

    `status` is its stage, more finely: `adopted`, `adopted_with_changes`, `postponed`, `refused` and
    `without_ai` once decided, `abandoned` when it was stopped before it ever was in service.
    """

    ref: str
    slug: str
    language: str
    address: str
    short_address: str
    stage: str
    status: str
    body: Body
    dossier: PublishedDossier
    versions: Sequence[Version]
    consultations: Sequence[Consulted] = ()
    decisions: Sequence[Decided] = ()
    proposed_at: datetime | None = None
    in_service_on: date | None = None
    evaluated_on: date | None = None
    stopped_on: date | None = None
    imported_from: str | None = None
    imported_at: datetime | None = None

    @property
    def uuid(self) -> str:
        """Returns its identifier, made from its short address: the same while the site keeps its name."""
        return str(uuid5(NAMESPACE_URL, self.short_address))

    @property
    def published_on(self) -> date | None:
        """Returns the day of the first version, where the public body is."""
        return self.day_of(self.versions[0].published_at) if self.versions else None

    @property
    def changed_on(self) -> date | None:
        """Returns the day of the version in force, where the public body is."""
        return self.day_of(self.versions[-1].published_at) if self.versions else None

    @property
    def keywords(self) -> list[str]:
        """Returns the words of its public policy."""
        said = (POLICIES.get(self.code("policy")), ALL_SUB_POLICIES.get(self.part("policy", "sub_policy")))
        return [str(words) for words in said if words]

    def day_of(self, moment: datetime) -> date:
        """Returns the calendar day of a moment where the public body is."""
        return moment.astimezone(ZoneInfo(self.body.timezone)).date()

    def answer(self, field: str) -> Answer | None:
        """Returns the answer to a field, None when there is none."""
        return self.dossier.answers.get(field)

    def answered(self, field: str) -> Answer | None:
        """Returns the answer to a field, None unless it says something of the project."""
        answer = self.answer(field)
        return answer if answer is not None and answer.is_answered else None

    def text(self, field: str) -> str:
        """Returns the sentences of a field, empty unless it is answered."""
        answer = self.answered(field)
        return answer.text if answer else ""

    def codes(self, field: str) -> list[str]:
        """Returns the values chosen in the closed list of a field."""
        if field == "status":
            return [self.status]
        answer = self.answered(field)
        return answer.choices if answer else []

    def code(self, field: str) -> str:
        """Returns the value chosen in the closed list of a field, empty without one."""
        return next(iter(self.codes(field)), "")

    def part(self, field: str, part: str) -> str:
        """Returns one part of an answer, empty without one."""
        answer = self.answered(field)
        return answer.parts.get(part, "") if answer else ""

    def rows(self, field: str) -> Sequence[Row]:
        """Returns the rows of an answer."""
        answer = self.answered(field)
        return answer.rows if answer else ()
