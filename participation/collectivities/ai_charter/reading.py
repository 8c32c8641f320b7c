"""A published charter: how the working copy is frozen, read back, and compared with the version before."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from participation.collectivities.ai_charter.models import CharterArticle, CharterHeading, CharterVersion
from participation.foundation.i18n import lazy_gettext as _

HEADINGS: dict[CharterHeading, object] = {
    CharterHeading.ETHICS: _("Ethical principles"),
    CharterHeading.TECHNOLOGY: _("Choice of technology"),
    CharterHeading.PERSONAL_DATA: _("Protection of personal data"),
    CharterHeading.GOVERNANCE: _("Governance of digital projects"),
    CharterHeading.ENVIRONMENT: _("Environmental impact"),
}


@dataclass(frozen=True)
class Article:
    """One article as published; `number` is its place."""

    number: int
    key: str
    heading: CharterHeading
    title: str
    text: str
    language: str

    @property
    def words(self) -> tuple[str, str, str]:
        """Returns what is compared between two versions: the place is not."""
        return self.heading.value, self.title, self.text


@dataclass(frozen=True)
class Charter:
    """What one version says, in the order of its articles."""

    number: int
    articles: tuple[Article, ...]

    @cached_property
    def by_key(self) -> dict[str, Article]:
        """Returns the articles by key."""
        return {article.key: article for article in self.articles}

    def under(self, heading: CharterHeading) -> list[Article]:
        """Returns the articles of a heading."""
        return [article for article in self.articles if article.heading is heading]


@dataclass(frozen=True)
class ArticleChange:
    """What became of an article from one version to the next; None where it didn't exist."""

    before: Article | None
    after: Article | None


def frozen(articles: Iterable[CharterArticle]) -> dict[str, Any]:
    """Returns the working copy as plain values, in the order of its articles."""
    names = ("key", "heading", "title", "text", "language")
    return {
        "format": 1,
        "articles": [{name: str(getattr(article, name)) for name in names} for article in articles],
    }


def read(version: CharterVersion) -> Charter:
    """Returns a version as pages use it."""
    articles = (
        Article(number=number, **{**values, "heading": CharterHeading(values["heading"])})
        for number, values in enumerate(version.snapshot["articles"], start=1)
    )
    return Charter(version.number, tuple(articles))


def changes_between(before: Charter, after: Charter) -> list[ArticleChange]:
    """Returns the articles that were added, rewritten or taken out, in the order of the later version."""
    pairs = [ArticleChange(before.by_key.get(article.key), article) for article in after.articles]
    pairs += [ArticleChange(article, None) for article in before.articles if article.key not in after.by_key]
    return [pair for pair in pairs if _words(pair.before) != _words(pair.after)]


def _words(article: Article | None) -> tuple[str, str, str] | None:
    return article.words if article else None
