"""Where templates are, and the words, dates and figures they may write."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal, format_percent
from flask import Flask, g, url_for
from flask_login import current_user
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

from participation.foundation import clock, dates, light_markdown, text
from participation.foundation.i18n import current_language, get_locale
from participation.web import addresses, assets, sentences
from participation.web.language import other_language, other_language_url

PACKAGE = Path(__file__).parents[1]
GOVUK = "govuk_frontend_jinja"


@dataclass(frozen=True)
class Site:
    """What the frame of every page says of the installation, or of the one collectivity shown."""

    name: str
    contact_lines: tuple[str, ...]
    timezone: str
    accent_stylesheet_url: str | None
    collectivity_slug: str | None
    several: bool
    is_demo: bool
    # Whether the collectivity published an AI charter.
    has_ai_charter: bool = False


def init_app(app: Flask) -> None:
    """Finds the templates of each domain under the domain's name and declares globals and filters."""
    loaders = {path.parent.name: FileSystemLoader(path) for path in PACKAGE.glob("*/templates")}
    app.jinja_loader = ChoiceLoader(  # type: ignore[assignment]
        [PrefixLoader(loaders), PrefixLoader({GOVUK: PackageLoader(GOVUK)})]
    )
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        language=_Words(current_language),
        get_locale=get_locale,
        other_language=other_language,
        other_language_url=_Words(other_language_url),
        stylesheet_url=_Words(_stylesheet_url),
        now=clock.now,
        current_person=_CurrentPerson(),
    )
    sentences.install(app.jinja_env)
    addresses.install(app)
    app.jinja_env.filters.update(
        long_date=dates.long_day,
        short_date=dates.short_day,
        day=_day,
        moment=_moment,
        short_moment=_short_moment,
        number=number,
        share=share,
        markdown=light_markdown.safe_html,
        excerpt=text.excerpt,
        said_in=said_in,
    )
    app.context_processor(
        lambda: {"site": g.get("site"), "roles": {held.role.value for held in g.get("memberships", ())}}
    )


def number(value: float) -> str:
    """Returns a number with the separators of the language."""
    return _number(value, current_language())


def share(part: int, whole: int) -> str:
    """Returns the share of `part` in `whole` as a whole percentage, «–» when there is nothing to share."""
    return _percent(part / whole, current_language()) if whole else "–"


# Babel reads the rules of the language anew for each figure.
@lru_cache(maxsize=4096, typed=True)
def _number(value: float, language: str) -> str:
    return format_decimal(value, locale=language)


@lru_cache(maxsize=4096)
def _percent(value: float, language: str) -> str:
    return format_percent(value, locale=language)


def said_in(words: str, language: str) -> Markup:
    """Returns words for the middle of a sentence, with their language when it isn't that of the page.

    What fills an element of its own is told by `lang` on that element instead.
    """
    if language == current_language():
        return escape(words)
    return Markup('<span lang="{}">{}</span>').format(language, words)


class _Words:
    """A word that depends on the request, read when the template writes it."""

    def __init__(self, read: Any) -> None:
        self.read = read

    def __str__(self) -> str:
        return str(self.read())

    def __html__(self) -> str:
        return str(escape(self.read()))

    def __eq__(self, other: object) -> bool:
        return str(self) == other

    def __hash__(self) -> int:
        return hash(str(self))


class _CurrentPerson:
    """The person signed in, for templates: false for visitors."""

    def __bool__(self) -> bool:
        return bool(current_user and current_user.is_authenticated)

    def __getattr__(self, name: str) -> Any:
        return getattr(current_user.person, name)


def _stylesheet_url() -> str:
    return url_for("assets.style", digest=assets.style_sheet().digest)


def _zone() -> str:
    site = g.get("site")
    return site.timezone if site else "Europe/Paris"


def _day(value: date | datetime, timezone: str | None = None) -> str:
    if isinstance(value, datetime):
        value = dates.local_day(value, timezone or _zone())
    return dates.short_day(value)


def _moment(value: datetime, timezone: str | None = None) -> str:
    return dates.long_moment(value, timezone or _zone())


def _short_moment(value: datetime, timezone: str | None = None) -> str:
    return dates.short_moment(value, timezone or _zone())
