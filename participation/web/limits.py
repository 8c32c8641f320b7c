"""How often one network may try something: counted in each process, so a limit is an order of magnitude.

It only keeps floods from the database. What is recorded is counted there, for all processes (decision 0018).
"""

from flask import Flask, request
from flask_limiter import Limiter

from participation.foundation.references import hash_of
from participation.web.client import counted_by

limiter = Limiter(key_func=counted_by, storage_uri="memory://")

# Tries of all kinds, refused ones too: a school behind one address stays far below.
TRIES_PER_HOUR = "1200 per hour"


def init_app(app: Flask) -> None:
    """Binds the limits, which the setting RATELIMIT_ENABLED switches off."""
    limiter.init_app(app)


def _typed_address() -> str:
    return hash_of(request.form.get("email", "").strip().lower())


def _holds_no_address() -> bool:
    return not request.form.get("email")


# So that nobody fills a stranger's mailbox with links to confirm.
per_mailbox = limiter.limit(
    "12 per hour", methods=["POST"], key_func=_typed_address, exempt_when=_holds_no_address
)
