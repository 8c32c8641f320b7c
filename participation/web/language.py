"""English pages live under /en; the prefix chooses the language, so that pages can be cached."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import request

from participation.foundation.i18n import (
    DEFAULT_LANGUAGE,
    ENVIRONMENT_KEY,
    LANGUAGES,
    current_language,
    speaking,
)

WSGIApplication = Callable[..., Iterable[bytes]]


class LanguagePrefix:
    """Moves /en from the path to the script's name: routes stay single and links keep the language."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        for language in LANGUAGES:
            prefix = f"/{language}"
            if language != DEFAULT_LANGUAGE and (path == prefix or path.startswith(prefix + "/")):
                environ[ENVIRONMENT_KEY] = language
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
                environ["PATH_INFO"] = path[len(prefix) :] or "/"
        with speaking(environ.get(ENVIRONMENT_KEY, DEFAULT_LANGUAGE)):
            return self.application(environ, start_response)


def other_language() -> str:
    """Returns the language a reader may switch to."""
    return "en" if current_language() == "fr" else "fr"


def other_language_url() -> str:
    """Returns the address of the same page, with the same query, in the other language."""
    prefix = "" if other_language() == DEFAULT_LANGUAGE else f"/{other_language()}"
    query = request.query_string.decode("utf-8", "replace")
    return f"{prefix}{request.path}" + (f"?{query}" if query else "")
