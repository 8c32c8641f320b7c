"""Pages that ask to show again that it is oneself, when one signed in some time ago."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import redirect, request, url_for
from flask_login import current_user

from participation.foundation import clock
from participation.web.access import signed_in

RECENT = timedelta(minutes=15)
# A form that was opened in time may be filled in for as long again.
FILLING = timedelta(minutes=15)

View = Callable[..., Any]


def signed_in_recently(view: View) -> View:
    """Lets in whoever signed in less than a quarter of an hour ago; the others by a new link, and back.

    A browser left open, or a cookie taken, does not give away or erase everything somebody said.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        since = clock.now() - current_user.session.created_at
        if since > RECENT + (FILLING if request.method == "POST" else timedelta()):
            return redirect(url_for("accounts.confirm_identity", next=request.path))
        return view(*args, **kwargs)

    return signed_in(guarded)
