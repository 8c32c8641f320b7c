"""A form refused before its page read it comes back as it was filled in, with the reason above it."""

from dataclasses import dataclass

from flask import Response, current_app, g, make_response, request


@dataclass(frozen=True)
class Refusal:
    """Why nothing is done with what was sent, in a sentence, and the status of the answer."""

    sentence: str
    status: int


def refusal() -> Refusal | None:
    """Returns why the form of this request is not to be taken; None when nothing speaks against it."""
    found: Refusal | None = g.get("refusal")
    return found


def form_again(sentence: str, status: int) -> Response | None:
    """Returns the page of the form that was sent, filled in; None where the page shows no form.

    The view is asked once more, its guards included, while its form says that it was not sent: as when the
    reader only switches the language.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.method != "POST" or refusal() is not None:
        return None
    g.refusal = Refusal(sentence, status)
    try:
        response = make_response(view(**(request.view_args or {})))
    except Exception:
        # What stood in the way the first time may do so again: the plain page needs nothing.
        return None
    finally:
        del g.refusal
    return response if response.status_code == status else None
