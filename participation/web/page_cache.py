"""Pages that are the same for every visitor, kept a few seconds: a crowd costs what one reader costs.

Only what already says `Cache-Control: public` is kept, and only for readers without any cookie: whoever has
opened a form or signed in reads the database. See docs/decisions/0006.
"""

import time
from collections import OrderedDict
from threading import Lock

from flask import Flask, Response, current_app, g, request

LARGEST_BODY = 300_000
MOST_PAGES = 300

Key = tuple[str, str, str, str]


class PageCache:
    """The last pages sent, each with the moment until which it may be sent again."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, tuple[float, Response]] = OrderedDict()
        self._lock = Lock()

    def fresh(self, key: Key) -> Response | None:
        """Returns a copy of a page that is still good, None otherwise."""
        with self._lock:
            good_until, page = self._pages.get(key, (0.0, None))
            if page is None or good_until < time.monotonic():
                return None
        return Response(page.get_data(), page.status, dict(page.headers))

    def keep(self, key: Key, page: Response, seconds: float) -> None:
        """Keeps a page for some seconds; the oldest one makes room."""
        kept = Response(page.get_data(), page.status, dict(page.headers))
        with self._lock:
            self._pages.pop(key, None)
            self._pages[key] = (time.monotonic() + seconds, kept)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def init_app(app: Flask) -> None:
    """Serves kept pages before anything else is done; PAGE_CACHE_SECONDS = 0 switches it off."""
    if app.config["PAGE_CACHE_SECONDS"] <= 0:
        return
    cache = PageCache()

    @app.before_request
    def _send_kept() -> Response | None:
        if not _may_share():
            return None
        page = cache.fresh(_key())
        g.is_kept = page is not None
        return page

    @app.after_request
    def _keep(response: Response) -> Response:
        if _may_share() and not g.get("is_kept") and _is_worth_keeping(response):
            cache.keep(_key(), response, current_app.config["PAGE_CACHE_SECONDS"])
        return response


def _may_share() -> bool:
    return request.method == "GET" and not request.cookies and "Range" not in request.headers


def _key() -> Key:
    return request.host, request.script_root, request.full_path, request.headers.get("Accept-Encoding", "")


def _is_worth_keeping(response: Response) -> bool:
    return (
        response.status_code == 200
        and response.headers.get("Cache-Control", "").startswith("public, max-age=60")
        and not response.is_streamed
        and not response.direct_passthrough
        and len(response.get_data()) <= LARGEST_BODY
    )
