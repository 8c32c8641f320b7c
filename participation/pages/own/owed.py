"""What one person is owed, by when: answers to their questions, decisions, appeals; late ones first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.activity.models import Deadline
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import Contribution, Kind, Visibility
from participation.foundation.database import db
from participation.foundation.dates import local_day
from participation.moderation.actions.appealing import OWED as APPEAL
from participation.moderation.models import Appeal, ModerationDecision
from participation.projects.models import Project

QUESTION, DECISION = Kind.SERVICE_QUESTION.value, "decision"
SHOWN = 20


@dataclass(frozen=True)
class OwedToMe:
    """One thing owed to the person who reads it; a consultation for a decision, a text for the others."""

    deadline: Deadline
    project: Project
    is_late: bool
    # Days on the calendar until it is due, or since it was.
    days: int
    consultation: Consultation | None = None
    contribution: Contribution | None = None

    @property
    def kind(self) -> str:
        """Returns what is owed: an answer, a decision, a second look."""
        return {QUESTION: "question", DECISION: "decision", APPEAL: "appeal"}[self.deadline.kind]


def owed_to(person: Person, now: datetime, *, limit: int = SHOWN) -> tuple[list[OwedToMe], int]:
    """Returns what somebody is owed, longest late first, and how many things there are in all."""
    owed = (
        sa.select(Deadline, Project)
        .join(Project, Project.id == Deadline.project_id)
        .where(Deadline.done_at.is_(None), sa.or_(*_own_clocks(person)))
        .options(joinedload(Project.collectivity))
    )
    total = db.session.scalar(owed.with_only_columns(sa.func.count())) or 0
    rows = db.session.execute(owed.order_by(Deadline.due_at, Deadline.id).limit(limit)).all()
    consultations, texts = _consultations(rows), _texts(rows)
    return [_owed(row[0], row[1], now, consultations, texts) for row in rows], total


def _own_clocks(person: Person) -> list[sa.ColumnElement[bool]]:
    own = sa.select(Participant.id).where(Participant.person_id == person.id)
    questions = sa.select(_subject("contribution", Contribution.id)).where(
        Contribution.participant_id.in_(own),
        Contribution.kind == Kind.SERVICE_QUESTION,
        Contribution.visibility == Visibility.PUBLISHED,
    )
    consultations = sa.select(_subject("consultation", Participant.consultation_id)).where(
        Participant.person_id == person.id, Participant.consultation_id.is_not(None)
    )
    appeals = (
        sa.select(_subject("appeal", Appeal.id))
        .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
        .join(Contribution, Contribution.id == ModerationDecision.contribution_id)
        .where(Contribution.participant_id.in_(own), Appeal.lodged_at.is_not(None))
    )
    return [
        sa.and_(Deadline.kind == kind, Deadline.subject.in_(subjects))
        for kind, subjects in ((QUESTION, questions), (DECISION, consultations), (APPEAL, appeals))
    ]


def _subject(kind: str, number: sa.orm.InstrumentedAttribute) -> sa.ColumnElement[str]:  # type: ignore[type-arg]
    return sa.literal(f"{kind}:").concat(sa.cast(number, sa.Text))


def _owed(
    deadline: Deadline,
    project: Project,
    now: datetime,
    consultations: dict[str, Consultation],
    texts: dict[str, Contribution],
) -> OwedToMe:
    zone = project.collectivity.timezone
    days = (local_day(deadline.due_at, zone) - local_day(deadline.shown_at(now), zone)).days
    return OwedToMe(
        deadline,
        project,
        is_late=deadline.is_late(now),
        days=abs(days),
        consultation=consultations.get(deadline.subject),
        contribution=texts.get(deadline.subject),
    )


def _consultations(rows: Sequence[sa.Row[Deadline, Project]]) -> dict[str, Consultation]:
    numbers = _numbers(rows, "consultation")
    if not numbers:
        return {}
    found = db.session.scalars(sa.select(Consultation).where(Consultation.id.in_(numbers)))
    return {f"consultation:{one.id}": one for one in found}


def _texts(rows: Sequence[sa.Row[Deadline, Project]]) -> dict[str, Contribution]:
    """Returns the questions and the texts that appeals are about, by the subject of their clock."""
    asked, appealed = _numbers(rows, "contribution"), _numbers(rows, "appeal")
    texts: dict[str, Contribution] = {}
    if asked:
        found = db.session.scalars(sa.select(Contribution).where(Contribution.id.in_(asked)))
        texts = {f"contribution:{one.id}": one for one in found}
    if appealed:
        about = (
            sa.select(Appeal.id, Contribution)
            .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
            .join(Contribution, Contribution.id == ModerationDecision.contribution_id)
            .where(Appeal.id.in_(appealed))
        )
        texts |= {f"appeal:{number}": one for number, one in db.session.execute(about)}
    return texts


def _numbers(rows: Sequence[sa.Row[Deadline, Project]], kind: str) -> set[int]:
    subjects = (row[0].subject.partition(":") for row in rows)
    return {int(number) for found, _colon, number in subjects if found == kind and number.isdigit()}
