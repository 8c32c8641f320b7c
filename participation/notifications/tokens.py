"""Secrets of the links in mails to followers: each opens one thing only, and is stored nowhere.

A link that stops letters must work for ever, in every letter sent, also in one found again later: so it is
signed, not kept. Its words say who and what, its signature that we wrote it; it signs nobody in.
"""

import hashlib

from flask import current_app
from itsdangerous import BadSignature, Signer

from participation.notifications.models import SubjectKind

# What a link may stop: everything, or one thing followed.
Scope = tuple[SubjectKind, int] | None


def stopping_token(person_id: int, scope: Scope = None) -> str:
    """Returns the token that stops what somebody follows: one thing, or all of it."""
    words = str(person_id) if scope is None else f"{person_id}-{scope[0].value}-{scope[1]}"
    return _signer("stop").sign(words).decode()


def read_stopping_token(token: str) -> tuple[int, Scope] | None:
    """Returns whom and what a token stops; None for one that we did not write."""
    words = _read("stop", token).split("-")
    if len(words) == 1 and words[0]:
        return int(words[0]), None
    if len(words) == 3:
        return int(words[0]), (SubjectKind(words[1]), int(words[2]))
    return None


def following_token(subscription_id: int) -> str:
    """Returns the token by which a guest confirms that they want to follow something."""
    return _signer("follow").sign(str(subscription_id)).decode()


def read_following_token(token: str) -> int | None:
    """Returns the number of the subscription a token confirms; None for one that we did not write."""
    words = _read("follow", token)
    return int(words) if words else None


def _read(purpose: str, token: str) -> str:
    try:
        return _signer(purpose).unsign(token.encode()).decode()
    except (BadSignature, UnicodeError):
        return ""


def _signer(purpose: str) -> Signer:
    key = current_app.config["SECRET_KEY"]
    return Signer(key, salt=f"notifications.{purpose}", digest_method=hashlib.sha256)
