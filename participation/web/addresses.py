"""Addresses of pages in templates, built once: a page links to some hundred and fifty others."""

from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for

KEPT = 4096


def install(app: Flask) -> None:
    """Gives templates a `url_for` that remembers what it built; those of mails are built each time."""

    @lru_cache(maxsize=KEPT)
    def built(_script_root: str, endpoint: str, values: tuple[tuple[str, str | int | None], ...]) -> str:
        return url_for(endpoint, **dict(values))  # type: ignore[arg-type]

    def remembered(endpoint: str, /, **values: Any) -> str:
        if "_external" in values or endpoint.startswith(".") or not _are_plain(values):
            return url_for(endpoint, **values)
        return built(request.environ.get("SCRIPT_NAME", ""), endpoint, tuple(values.items()))

    app.jinja_env.globals["url_for"] = remembered


def _are_plain(values: dict[str, Any]) -> bool:
    return all(value is None or isinstance(value, str) or type(value) is int for value in values.values())
