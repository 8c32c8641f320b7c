"""Pages kept a few seconds: a crowd costs what one reader costs. See docs/decisions/0006.

For visitors without any cookie, whatever says `Cache-Control: public`. For readers with a cookie, the pages
named by `same_for_every_reader`, while nothing was written to the database: they always read the present.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from flask import Flask, Response, current_app, g, get_flashed_messages, request, session
from flask.sessions import SessionMixin

from participation.foundation.changes import Watch

LARGEST_BODY = 300_000
LARGEST_SUM = 20_000_000
MOST_PAGES = 300

Key = tuple[str, str, str, str, bool]
View = Callable[..., Any]


@dataclass(frozen=True)
class Kept:
    """A page, until when it may be sent, and what the database stood at when it was asked."""

    page: Response
    good_until: float
    stamp: str | None


@dataclass
class Reading:
    """A reader with a cookie on a page that may be kept."""

    session: SessionMixin
    stamp: str
    # Nothing of the reader was looked at while the page was made.
    is_impersonal: bool = False


class PageCache:
    """The last pages sent, each with the moment until which it may be sent again."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def fresh(self, key: Key, stamp: str | None = None) -> Response | None:
        """Returns a copy of a page that is still good, None otherwise."""
        with self._lock:
            kept = self._pages.get(key)
        if kept is None or kept.good_until < time.monotonic() or kept.stamp != stamp:
            return None
        return _copy(kept.page)

    def keep(self, key: Key, page: Response, seconds: float, stamp: str | None = None) -> None:
        """Keeps a page for some seconds; the oldest ones make room."""
        kept = Kept(_copy(page), time.monotonic() + seconds, stamp)
        with self._lock:
            self._drop(key)
            self._pages[key] = kept
            self._size += len(kept.page.get_data())
            while len(self._pages) > MOST_PAGES or self._size > LARGEST_SUM:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        dropped = self._pages.pop(key, None)
        if dropped is not None:
            self._size -= len(dropped.page.get_data())


def same_for_every_reader(view: View) -> View:
    """Lets a page be kept for readers with a cookie; one that looks at who reads it is not, that time."""

    @wraps(view)
    def watched(*args: Any, **kwargs: Any) -> Any:
        answer = view(*args, **kwargs)
        reading: Reading | None = g.get("reading")
        if reading is not None:
            reading.is_impersonal = not reading.session.accessed
        return answer

    watched.is_same_for_every_reader = True  # type: ignore[attr-defined]
    return watched


def flashed_messages() -> list[tuple[str, str]]:
    """Returns what was just done, with its category, once; where nothing waits the session is left alone."""
    reading: Reading | None = g.get("reading")
    if not request.cookies or (reading is not None and not reading.session.accessed):
        return []
    return get_flashed_messages(with_categories=True)  # type: ignore[return-value]


def init_app(app: Flask) -> None:
    """Serves kept pages before anything else is done; PAGE_CACHE_SECONDS = 0 switches it off."""
    app.jinja_env.globals["flashed_messages"] = flashed_messages
    if app.config["PAGE_CACHE_SECONDS"] <= 0:
        return
    cache, watch = PageCache(), Watch()
    app.extensions["watch"] = watch

    @app.before_request
    def _send_kept() -> Response | None:
        if request.method != "GET" or "Range" in request.headers:
            return None
        if request.cookies:
            g.reading = _reading(watch)
            page = cache.fresh(_key(), g.reading.stamp) if g.reading else None
        else:
            page = cache.fresh(_key())
        g.is_kept = page is not None
        return page

    @app.after_request
    def _keep(response: Response) -> Response:
        if g.get("is_kept") is False and _is_worth_keeping(response):
            stamp = g.reading.stamp if g.get("reading") else None
            cache.keep(_key(), response, current_app.config["PAGE_CACHE_SECONDS"], stamp)
        return response


def _reading(watch: Watch) -> Reading | None:
    """Returns what is to be known of a reader, None where a page may not be kept for them."""
    view = current_app.view_functions.get(request.endpoint or "")
    if not hasattr(view, "is_same_for_every_reader"):
        return None
    opened: SessionMixin = session._get_current_object()  # type: ignore[attr-defined]
    # This look does not count: it changes nothing of what the page says.
    opened.accessed = False
    stamp = None if "_flashes" in opened else watch.stamp()
    return Reading(opened, stamp) if stamp else None


def _key() -> Key:
    encoding = request.headers.get("Accept-Encoding", "")
    return request.host, request.script_root, request.full_path, encoding, bool(request.cookies)


def _is_worth_keeping(response: Response) -> bool:
    return (
        response.status_code == 200
        and (_is_impersonal() if request.cookies else _is_public(response))
        and "Set-Cookie" not in response.headers
        and not response.is_streamed
        and not response.direct_passthrough
        and len(response.get_data()) <= LARGEST_BODY
    )


def _is_public(response: Response) -> bool:
    return response.headers.get("Cache-Control", "").startswith("public, max-age=60")


def _is_impersonal() -> bool:
    reading: Reading | None = g.get("reading")
    return reading is not None and reading.is_impersonal


def _copy(page: Response) -> Response:
    return Response(page.get_data(), page.status, dict(page.headers))
