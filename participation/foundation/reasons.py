"""A reason that is owed to somebody: one sentence at least, whoever gives it."""

SHORTEST_REASON = 10


def is_reason(words: str) -> bool:
    """Tells whether these words say something, once trimmed."""
    return len(words.strip()) >= SHORTEST_REASON
