"""What a discussion shows, tab by tab, whatever its order."""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from participation.consultations.models import Participant
from participation.contributions.models import Contribution, Kind, Stance, Visibility
from participation.foundation.database import UTCDateTime
from participation.projects.models import OpenPoint

# What keeps a place in the discussion: a hidden text leaves a placeholder.
SHOWN = (Visibility.PUBLISHED, Visibility.HIDDEN)
# What a comment shows of itself and of its author; the rest stays in the database.
AS_SHOWN = (
    defer(Contribution.salt),
    joinedload(Contribution.participant, innerjoin=True).load_only(
        Participant.display_name, Participant.channel, Participant.is_identified
    ),
    joinedload(Contribution.open_point).load_only(OpenPoint.published_text, OpenPoint.is_published),
)
EVERYTHING = sa.true()


class Shown(enum.StrEnum):
    """The tabs of a discussion."""

    ALL = "all"
    FOR = "for"
    AGAINST = "against"
    CONDITIONS = "conditions"
    QUESTIONS = "questions"
    EXPERIENCES = "experiences"


FILTERS: dict[Shown, sa.ColumnElement[bool]] = {
    Shown.ALL: sa.true(),
    Shown.FOR: Contribution.stance == Stance.FOR,
    Shown.AGAINST: Contribution.stance == Stance.AGAINST,
    Shown.CONDITIONS: Contribution.kind == Kind.CONDITION,
    Shown.QUESTIONS: Contribution.kind == Kind.SERVICE_QUESTION,
    Shown.EXPERIENCES: Contribution.kind == Kind.EXPERIENCE,
}


def top_level(shown: Shown) -> sa.Select[Contribution]:
    """Returns the statement of the comments of a tab, in no order yet."""
    return sa.select(Contribution).where(
        Contribution.consultation_id == sa.bindparam("consultation_id"),
        Contribution.parent_id.is_(None),
        keeps_its_place(),
        FILTERS[shown],
    )


def keeps_its_place() -> sa.ColumnElement[bool]:
    """Tells what a discussion shows: texts, places of hidden ones, and of withdrawn ones with replies."""
    answered = sa.or_(Contribution.reply_count > 0, Contribution.thread_count > 0)
    was_public = Contribution.visibility != Visibility.PENDING
    return sa.or_(Contribution.visibility.in_(SHOWN), sa.and_(was_public, answered))


def said_before(at: str, number: str) -> sa.ColumnElement[bool]:
    """Tells what was said before the comment of these two values of a statement."""
    return sa.tuple_(Contribution.created_at, Contribution.id) < _said(at, number)


def said_after(at: str, number: str) -> sa.ColumnElement[bool]:
    """Tells what was said after the comment of these two values of a statement."""
    return sa.tuple_(Contribution.created_at, Contribution.id) > _said(at, number)


def is_about(subject: str) -> sa.ColumnElement[bool]:
    """Tells what was said on one thing of a project: `field:budget`, `point:annonce`."""
    kind, _colon, name = subject.partition(":")
    if kind == "point":
        keyed = sa.select(OpenPoint.id).where(OpenPoint.key == name)
        return Contribution.open_point_id.in_(keyed)
    return sa.and_(Contribution.dossier_field == name, Contribution.open_point_id.is_(None))


def _said(at: str, number: str) -> sa.Tuple:
    return sa.tuple_(sa.bindparam(at, type_=UTCDateTime()), sa.bindparam(number, type_=sa.Integer))
