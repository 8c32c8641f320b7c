"""What a dossier says of the AI charter of its collectivity, article by article, as published."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from participation.collectivities.ai_charter.reading import Article, Charter
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import CharterStatement, Compliance

COMPLIANCES: dict[Compliance, object] = {
    Compliance.COMPLIES: _("Complies"),
    Compliance.PARTLY: _("Complies in part"),
    Compliance.DEROGATES: _("Derogates"),
}
# What isn't believed without a reason.
NEED_A_REASON = frozenset({Compliance.PARTLY, Compliance.DEROGATES})


@dataclass(frozen=True)
class ArticleStatement:
    """What is said of one article, under the title it had; compliance is None while nothing is said."""

    number: int
    key: str
    title: str
    # Of the title; the reason is in the language of the project.
    language: str
    compliance: Compliance | None
    reason: str
    stated_by: str
    stated_on: date | None
    # The version of the charter that was read to say so, None while nothing is said.
    charter_number: int | None

    @property
    def words(self) -> str:
        """Returns everything it says, for comparing two versions."""
        said = str(COMPLIANCES[self.compliance]) if self.compliance else ""
        return "\n".join(part for part in (said, self.reason) if part)


@dataclass(frozen=True)
class CharterCheck:
    """What one version of a dossier says of every article of a version of the charter."""

    version: int
    statements: tuple[ArticleStatement, ...]

    @cached_property
    def by_key(self) -> dict[str, ArticleStatement]:
        """Returns the statements by the key of their article."""
        return {one.key: one for one in self.statements}

    @cached_property
    def counts(self) -> Counter[Compliance | None]:
        """Returns how many articles are complied with, in part, derogated from, or not spoken of."""
        return Counter(one.compliance for one in self.statements)

    @property
    def outdated(self) -> int:
        """Returns how many articles are spoken of as an earlier version of the charter had them."""
        return sum((one.charter_number or self.version) < self.version for one in self.statements)


def frozen_check(charter: Charter, statements: Mapping[str, CharterStatement]) -> dict[str, Any]:
    """Returns the statements as plain values, one for each article in force, those without any included."""
    return {
        "version": charter.number,
        "statements": [_frozen(article, statements.get(article.key)) for article in charter.articles],
    }


def read_check(snapshot: Mapping[str, Any]) -> CharterCheck | None:
    """Returns what a snapshot of a dossier says of the charter, None where there was none."""
    check = snapshot.get("charter")
    if check is None:
        return None
    statements = (_read(number, values) for number, values in enumerate(check["statements"], start=1))
    return CharterCheck(check["version"], tuple(statements))


def _frozen(article: Article, statement: CharterStatement | None) -> dict[str, Any]:
    named = {"key": article.key, "title": article.title, "language": article.language}
    if statement is None or statement.compliance is None:
        return {**named, "state": None}
    return {
        **named,
        "state": statement.compliance.value,
        "reason": statement.reason,
        "author": statement.stated_by,
        "date": statement.stated_on.isoformat(),
        "version": statement.charter_number,
    }


def _read(number: int, values: Mapping[str, Any]) -> ArticleStatement:
    return ArticleStatement(
        number=number,
        key=values["key"],
        title=values["title"],
        language=values["language"],
        compliance=Compliance(values["state"]) if values["state"] else None,
        reason=values.get("reason", ""),
        stated_by=values.get("author", ""),
        stated_on=date.fromisoformat(values["date"]) if values.get("date") else None,
        charter_number=values.get("version"),
    )
