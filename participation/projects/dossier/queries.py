"""Reading what the public projects of a collectivity say of each article of its AI charter."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from participation.foundation.database import db
from participation.projects.models import CharterStatement, Compliance, Project
from participation.projects.queries import is_public


@dataclass(frozen=True)
class Derogation:
    """A public project that derogates from an article."""

    slug: str
    title: str
    language: str


@dataclass(frozen=True)
class CharterTally:
    """How many public projects say what of one article, and which derogate."""

    counts: Counter[Compliance] = field(default_factory=Counter)
    derogations: list[Derogation] = field(default_factory=list)


def charter_tallies(collectivity_id: int, now: datetime) -> dict[str, CharterTally]:
    """Returns what the public projects of a collectivity say of each article, in one statement.

    Read from what publishing a dossier wrote, rather than from every snapshot, which hold whole dossiers.
    """
    said = CharterStatement.published_compliance
    derogates = said == Compliance.DEROGATES
    named = [sa.case((derogates, column)) for column in (Project.slug, Project.title, Project.language)]
    counted = (
        sa.select(CharterStatement.article_key, said, sa.func.count(), *named)
        .join(Project, Project.id == CharterStatement.project_id)
        .where(Project.collectivity_id == collectivity_id, is_public(now), said.is_not(None))
        .group_by(CharterStatement.article_key, said, *named)
        .order_by(CharterStatement.article_key, named[1], named[0])
    )
    tallies: dict[str, CharterTally] = {}
    for key, compliance, count, slug, title, language in db.session.execute(counted):
        tally = tallies.setdefault(key, CharterTally())
        tally.counts[compliance] += count
        if slug:
            tally.derogations.append(Derogation(slug, title, language))
    return tallies
