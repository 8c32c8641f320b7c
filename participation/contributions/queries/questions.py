"""Questions to the service of a project, with their clock and answer: those that wait first."""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased, defer, joinedload

from participation.activity.models import Deadline
from participation.activity.queries import shown_at
from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, Kind, ServiceAnswer, Visibility
from participation.contributions.queries.places import WHERE_SAID, with_project
from participation.contributions.queries.shown import AS_SHOWN
from participation.foundation.database import db
from participation.foundation.dates import local_day
from participation.projects.models import DossierVersion, OpenPoint, Project
from participation.projects.queries import versions_statement

PAGE_SIZE = 20
LONGEST_DESK = 100
_CURSOR = re.compile(r"(?:w([0-9]{1,16})|a)\.([1-9][0-9]{0,8})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Answered(enum.StrEnum):
    """What a reader keeps of the list."""

    ALL = "all"
    WAITING = "waiting"
    LATE = "late"


@dataclass(frozen=True)
class Asked:
    """One question with its clock, what was answered, and the public reply when there is one."""

    question: Contribution
    deadline: Deadline
    answer: ServiceAnswer | None = None
    reply: Contribution | None = None

    @property
    def is_answered(self) -> bool:
        """Tells whether its clock stopped: an answer is public, or a decision was published."""
        return self.deadline.done_at is not None

    def is_late(self, now: datetime) -> bool:
        """Tells whether nobody answered in time."""
        return not self.is_answered and self.deadline.is_late(now)

    def days_waiting(self, now: datetime) -> int:
        """Returns for how many days on the calendar everybody has been able to read it."""
        zone = self.question.project.collectivity.timezone
        return (local_day(now, zone) - local_day(self.deadline.created_at, zone)).days

    def days_late(self, now: datetime) -> int:
        """Returns how many days on the calendar have passed since an answer was due, 0 when it isn't late."""
        zone = self.question.project.collectivity.timezone
        shown = self.deadline.shown_at(now)
        return max(0, (local_day(shown, zone) - local_day(self.deadline.due_at, zone)).days)


@dataclass(frozen=True)
class QuestionsPage:
    """Twenty questions at most; `next_cursor` is empty on the last page."""

    questions: list[Asked]
    next_cursor: str


def deadline_of(question: Contribution) -> Deadline | None:
    """Returns the clock of a question; None before everybody can read it."""
    owed = sa.select(Deadline).filter_by(
        kind=Kind.SERVICE_QUESTION.value, subject=f"contribution:{question.id}"
    )
    return db.session.scalar(owed)


def versions_since(question: Contribution) -> list[DossierVersion]:
    """Returns the versions of the dossier published since a question was asked, newest first."""
    since = versions_statement(question.project.id).where(DossierVersion.published_at >= question.created_at)
    return list(db.session.scalars(since.options(defer(DossierVersion.snapshot))))


def asked_in(question: Contribution) -> Asked | None:
    """Returns a question with its clock and its answer; None while nothing is owed."""
    found = _questions().where(Contribution.id == question.id)
    return next(iter(with_answers(db.session.execute(found).all())), None)


def awaits_answer(question: Contribution) -> bool:
    """Tells whether its clock still runs, or stands still with its consultation."""
    owed = deadline_of(question)
    return owed is not None and owed.done_at is None


def service_answer_of(question: Contribution) -> ServiceAnswer | None:
    """Returns what a service answered to a question, public or waiting for a version."""
    found = sa.select(ServiceAnswer).filter_by(question_id=question.id)
    with_author = joinedload(ServiceAnswer.answered_by).joinedload(Membership.person)
    return db.session.scalar(found.options(joinedload(ServiceAnswer.version), with_author))


def questions_page(
    project: Project,
    now: datetime,
    *,
    answered: str = Answered.ALL,
    subject: str | None = None,
    after: str = "",
    size: int = PAGE_SIZE,
) -> QuestionsPage:
    """Returns public questions: those that wait, most urgent first, then the answered ones, newest first.

    `subject` keeps those on one thing (`field:budget`, `` for the whole project); None keeps all of them.
    """
    kept = public_questions_of(project.id)
    if subject is not None:
        kept = kept.where(_is_about(subject))
    if answered == Answered.LATE:
        kept = kept.where(Deadline.due_at < shown_at(now))
    cursor = _CURSOR.fullmatch(after)
    rows: list[sa.Row[Contribution, Deadline]] = []
    if cursor is None or cursor[1] is not None:
        rows = _waiting(kept, cursor, size + 1)
    if len(rows) <= size and answered not in (Answered.WAITING, Answered.LATE):
        place = int(cursor[2]) if cursor is not None and cursor[1] is None else None
        rows += _answered(kept, place, size + 1 - len(rows))
    shown = with_answers(rows[:size])
    return QuestionsPage(shown, _cursor_after(shown[-1]) if len(rows) > size else "")


def questions_to_answer(collectivity_id: int) -> list[Asked]:
    """Returns the public questions a collectivity hasn't answered, the oldest first, with their projects."""
    waiting = (
        with_project(_questions())
        .where(Project.collectivity_id == collectivity_id, Deadline.done_at.is_(None))
        .options(*WHERE_SAID)
        .order_by(Deadline.created_at, Deadline.id)
        .limit(LONGEST_DESK)
    )
    return with_answers(db.session.execute(waiting).all())


def with_answers(rows: Sequence[sa.Row[Contribution, Deadline]]) -> list[Asked]:
    """Adds what was answered to each question, in one statement; none when there is no question."""
    numbers = [question.id for question, _deadline in rows]
    reply = aliased(Contribution)
    given = (
        sa.select(ServiceAnswer, reply)
        .outerjoin(reply, reply.id == ServiceAnswer.reply_id)
        .where(ServiceAnswer.question_id.in_(numbers))
        .options(joinedload(ServiceAnswer.version), joinedload(ServiceAnswer.answered_by))
    )
    answers = {}
    if numbers:
        answers = {answer.question_id: (answer, said) for answer, said in db.session.execute(given)}
    return [Asked(question, deadline, *answers.get(question.id, ())) for question, deadline in rows]


def _questions() -> sa.Select[Contribution, Deadline]:
    """Selects public questions with their clocks."""
    subject = sa.literal("contribution:").concat(sa.cast(Contribution.id, sa.Text))
    is_clock = sa.and_(Deadline.kind == Kind.SERVICE_QUESTION.value, Deadline.subject == subject)
    return (
        sa.select(Contribution, Deadline)
        .join(Deadline, is_clock)
        .where(
            Contribution.kind == Kind.SERVICE_QUESTION,
            Contribution.parent_id.is_(None),
            Contribution.spoken_as == "",
            Contribution.visibility == Visibility.PUBLISHED,
        )
    )


def public_questions_of(project_id: int | sa.BindParameter[int]) -> sa.Select[Contribution, Deadline]:
    """Selects the public questions of a project, asked inside its consultations and outside any."""
    inside = sa.select(Consultation.id).where(
        Consultation.project_id == project_id, Consultation.announced_at.is_not(None)
    )
    is_here = sa.or_(Contribution.outside_project_id == project_id, Contribution.consultation_id.in_(inside))
    return _questions().where(Deadline.project_id == project_id, is_here)


def _is_about(subject: str) -> sa.ColumnElement[bool]:
    kind, _colon, name = subject.partition(":")
    if kind == "point":
        keyed = sa.select(OpenPoint.id).where(OpenPoint.key == name)
        return Contribution.open_point_id.in_(keyed)
    if kind == "field":
        return sa.and_(Contribution.dossier_field == name, Contribution.open_point_id.is_(None))
    return sa.and_(Contribution.dossier_field.is_(None), Contribution.open_point_id.is_(None))


def _waiting(
    kept: sa.Select[Contribution, Deadline], cursor: re.Match[str] | None, size: int
) -> list[sa.Row[Contribution, Deadline]]:
    waiting = kept.where(Deadline.done_at.is_(None))
    if cursor is not None:
        due_at = _EPOCH + timedelta(microseconds=int(cursor[1]))
        later = sa.or_(
            Deadline.due_at > due_at,
            sa.and_(Deadline.due_at == due_at, Contribution.id > int(cursor[2])),
        )
        waiting = waiting.where(later)
    return _read(waiting.order_by(Deadline.due_at, Contribution.id).limit(size))


def _answered(
    kept: sa.Select[Contribution, Deadline], before: int | None, size: int
) -> list[sa.Row[Contribution, Deadline]]:
    answered = kept.where(Deadline.done_at.is_not(None))
    if before is not None:
        answered = answered.where(Contribution.id < before)
    return _read(answered.order_by(Contribution.id.desc()).limit(size))


def _read(statement: sa.Select[Contribution, Deadline]) -> list[sa.Row[Contribution, Deadline]]:
    return list(db.session.execute(statement.options(*AS_SHOWN, *WHERE_SAID)).all())


def _cursor_after(last: Asked) -> str:
    if last.is_answered:
        return f"a.{last.question.id}"
    return f"w{(last.deadline.due_at - _EPOCH) // timedelta(microseconds=1)}.{last.question.id}"
