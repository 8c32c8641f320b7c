"""Whether the service is alive, and ready to answer: for whoever watches over it."""

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify

from participation.foundation import outbox
from participation.foundation.database import db
from participation.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
@public
def live() -> Response:
    """Says that the process answers; asks nothing of the database."""
    return _said("alive")


@blueprint.get("/health/ready")
@public
def ready() -> tuple[Response, int]:
    """Says whether the database answers and has its tables."""
    try:
        waiting = outbox.waiting()
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return _said("not ready"), 503
    return _said("ready", waiting=waiting), 200


def _said(status: str, **figures: int) -> Response:
    answer = jsonify(status=status, **figures)
    answer.headers["Cache-Control"] = "no-store"
    return answer
