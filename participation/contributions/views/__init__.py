"""Public pages of contributions: giving an opinion, acting on one contribution, following it."""

from participation.contributions.views import (
    acting,
    asking,
    editing,
    following,
    receipts,
    recounting,
    taking_back,
    taking_part,
)
from participation.contributions.views.sending import blueprint

__all__ = [
    "acting",
    "asking",
    "blueprint",
    "editing",
    "following",
    "receipts",
    "recounting",
    "taking_back",
    "taking_part",
]
