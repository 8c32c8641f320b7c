"""What a refusal looks like as a page: a sentence, what one can do, never a technical word, no text lost.

None of it asks the database, which may be what is missing. See docs/decisions/0017.
"""

import errno
import logging
import sqlite3
from contextlib import suppress

import sqlalchemy as sa
from flask import Flask, Response, make_response, render_template
from flask_limiter import RateLimitExceeded
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from participation.foundation.database import constraint_of, db, is_crossing
from participation.foundation.errors import DomainError, TooOften
from participation.foundation.i18n import gettext as _
from participation.web import limits
from participation.web.kept_text import kept_text
from participation.web.maintenance import Maintenance
from participation.web.refusal import form_again

log = logging.getLogger(__name__)

# A database that is locked, stopped or full is looked at again after this long.
SECONDS_AWAY = 30
# What a database says of a statement of ours, not of itself.
MISTAKES = (sa.exc.DataError, sa.exc.ProgrammingError, sa.exc.NotSupportedError)
# Where the same form can't succeed by being sent again: its text is there to be copied.
WITHOUT_WAY_BACK = (404, 405, 410)
# The disk is full, over its quota, read-only or broken.
DISK_TROUBLES = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


def init_app(app: Flask) -> None:
    """Registers a page for each kind of refusal."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(sa.exc.IntegrityError, _same_at_once)
    app.register_error_handler(StaleDataError, _same_at_once)
    for away in (sa.exc.DatabaseError, sa.exc.InterfaceError, sa.exc.TimeoutError, sqlite3.Error):
        app.register_error_handler(away, _database_away)
    app.register_error_handler(OSError, _disk_away)


def _domain_error(error: DomainError) -> Response:
    _forget_what_was_begun()
    sentence = str(error.sentence)
    response = form_again(sentence, error.status) or _page(error.status, sentence)
    if isinstance(error, TooOften):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    sentence = _in_maintenance() if isinstance(error, Maintenance) else _sentence(error.code)
    response = _page(error.code, sentence)
    if isinstance(error, ServiceUnavailable):
        response.headers["Retry-After"] = str(error.retry_after or SECONDS_AWAY)
    return response


def _too_often(_error: RateLimitExceeded) -> Response:
    seconds = limits.seconds_left()
    sentence = limits.when_again(seconds)
    response = form_again(sentence, 429) or _page(429, sentence)
    response.headers["Retry-After"] = str(seconds)
    return response


def _same_at_once(error: Exception) -> Response:
    """The net under the actions, which should have told the second person what the first did."""
    is_constraint = isinstance(error, sa.exc.IntegrityError)
    what = constraint_of(error) if is_constraint else type(error).__name__  # type: ignore[arg-type]
    log.error("two people did the same at once, and no action said so: %s", what)
    _forget_what_was_begun()
    sentence = _(
        "Somebody has just done the same thing at the same moment. Go back to the page and try again."
    )
    return form_again(sentence, 409) or _page(409, sentence)


def _database_away(error: Exception) -> Response:
    if isinstance(error, MISTAKES):
        raise error
    if isinstance(error, sa.exc.OperationalError) and is_crossing(error):
        return _same_at_once(error)
    cause = getattr(error, "orig", None) or error
    log.error("the database did not answer: %s", type(cause).__name__)
    _forget_what_was_begun()
    return _away()


def _disk_away(error: OSError) -> Response:
    if error.errno not in DISK_TROUBLES:
        raise error
    log.error("nothing can be written to the disk: %s", errno.errorcode[error.errno])
    _forget_what_was_begun()
    return _away()


def _away() -> Response:
    response = _page(503, _sentence(503))
    response.headers["Retry-After"] = str(SECONDS_AWAY)
    return response


def _forget_what_was_begun() -> None:
    # A connection that is gone can't be told so.
    with suppress(sa.exc.SQLAlchemyError):
        db.session.rollback()


def _page(status: int, sentence: str) -> Response:
    kept = kept_text()
    page = render_template(
        "web/error.html",
        status=status,
        sentence=sentence,
        kept=kept,
        form=kept if kept and status not in WITHOUT_WAY_BACK else None,
    )
    return make_response(page, status)


def _in_maintenance() -> str:
    return _("The site is being maintained: it can be read, but nothing can be sent for some minutes.")


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
