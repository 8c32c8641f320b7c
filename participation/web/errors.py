"""What a refusal looks like as a page: a sentence, what one can do, never a technical word."""

import logging

from flask import Flask, render_template
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from participation.foundation.database import db
from participation.foundation.errors import DomainError

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Registers a page for each kind of refusal."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_away)


def _domain_error(error: DomainError) -> tuple[str, int]:
    db.session.rollback()
    return _page(error.status, str(error.sentence)), error.status


def _http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, _sentence(error.code)), error.code


def _database_away(error: OperationalError) -> tuple[str, int]:
    log.error("the database did not answer: %s", type(error.orig).__name__)
    db.session.rollback()
    return _page(503, _sentence(503)), 503


def _page(status: int, sentence: str) -> str:
    return render_template("web/error.html", status=status, sentence=sentence)


def _sentence(status: int) -> str:
    sentences = {
        400: _("Your browser sent something this page can’t read."),
        403: _("This page is reserved. You are perhaps not signed in under the right role."),
        404: _("This page doesn’t exist, or no longer does."),
        405: _("This address can’t be used in that way. Go back and use the buttons of the page."),
        413: _("What you sent is too large. Shorten the text or choose a smaller file."),
        429: _("Too many attempts in a short time. Wait a few minutes, then try again."),
        503: _("The service is not answering for the moment. Nothing is lost: try again in a minute."),
    }
    return str(sentences.get(status, _("Something went wrong on our side. Try again in a few minutes.")))
