"""What somebody is about to say and others have said in nearly the same words: offered, never merged.

Two texts are compared without accents, capitals and little words, once in their order and once with their
words sorted, by the share of signs that need no change (rapidfuzz, indel distance). At 76 of 100, seven of
eight rewordings written for the tests are found, and none of eight conditions that only sound alike.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import sqlalchemy as sa
from rapidfuzz import fuzz

from participation.contributions.models import Contribution, Kind, Place, Visibility
from participation.contributions.queries.shown import AS_SHOWN
from participation.foundation.database import db
from participation.projects.models import Project

CLOSE_ENOUGH = 76
MOST_OFFERED = 3
_LITTLE_WORDS = """
a ai as au aux avec avoir c ce ces cet cette d dans de des doit doivent du elle en est et etre faut il
ils j je l la le les leur lui m me nous on ou par plus pour qu que qui s sa se ses soit son sont sur t
tout toute un une vous y an and are at be by for from has have i in is it its must my of or our shall
should that their there this to was we with you your
"""
_DENIALS = "n ne ni pas non aucun aucune jamais rien sans not no never none nothing without"
LITTLE_WORDS = frozenset(_LITTLE_WORDS.split())
DENIALS = frozenset(_DENIALS.split())
_WORD = re.compile(r"\w+")


def alike(place: Place, kind: Kind, words: str) -> list[Contribution]:
    """Returns at most three published texts of that kind and place that say nearly the same, closest first.

    A sentence that denies is never offered for one that doesn't: «with» and «without» differ by little.
    """
    said = _bare(words)
    if not said:
        return []
    known = db.session.execute(sa.select(Contribution.id, Contribution.body).where(*_public(place, kind)))
    scores = {number: closeness(said, _bare(body)) for number, body in known}
    closest = sorted((one for one in scores if scores[one] >= CLOSE_ENOUGH), key=lambda one: -scores[one])
    return _in_order(closest[:MOST_OFFERED])


def closeness(one: str, other: str) -> float:
    """Returns how near two bare texts are: 100 for the same words in any order, 0 when only one denies."""
    if DENIALS.isdisjoint(one.split()) != DENIALS.isdisjoint(other.split()):
        return 0
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


@lru_cache(maxsize=4096)
def _bare(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(one for one in _WORD.findall(kept) if one not in LITTLE_WORDS)


def _public(place: Place, kind: Kind) -> Iterable[sa.ColumnElement[bool]]:
    where = Contribution.consultation_id == place.id
    if isinstance(place, Project):
        where = Contribution.outside_project_id == place.id
    return (
        where,
        Contribution.kind == kind,
        Contribution.visibility == Visibility.PUBLISHED,
        Contribution.parent_id.is_(None),
        Contribution.spoken_as == "",
    )


def _in_order(numbers: list[int]) -> list[Contribution]:
    found = sa.select(Contribution).where(Contribution.id.in_(numbers)).options(*AS_SHOWN)
    return sorted(db.session.scalars(found), key=lambda one: numbers.index(one.id))
