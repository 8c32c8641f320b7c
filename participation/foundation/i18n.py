"""Languages: which are offered, how one is chosen, shortcuts for translated sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, has_request_context, request
from flask_babel import (
    Babel,
    force_locale,
    get_locale,
    gettext,
    lazy_gettext,
    lazy_ngettext,
    lazy_pgettext,
    ngettext,
    pgettext,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "current_language",
    "gettext",
    "in_language",
    "lazy_gettext",
    "lazy_ngettext",
    "lazy_pgettext",
    "ngettext",
    "pgettext",
]

DEFAULT_LANGUAGE = "fr"
LANGUAGES = {"fr": "Français", "en": "English"}
TRANSLATIONS = Path(__file__).parents[2] / "translations"
ENVIRONMENT_KEY = "participation.language"

babel = Babel()


def init_app(app: Flask) -> None:
    """Finds the catalogues at the root of the project and chooses the language by address only."""
    babel.init_app(
        app,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=_language_of_request,
    )


def current_language() -> str:
    """Returns the two letters of the language in use, `fr` when nothing says otherwise."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speaks that language inside the block: mails are written in their reader's."""
    with force_locale(language if language in LANGUAGES else DEFAULT_LANGUAGE):
        yield


def _language_of_request() -> str:
    if has_request_context():
        return str(request.environ.get(ENVIRONMENT_KEY, DEFAULT_LANGUAGE))
    return DEFAULT_LANGUAGE
