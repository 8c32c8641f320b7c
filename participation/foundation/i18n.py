"""Languages: which are offered, how one is chosen, shortcuts for translated sentences.

A page says some four hundred sentences: each costs a look into a dictionary. Flask-Babel stays for
forms, which ask it for the language; both read the same choice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, has_app_context, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_babel.speaklater import LazyString

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "catalogue",
    "current_language",
    "get_locale",
    "gettext",
    "in_language",
    "lazy_gettext",
    "lazy_ngettext",
    "lazy_pgettext",
    "ngettext",
    "pgettext",
    "speaking",
]

DEFAULT_LANGUAGE = "fr"
LANGUAGES = {"fr": "Français", "en": "English"}
TRANSLATIONS = Path(__file__).parents[2] / "translations"
ENVIRONMENT_KEY = "participation.language"

babel = Babel()
_spoken: ContextVar[str | None] = ContextVar("spoken_language", default=None)


def init_app(app: Flask) -> None:
    """Finds the catalogues at the root of the project and chooses the language by address only."""
    babel.init_app(
        app,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=current_language,
    )


def current_language() -> str:
    """Returns the two letters of the language in use, `fr` when nothing says otherwise."""
    return _spoken.get() or _language_of_request()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Answers a request in that language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speaks that language inside the block: mails are written in their reader's."""
    known = language if language in LANGUAGES else DEFAULT_LANGUAGE
    with speaking(known), force_locale(known):
        yield


def gettext(message: str, **variables: Any) -> str:
    """Returns a sentence in the language in use, with its placeholders filled."""
    words = str(catalogue().ugettext(message))
    return words % variables if variables else words


def ngettext(singular: str, plural: str, number: int, **variables: Any) -> str:
    """Returns the sentence that fits a number, which `%(num)s` may name."""
    return str(catalogue().ungettext(singular, plural, number)) % {"num": number, **variables}


def pgettext(context: str, message: str, **variables: Any) -> str:
    """Returns a sentence whose English means several things, told apart by its context."""
    words = str(catalogue().upgettext(context, message))
    return words % variables if variables else words


def lazy_gettext(message: str, **variables: Any) -> Any:
    """Returns a sentence that is translated each time it is written."""
    return LazyString(gettext, message, **variables)


def lazy_ngettext(singular: str, plural: str, number: int, **variables: Any) -> Any:
    """Returns a sentence that fits a number, translated each time it is written."""
    return LazyString(ngettext, singular, plural, number, **variables)


def lazy_pgettext(context: str, message: str, **variables: Any) -> Any:
    """Returns a sentence told apart by its context, translated each time it is written."""
    return LazyString(pgettext, context, message, **variables)


def catalogue() -> NullTranslations:
    """Returns the sentences of the language in use; outside the application they stay as in the code."""
    return _read(current_language()) if has_app_context() else _UNTRANSLATED


_UNTRANSLATED = NullTranslations()


@cache
def _read(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language])


def _language_of_request() -> str:
    if has_request_context():
        return str(request.environ.get(ENVIRONMENT_KEY, DEFAULT_LANGUAGE))
    return DEFAULT_LANGUAGE
