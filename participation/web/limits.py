"""How often one address may try something: counted in each process, so a limit is an order of magnitude."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://")


def init_app(app: Flask) -> None:
    """Binds the limits, which the setting RATELIMIT_ENABLED switches off."""
    limiter.init_app(app)
