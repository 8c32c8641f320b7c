"""Headers of every answer: a strict content policy, what may be cached and by whom."""

from flask import Flask, Response, abort, request, session

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ANONYMOUS_SECONDS = 60


def init_app(app: Flask) -> None:
    """Adds the headers to every answer and refuses addresses no page can have."""
    app.before_request(_refuse_null_characters)
    app.after_request(_add_headers)


def _refuse_null_characters() -> None:
    # PostgreSQL can't hold them: as a search for such a slug they would be an error of ours.
    if "\x00" in request.path:
        abort(404)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), interest-cohort=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = (
            f"public, max-age={ANONYMOUS_SECONDS}" if _same_for_everyone(response) else "private, no-store"
        )
    if headers["Cache-Control"].startswith("public") and not response.is_streamed:
        response.add_etag()
        response.make_conditional(request)
    return response


def _same_for_everyone(response: Response) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and response.status_code == 200
        and not request.cookies
        and not session.modified
    )
