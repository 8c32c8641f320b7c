"""Maintenance: everything can be read, nothing sent; switched by a file, so that no database is needed."""

from pathlib import Path

from flask import Flask, current_app, request
from werkzeug.exceptions import ServiceUnavailable

from participation.foundation.database import READING_METHODS

FILE_NAME = "maintenance"
# How long a browser or a search engine is asked to wait.
SECONDS = 300


class Maintenance(ServiceUnavailable):
    """Nothing is taken at the moment, on purpose."""

    def __init__(self) -> None:
        super().__init__(retry_after=SECONDS)


def init_app(app: Flask) -> None:
    """Refuses what is sent while the file is there, and lets every page say so."""
    app.jinja_env.globals["in_maintenance"] = is_on

    @app.before_request
    def _refuse_what_is_sent() -> None:
        if request.method not in READING_METHODS and is_on():
            raise Maintenance


def is_on() -> bool:
    """Tells whether the site can only be read."""
    return _file().exists()


def switch(*, on: bool) -> None:
    """Begins or ends the maintenance, for every process of this installation at once."""
    if on:
        _file().touch()
    else:
        _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(current_app.config["DATA_DIR"]) / FILE_NAME
