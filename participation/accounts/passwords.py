"""Passwords: argon2id hashes, made and checked outside of transactions: both are slow on purpose."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from participation.foundation.references import secret_token
from participation.foundation.text import clean

SHORTEST = 12
LONGEST = 200

# OWASP Password Storage Cheat Sheet (2024): argon2id with 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_of_password(password: str) -> str:
    """Returns the argon2id hash to store."""
    return _hasher.hash(_same_everywhere(password))


def is_password(password: str, secret_hash: str | None) -> bool:
    """Tells whether this is the password; takes as long when there is none to compare with."""
    try:
        matches = _hasher.verify(secret_hash or _hash_of_nothing(), _same_everywhere(password))
    except (VerificationError, InvalidHashError):
        return False
    return matches and secret_hash is not None


def _same_everywhere(password: str) -> str:
    # Keyboards and systems write the same letter in several ways.
    return unicodedata.normalize("NFKC", clean(password))


@cache
def _hash_of_nothing() -> str:
    return _hasher.hash(secret_token())
