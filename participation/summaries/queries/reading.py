"""The summary of a consultation, its themes, and the list of a collectivity's summaries."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.foundation.database import db
from participation.projects.models import Project
from participation.summaries.models import Summary, Theme, ThemeAssignment
from participation.summaries.queries.covering import is_to_be_covered


@dataclass(frozen=True)
class Listed:
    """A consultation with its summary, if one was started, as a line of the back office."""

    consultation: Consultation
    summary: Summary | None


def published_summary(consultation: Consultation) -> Summary | None:
    """Returns the summary in force of a consultation, with who signed it; None before it is published."""
    published = (
        sa.select(Summary)
        .where(Summary.consultation_id == consultation.id, Summary.published_at.is_not(None))
        .options(joinedload(Summary.signed_by).joinedload(Membership.person))
        .order_by(Summary.number.desc())
        .limit(1)
    )
    return db.session.scalar(published)


def published_summary_at(slug: str) -> Summary | None:
    """Returns the summary in force of the consultation at this address, with all that frames its page."""
    published = _framed().where(Consultation.slug == slug)
    return db.session.scalar(published.order_by(Summary.number.desc()).limit(1))


def published_summary_numbered(number: int) -> Summary | None:
    """Returns a published summary by its number in the table, with all that frames its page."""
    return db.session.scalar(_framed().where(Summary.id == number))


def published_summaries(project_id: int | None = None) -> list[int]:
    """Returns the numbers of the published summaries, of one project when it is named."""
    published = sa.select(Summary.id).where(Summary.published_at.is_not(None)).order_by(Summary.id)
    if project_id is not None:
        published = published.join(Consultation, Consultation.id == Summary.consultation_id).where(
            Consultation.project_id == project_id
        )
    return list(db.session.scalars(published))


def _framed() -> sa.Select[Summary]:
    return (
        sa.select(Summary)
        .join(Consultation, Consultation.id == Summary.consultation_id)
        .where(Summary.published_at.is_not(None))
        .options(
            contains_eager(Summary.consultation)
            .joinedload(Consultation.project)
            .joinedload(Project.collectivity),
            joinedload(Summary.signed_by).joinedload(Membership.person),
        )
    )


def has_published_summary(consultation_id: int) -> bool:
    """Tells whether the summary of a consultation is frozen."""
    published = sa.select(Summary.id).where(
        Summary.consultation_id == consultation_id, Summary.published_at.is_not(None)
    )
    return db.session.scalar(published.limit(1)) is not None


def draft_of(consultation: Consultation) -> Summary | None:
    """Returns the summary being written; None when nobody started it, or once it is published."""
    draft = sa.select(Summary).where(
        Summary.consultation_id == consultation.id, Summary.published_at.is_(None)
    )
    return db.session.scalar(draft.order_by(Summary.number.desc()).limit(1))


def themes_of(consultation: Consultation) -> list[Theme]:
    """Returns the themes of a consultation in their order."""
    ordered = sa.select(Theme).where(Theme.consultation_id == consultation.id)
    return list(db.session.scalars(ordered.order_by(Theme.position, Theme.id)))


def is_under(theme: Theme) -> sa.ColumnElement[bool]:
    """Tells whether a contribution is sorted under a theme."""
    return (
        sa.exists()
        .where(ThemeAssignment.contribution_id == Contribution.id, ThemeAssignment.theme_id == theme.id)
        .correlate(Contribution)
    )


def themes_of_contribution(contribution: Contribution) -> list[Theme]:
    """Returns the themes a contribution is sorted under, in their order."""
    sorted_under = (
        sa.select(Theme)
        .join(ThemeAssignment, ThemeAssignment.theme_id == Theme.id)
        .where(ThemeAssignment.contribution_id == contribution.id)
        .order_by(Theme.position, Theme.id)
    )
    return list(db.session.scalars(sorted_under))


def theme_sizes(consultation_id: int) -> dict[int, int]:
    """Returns how many public contributions of residents stand under each theme; empty ones left out."""
    counted = (
        sa.select(ThemeAssignment.theme_id, sa.func.count())
        .join(Contribution, Contribution.id == ThemeAssignment.contribution_id)
        .where(is_to_be_covered(consultation_id))
        .group_by(ThemeAssignment.theme_id)
    )
    return dict(db.session.execute(counted).all())


def summaries_of(collectivity_id: int, limit: int = 200) -> list[Listed]:
    """Returns the announced consultations of a collectivity, last closed first, each with its summary."""
    latest = sa.select(sa.func.max(Summary.id)).group_by(Summary.consultation_id)
    rows = db.session.execute(
        sa.select(Consultation, Summary)
        .join(Project, Project.id == Consultation.project_id)
        .outerjoin(Summary, sa.and_(Summary.consultation_id == Consultation.id, Summary.id.in_(latest)))
        .where(Project.collectivity_id == collectivity_id, Consultation.announced_at.is_not(None))
        .options(joinedload(Consultation.project))
        .order_by(Consultation.closes_at.desc(), Consultation.id.desc())
        .limit(limit)
    )
    return [Listed(consultation, summary) for consultation, summary in rows]
