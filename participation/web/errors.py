"""What a refusal looks like as a page: a sentence, what one can do, never a technical word."""

import logging

from flask import Flask, render_template
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from participation.foundation.database import constraint_of, db, is_crossing
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Registers a page for each kind of refusal."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IntegrityError, _same_at_once)
    app.register_error_handler(StaleDataError, _same_at_once)
    app.register_error_handler(OperationalError, _database_away)


def _domain_error(error: DomainError) -> tuple[str, int]:
    db.session.rollback()
    return _page(error.status, str(error.sentence)), error.status


def _http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, _sentence(error.code)), error.code


def _same_at_once(error: Exception) -> tuple[str, int]:
    """The net under the actions, which should have told the second person what the first did."""
    what = constraint_of(error) if isinstance(error, IntegrityError) else type(error).__name__
    log.error("two people did the same at once, and no action said so: %s", what)
    db.session.rollback()
    sentence = _(
        "Somebody has just done the same thing at the same moment. Go back to the page and try again."
    )
    return _page(409, sentence), 409


def _database_away(error: OperationalError) -> tuple[str, int]:
    if is_crossing(error):
        return _same_at_once(error)
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
