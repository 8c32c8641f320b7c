"""Texts of several people that are almost the same, whoever copied whom.

`rapidfuzz.fuzz.ratio` (normalised indel similarity, 0 to 100) of folded texts: fast, and independent of
length. The shorter a text, the more alike two honest ones are: «trop cher pour la commune» is said by many.
"""

import unicodedata
from collections.abc import Mapping

from rapidfuzz import fuzz, process

# Shorter ones are no sign of anything.
SHORTEST = 40
# From so many characters on, the lower of the two thresholds.
LONG = 80
ALIKE_SHORT = 93
ALIKE_LONG = 80
# So many different people, at least.
AUTHORS = 3
COMPARED = 2000


def folded(words: str) -> str:
    """Returns letters and digits only, without case or accents, one space between words."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return " ".join(kept.split())


def authors_alike(words: str, author: int, others: Mapping[int, tuple[int, str]]) -> set[int]:
    """Returns the authors of almost the same text, the one given among them; empty when too few.

    `others` gives author and folded text by number of the text.
    """
    mine = folded(words)
    if len(mine) < SHORTEST:
        return set()
    least = ALIKE_LONG if len(mine) >= LONG else ALIKE_SHORT
    found = process.extract(
        mine,
        {number: text for number, (_author, text) in others.items()},
        scorer=fuzz.ratio,
        processor=None,
        score_cutoff=least,
        limit=None,
    )
    authors = {author, *(others[number][0] for _text, _score, number in found)}
    return authors if len(authors) >= AUTHORS else set()
