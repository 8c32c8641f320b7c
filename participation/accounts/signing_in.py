"""Who is signed in: a random token in the cookie, its hash in a session row that can be revoked."""

from datetime import timedelta
from functools import cache

import sqlalchemy as sa
from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from participation.accounts.models import Person, Session
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of, secret_token

SESSION_LASTS = timedelta(days=14)

# No `session_protection`: it would write the cookie again on pages that only read.
login_manager = LoginManager()
login_manager.session_protection = None


class SignedIn(UserMixin):
    """The person of this request, and the session that says so."""

    def __init__(self, token: str, session: Session) -> None:
        self.token = token
        self.session = session
        self.person = session.person

    def get_id(self) -> str:
        """Returns what the signed cookie holds."""
        return self.token


def init_app(app: Flask) -> None:
    """Lets Flask-Login find sessions by their token."""
    # Without `current_user` in every template: it would look for the person on pages that name nobody.
    login_manager.init_app(app, add_context_processor=False)


def open_session(person: Person, *, device: str) -> None:
    """Signs a person in on this browser; the caller commits."""
    token = secret_token()
    session = Session(
        token_hash=hash_of(token), person=person, device=device[:200], expires_at=clock.now() + SESSION_LASTS
    )
    db.session.add(session)
    db.session.flush()
    login_user(SignedIn(token, session))


def close_session() -> None:
    """Signs out of this browser; the caller commits."""
    if current_user.is_authenticated:
        current_user.session.revoked_at = clock.now()
    logout_user()


def current_person() -> Person | None:
    """Returns who is signed in, None for a visitor."""
    return current_user.person if current_user.is_authenticated else None


@login_manager.user_loader
def _find(token: str) -> SignedIn | None:
    session = db.session.scalar(_valid(), {"token_hash": hash_of(token), "now": clock.now()})
    return SignedIn(token, session) if session else None


@cache
def _valid() -> sa.Select[Session]:
    return sa.select(Session).where(
        Session.token_hash == sa.bindparam("token_hash"),
        Session.revoked_at.is_(None),
        Session.expires_at > sa.bindparam("now"),
    )
