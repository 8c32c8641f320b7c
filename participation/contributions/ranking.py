"""How useful a comment is, as one number: a share that says how sure it is."""

import math

# Of a normal distribution, at 95 %.
Z = 1.96
# A rank is a whole number, the same on every database and in every address: billionths.
WHOLE = 1_000_000_000


def useful_rank(useful: int, opposed: int) -> int:
    """Returns the lower bound, at 95 %, of the share of those who reacted that found a text useful.

    In billionths; 0 without any vote. Wilson 1927, score interval: one vote out of one weighs less than
    forty out of forty-five. There is only a vote for. `useful` counts the participants who gave it (to a
    condition: their support); `opposed` those who answered with a public argument of the other side and
    did not give it: the only reaction against a text that exists, and it costs words one stands by.
    Neither reports nor mere replies count: nobody can vote a text down.
    """
    reacted = useful + opposed
    if not useful:
        return 0
    share = useful / reacted
    square = Z * Z / reacted
    spread = Z * math.sqrt((share * (1 - share) + square / 4) / reacted)
    return int(WHOLE * (share + square / 2 - spread) / (1 + square))
