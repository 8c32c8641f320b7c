"""How often one network may try something: counted in each process, so a limit is an order of magnitude.

It only keeps floods from the database. What is recorded is counted there, for all processes (decision 0018).
"""

import math

from flask import Flask, request
from flask_limiter import Limiter

from participation.foundation import clock
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.references import hash_of
from participation.web.client import counted_by
from participation.web.refusal import refusal

limiter = Limiter(key_func=counted_by, storage_uri="memory://")

# Tries of all kinds, refused ones too: a school behind one address stays far below.
TRIES_PER_HOUR = "1200 per hour"


def init_app(app: Flask) -> None:
    """Binds the limits, which the setting RATELIMIT_ENABLED switches off."""
    limiter.init_app(app)


@limiter.request_filter
def _is_refused_already() -> bool:
    """Lets the form of a refused request be shown again: nothing is done with it."""
    return refusal() is not None


def seconds_left() -> int:
    """Returns in how many seconds the limit that was just reached is lifted."""
    reached = limiter.current_limit
    return max(1, math.ceil(reached.reset_at - clock.now().timestamp())) if reached else 60


def when_again(seconds: int) -> str:
    """Returns the sentence of somebody who was too quick: why, and when it is possible again."""
    minutes = math.ceil(seconds / 60)
    return " ".join(
        (
            _("Too much was sent from your connection in a short time: nothing was recorded."),
            ngettext("Try again in %(num)s minute.", "Try again in %(num)s minutes.", minutes),
        )
    )


def _typed_address() -> str:
    return hash_of(request.form.get("email", "").strip().lower())


def _holds_no_address() -> bool:
    return not request.form.get("email")


per_network = limiter.limit(TRIES_PER_HOUR, methods=["POST"])

# So that nobody fills a stranger's mailbox with links to confirm.
per_mailbox = limiter.limit(
    "12 per hour", methods=["POST"], key_func=_typed_address, exempt_when=_holds_no_address
)
