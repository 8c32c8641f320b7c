"""Who may enter a page: each view says so itself, and a view that says nothing is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, current_app, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from participation.web.kept_text import kept_text

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[..., Any]


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Lets everybody in."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Lets in whoever is signed in; sends the others to sign in, and back."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return to_sign_in()
        return view(*args, **kwargs)

    guarded.access = "signed in"  # type: ignore[attr-defined]
    return guarded


def to_sign_in() -> Response:
    """Redirects to the sign-in page, which brings the person back to the page they wanted.

    Whoever had typed a text while their session ended keeps it on this page and signs in on another.
    """
    kept = kept_text()
    if kept is not None:
        return make_response(render_template("web/signed_out.html", form=kept, kept=kept), 403)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("accounts.sign_in", next=wanted) if wanted else url_for("accounts.sign_in"))


def init_app(app: Flask) -> None:
    """Refuses every view that doesn't say who may enter."""

    @app.before_request
    def _deny_by_default() -> None:
        if request.endpoint is None or request.endpoint == "static":
            return
        if not hasattr(current_app.view_functions[request.endpoint], "access"):
            abort(403)
