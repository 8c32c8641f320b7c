"""Reading what people follow: one thing with its name and page, one's own list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.contributions.queries.places import WHERE_SAID
from participation.foundation import clock
from participation.foundation.database import Model, db
from participation.foundation.text import excerpt
from participation.notifications.models import SubjectKind, Subscription
from participation.projects.models import Project

PAGE_SIZE = 20
Row = TypeVar("Row", bound=Model)
LONGEST_TITLE = 120


@dataclass(frozen=True)
class SubjectShown:
    """Something that is followed, as a page names it and links to it."""

    kind: SubjectKind
    number: int
    title: str
    language: str
    project: Project
    # The page of it, and what that page is called with.
    endpoint: str
    values: dict[str, str]
    consultation: Consultation | None = None


@dataclass(frozen=True)
class Followed:
    """A subscription with what it is to; None once that is no longer public."""

    subscription: Subscription
    shown: SubjectShown | None


@dataclass(frozen=True)
class FollowedPage:
    """Twenty things followed at most, newest first, how many there are, where the next page begins."""

    followed: list[Followed]
    total: int
    next_cursor: int | None


def of_project(project: Project) -> SubjectShown | None:
    """Returns a project that everybody may read as something to follow."""
    if project.proposed_at is None or project.proposed_at > clock.now():
        return None
    values = {"slug": project.slug}
    return SubjectShown(
        SubjectKind.PROJECT, project.id, project.title, project.language, project, "projects.show", values
    )


def of_consultation(consultation: Consultation) -> SubjectShown | None:
    """Returns an announced consultation as something to follow."""
    if not consultation.is_public:
        return None
    return SubjectShown(
        SubjectKind.CONSULTATION,
        consultation.id,
        consultation.title,
        consultation.language,
        consultation.project,
        "consultations.show",
        {"slug": consultation.slug},
        consultation,
    )


def of_question(question: Contribution) -> SubjectShown | None:
    """Returns a public question to a service as something to follow; nothing else that people wrote is."""
    if not question.is_question or not question.is_published or not question.is_public_place:
        return None
    return SubjectShown(
        SubjectKind.QUESTION,
        question.id,
        excerpt(question.body, LONGEST_TITLE),
        question.language,
        question.project,
        "contributions.show",
        {"ref": question.ref},
        question.consultation,
    )


def shown_subject(kind: SubjectKind, number: int) -> SubjectShown | None:
    """Returns what a subscription is to; None once it is no longer public."""
    return _shown([(kind, number)]).get((kind, number))


def subscription_of(person: Person | None, kind: SubjectKind, number: int) -> Subscription | None:
    """Returns that somebody follows this; None for visitors, and while a guest has not confirmed."""
    if person is None:
        return None
    found = sa.select(Subscription).filter_by(person_id=person.id, subject_kind=kind, subject_id=number)
    return db.session.scalar(found.where(Subscription.confirmed_at.is_not(None)))


def followed_by(person: Person, *, before: int | None = None, size: int = PAGE_SIZE) -> FollowedPage:
    """Returns what somebody follows, last chosen first."""
    own = sa.select(Subscription).where(
        Subscription.person_id == person.id, Subscription.confirmed_at.is_not(None)
    )
    total = db.session.scalar(own.with_only_columns(sa.func.count())) or 0
    page = own if before is None else own.where(Subscription.id < before)
    rows = list(db.session.scalars(page.order_by(Subscription.id.desc()).limit(size + 1)))
    shown = _shown([(one.subject_kind, one.subject_id) for one in rows[:size]])
    followed = [Followed(one, shown.get((one.subject_kind, one.subject_id))) for one in rows[:size]]
    return FollowedPage(followed, total, rows[size - 1].id if len(rows) > size else None)


def _shown(subjects: Iterable[tuple[SubjectKind, int]]) -> dict[tuple[SubjectKind, int], SubjectShown]:
    """Reads things of the three kinds, in one statement for each kind."""
    numbers: dict[SubjectKind, set[int]] = {kind: set() for kind in SubjectKind}
    for kind, number in subjects:
        numbers[kind].add(number)
    with_body = joinedload(Project.collectivity)
    with_project = joinedload(Consultation.project).joinedload(Project.collectivity)
    projects = _read(Project, numbers[SubjectKind.PROJECT], with_body)
    consultations = _read(Consultation, numbers[SubjectKind.CONSULTATION], with_project)
    questions = _read(Contribution, numbers[SubjectKind.QUESTION], *WHERE_SAID)
    found = [
        *map(of_project, projects),
        *map(of_consultation, consultations),
        *map(of_question, questions),
    ]
    return {(one.kind, one.number): one for one in found if one is not None}


def _read(table: type[Row], numbers: set[int], *around: ExecutableOption) -> list[Row]:
    """Returns rows by their numbers; no statement when there is none."""
    if not numbers:
        return []
    return list(db.session.scalars(sa.select(table).where(table.id.in_(numbers)).options(*around)))
