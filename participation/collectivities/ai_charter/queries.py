"""Reading the AI charter of a collectivity: its working copy, its versions."""

from typing import Any

import sqlalchemy as sa

from participation.collectivities.ai_charter.models import CharterArticle, CharterVersion
from participation.collectivities.ai_charter.reading import Charter, frozen, read
from participation.collectivities.models import Collectivity
from participation.foundation.database import db


def working_articles(collectivity: Collectivity) -> list[CharterArticle]:
    """Returns the articles of the working copy, in their order."""
    found = sa.select(CharterArticle).filter_by(collectivity_id=collectivity.id)
    return list(db.session.scalars(found.order_by(CharterArticle.position, CharterArticle.id)))


def working_article(collectivity: Collectivity, key: str) -> CharterArticle | None:
    """Returns one article of the working copy."""
    return db.session.scalar(sa.select(CharterArticle).filter_by(collectivity_id=collectivity.id, key=key))


def working_charter(collectivity: Collectivity) -> dict[str, Any]:
    """Returns the working copy as it would be published now."""
    return frozen(working_articles(collectivity))


def charter_versions(collectivity: Collectivity) -> list[CharterVersion]:
    """Returns every published version, newest first."""
    found = sa.select(CharterVersion).filter_by(collectivity_id=collectivity.id)
    return list(db.session.scalars(found.order_by(CharterVersion.number.desc())))


def charter_version(collectivity: Collectivity, number: int | None) -> CharterVersion | None:
    """Returns one published version."""
    found = sa.select(CharterVersion).filter_by(collectivity_id=collectivity.id, number=number)
    return db.session.scalar(found)


def version_in_force(collectivity: Collectivity) -> CharterVersion | None:
    """Returns the last published version; None, without asking the database, where there is no charter."""
    if collectivity.charter_number is None:
        return None
    return charter_version(collectivity, collectivity.charter_number)


def charter_in_force(collectivity: Collectivity) -> Charter | None:
    """Returns what the last published version says."""
    version = version_in_force(collectivity)
    return read(version) if version else None
