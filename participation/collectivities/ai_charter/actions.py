"""Writing the AI charter: adding, rewriting, taking out an article, publishing a version.

`activity` stands above this domain: the views record what was done.
"""

from participation.collectivities.ai_charter.models import CharterArticle, CharterHeading, CharterVersion
from participation.collectivities.ai_charter.permissions import require_editor
from participation.collectivities.ai_charter.queries import (
    version_in_force,
    working_article,
    working_articles,
    working_charter,
)
from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, DomainError, Invalid, NotPossibleNow
from participation.foundation.holding import hold, hold_several
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import poster_reference
from participation.foundation.text import slugify

# The address of the page that adds one.
NOT_A_KEY = "nouveau"


class ArticleConflict(DomainError):
    """A colleague rewrote the article meanwhile; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("A colleague changed this article while you were writing. Both texts are below."))


def add_article(
    collectivity: Collectivity,
    *,
    heading: CharterHeading | str,
    title: str,
    text: str,
    place: int | None = None,
    key: str = "",
    language: str = "fr",
    member: Membership | None = None,
) -> CharterArticle:
    """Adds an article at that place, at the end when None; raises AlreadyDone when one bears this title."""
    require_editor(member, collectivity)
    _require_words(title, text)
    hold(collectivity)
    article = CharterArticle(
        collectivity_id=collectivity.id,
        key=_free_key(collectivity, key or slugify(title, 60), title),
        heading=CharterHeading(heading),
        title=title,
        text=text,
        language=language,
    )
    if not add_once(article):
        raise _taken()
    _place(collectivity, article, place)
    return article


def edit_article(
    collectivity: Collectivity,
    article: CharterArticle,
    *,
    heading: CharterHeading | str,
    title: str,
    text: str,
    place: int | None = None,
    revision: int | None = None,
    member: Membership | None = None,
) -> None:
    """Rewrites an article and moves it when a place is given; its key stays.

    `revision` is the one the writer saw: raises ArticleConflict when it isn't the last one. None overwrites.
    """
    require_editor(member, collectivity)
    _require_words(title, text)
    hold(collectivity)
    hold(article)
    if revision is not None and revision != article.revision:
        raise ArticleConflict
    article.heading, article.title, article.text = CharterHeading(heading), title, text
    article.revision += 1
    if place is not None:
        _place(collectivity, article, place)
    db.session.flush()


def remove_article(
    collectivity: Collectivity, article: CharterArticle, *, member: Membership | None = None
) -> None:
    """Takes an article out of the working copy; published versions keep it."""
    require_editor(member, collectivity)
    hold(collectivity)
    if not hold_several(CharterArticle, [article.id]):
        raise AlreadyDone(_("A colleague has just removed this article."))
    db.session.delete(article)
    db.session.flush()


def publish_charter(
    collectivity: Collectivity, *, reason: str, member: Membership | None = None, language: str = "fr"
) -> CharterVersion:
    """Freezes the working copy under the next number; raises AlreadyDone when nothing changed."""
    require_editor(member, collectivity)
    if not reason:
        raise Invalid(_("Say what changes and why: this sentence is published."), "reason")
    hold(collectivity)
    snapshot, last = working_charter(collectivity), version_in_force(collectivity)
    if not snapshot["articles"]:
        raise NotPossibleNow(_("Write at least one article first."))
    if last is not None and last.snapshot == snapshot:
        raise AlreadyDone(
            _("Nothing changed since version %(number)d: it is already published.", number=last.number)
        )
    version = CharterVersion(
        collectivity_id=collectivity.id,
        number=(last.number if last else 0) + 1,
        reason=reason,
        language=language,
        snapshot=snapshot,
        published_at=clock.now(),
        published_as=member.function if member else "",
    )
    if not add_once(version):
        raise AlreadyDone(_("A colleague has just published this charter. Read it again first."))
    collectivity.charter_number = version.number
    db.session.flush()
    return version


def _require_words(title: str, text: str) -> None:
    if not title:
        raise Invalid(_("Give the article a title."), "title")
    if not text:
        raise Invalid(_("Write the article."), "text")


def _free_key(collectivity: Collectivity, key: str, title: str) -> str:
    taken = working_article(collectivity, key)
    if taken is None and key != NOT_A_KEY:
        return key
    if taken is not None and taken.title == title:
        raise _taken()
    # Renamed since: another article may bear its first title.
    return f"{key}-{poster_reference()}"


def _taken() -> AlreadyDone:
    return AlreadyDone(_("The charter already has an article with this title."), "title")


def _place(collectivity: Collectivity, article: CharterArticle, place: int | None) -> None:
    """Numbers all articles again, this one at that place."""
    ordered = [one for one in working_articles(collectivity) if one is not article]
    ordered.insert(len(ordered) if place is None else max(place - 1, 0), article)
    for number, one in enumerate(ordered, start=1):
        one.position = number
    db.session.flush()
