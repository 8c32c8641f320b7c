"""Reading who took part, who was told, and what became of what one person wrote."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    Position,
    UsefulVote,
    Visibility,
)
from participation.decisions.models import DecisionVersion, ThemeAnswer
from participation.decisions.queries import answers_of, theme_links
from participation.foundation.database import db
from participation.notifications.models import Notice, NoticeState
from participation.summaries.models import Orphan, OrphanReason, Summary


@dataclass(frozen=True)
class Fate:
    """What became of one contribution: the answers to its themes, or why it is in none."""

    contribution: Contribution
    answers: list[ThemeAnswer] = field(default_factory=list)
    left_out: OrphanReason | None = None


def people_to_tell(version: DecisionVersion, limit: int) -> list[int]:
    """Returns some of the people who took part in any way and have no notice of this version yet."""
    summary = version.decision.summary
    if summary is None:
        return []
    told = sa.select(Notice.id).where(Notice.version_id == version.id, Notice.person_id == Person.id)
    waiting = (
        sa.select(Person.id)
        .join(Participant, Participant.person_id == Person.id)
        .where(
            Participant.consultation_id == summary.consultation_id,
            Person.email.is_not(None),
            _took_part(),
            ~told.exists(),
        )
    )
    # Once, whoever took part under several identities.
    return list(db.session.scalars(waiting.distinct().order_by(Person.id).limit(limit)))


def fates_of(person_id: int, version: DecisionVersion) -> list[Fate]:
    """Returns what became of each published contribution of a person, in the order they wrote them."""
    summary = version.decision.summary
    if summary is None:
        return []
    return fates_of_texts(_published_by(person_id, summary), version, summary)


def fates_of_texts(written: list[Contribution], version: DecisionVersion, summary: Summary) -> list[Fate]:
    """Returns what became of each of these published texts, in their order."""
    if not written:
        return []
    identifiers = [contribution.id for contribution in written]
    links = theme_links(summary).subquery()
    themes: dict[int, set[int]] = {}
    for theme_id, contribution_id in db.session.execute(
        sa.select(links.c.theme_id, links.c.contribution_id).where(links.c.contribution_id.in_(identifiers))
    ):
        themes.setdefault(contribution_id, set()).add(theme_id)
    reasons = _why_left_out(summary, identifiers)
    answers = answers_of(version)
    return [
        Fate(
            contribution,
            [answer for answer in answers if answer.theme_id in themes.get(contribution.id, ())],
            reasons.get(contribution.id),
        )
        for contribution in written
    ]


def people_told(version_id: int) -> int:
    """Returns how many people were told of a version."""
    told = sa.select(sa.func.count()).select_from(Notice)
    return db.session.scalar(told.filter_by(version_id=version_id, state=NoticeState.SENT)) or 0


def _took_part() -> sa.ColumnElement[bool]:
    """A position, a support, a vote, or words of one's own: replies given for a service don't count."""
    own_words = sa.select(Contribution.id).where(
        Contribution.participant_id == Participant.id,
        Contribution.spoken_as == "",
        Contribution.visibility != Visibility.ERASED,
    )
    chosen = [
        sa.select(table.id).where(table.participant_id == Participant.id).exists()
        for table in (Position, ConditionSupport, UsefulVote)
    ]
    return sa.or_(own_words.exists(), *chosen)


def _published_by(person_id: int, summary: Summary) -> list[Contribution]:
    written = (
        sa.select(Contribution)
        .join(Contribution.participant)
        .where(
            Participant.person_id == person_id,
            Contribution.consultation_id == summary.consultation_id,
            Contribution.visibility == Visibility.PUBLISHED,
            Contribution.spoken_as == "",
        )
    )
    return list(db.session.scalars(written.order_by(Contribution.created_at, Contribution.id)))


def _why_left_out(summary: Summary, contribution_ids: list[int]) -> dict[int, OrphanReason]:
    listed = sa.select(Orphan).where(
        Orphan.summary_id == summary.id, Orphan.contribution_id.in_(contribution_ids)
    )
    return {orphan.contribution_id: orphan.reason for orphan in db.session.scalars(listed)}
