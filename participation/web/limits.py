"""How often one address may try something: counted in each process, so a limit is an order of magnitude."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from participation.foundation.references import hash_of

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://")


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
