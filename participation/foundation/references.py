"""Short public references and secret tokens; letters and digits that look alike are left out."""

import hashlib
import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def poster_reference() -> str:
    """Returns 5 random characters, for addresses printed on posters."""
    return _random(5)


def contribution_reference() -> str:
    """Returns 10 random characters, for anything said or decided that may be cited."""
    return _random(10)


def desk_code() -> str:
    """Returns 8 random characters, to be read aloud at a desk and typed once."""
    return _random(8)


def secret_token() -> str:
    """Returns a token of 256 bits, safe in an address; only its hash is stored."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Returns the SHA-256 of a token in hexadecimal, as stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def salt() -> bytes:
    """Returns 32 random bytes, kept with a contribution for the verifiable record."""
    return secrets.token_bytes(32)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
