"""Names that would pass for the collectivity, its staff or its elected people: nobody else may take them."""

import re
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation.database import db
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.lookalikes import skeleton

# Refused as the whole name, and as its beginning: «Mairie de …», «Le maire», «Service de l’eau».
TITLES = (
    "maire", "mairie", "mairesse", "maire adjoint", "maire adjointe", "adjoint au maire", "adjointe au maire",
    "adjoint à la maire", "adjointe à la maire", "première adjointe", "premier adjoint",
    "modérateur", "modératrice", "modération", "administrateur", "administratrice", "administration", "admin",
    "root", "support", "webmaster", "mayor", "moderator", "city council", "town hall",
    "élu", "élue", "élus", "conseiller municipal", "conseillère municipale",
    "conseil municipal", "conseil communautaire", "conseil départemental", "conseil régional",
    "équipe municipale", "municipalité", "préfecture", "préfet", "préfète",
    "ville de", "commune de", "communauté de communes",
    "communauté d’agglomération", "métropole de", "département de", "région de", "collectivité",
    "service", "services", "direction", "directeur", "directrice", "cabinet du maire", "police municipale",
)  # fmt: skip
# Refused only when nothing else is said.
ALONE = (
    "participation",
    "plateforme",
    "équipe",
    "officiel",
    "officielle",
    "official",
    "staff",
    "agent",
    "agente",
    "system",
)
_ARTICLES = {"le", "la", "les", "i", "votre", "vos", "notre", "nos", "m", "mme", "monsieur", "madame", "the"}
_ARTICLES |= {word for one in tuple(_ARTICLES) for word in skeleton(one)}
# What separates a name from what is claimed beside it: «Camille (mairie)», «Camille, modératrice».
_PARTS = re.compile(r"[,;:|/()\[\]{}–—•·]|\s-\s")
_SHORTEST_RUN = 5


def require_free_name(name: str, collectivities: Collection[Collectivity] = ()) -> None:
    """Raises Invalid, beside the field of the name, for one that passes for somebody official.

    A first name before it frees a surname: «Sophie Maire» may be said, «Maire» or «Le maire» may not.
    """
    parts = [part for part in (_words(one) for one in [name, *_PARTS.split(name)]) if part]
    official = _official_of(collectivities) if parts else []
    if _is_spelt_out(skeleton(name)) or any(_is_taken(part, official) for part in parts):
        raise Invalid(
            _(
                "This name could be taken for the collectivity, its staff or an elected person. "
                "Choose another one: a first name or a pseudonym. If it is your surname, write your first "
                "name before it."
            ),
            "display_name",
        )


def _official_of(collectivities: Collection[Collectivity]) -> list[list[str]]:
    """Returns the skeletons of names, functions of the staff and names of the elected people."""
    known = [words for body in collectivities for words in (body.name, body.display_name)]
    held = (
        sa.select(Membership.function, Membership.role, Person.display_name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.collectivity_id.in_([body.id for body in collectivities]))
        .where(Membership.ended_at.is_(None))
    )
    for function, role, person in db.session.execute(held) if collectivities else ():
        known += [function, person if role is Role.OFFICIAL else ""]
    return [words for words in (skeleton(one) for one in known) if words]


def _is_taken(words: list[str], official: Iterable[list[str]]) -> bool:
    if any(words[: len(title)] == title for title in _TITLES) or words in _ALONE:
        return True
    return any(words == one or (len(one) > 1 and words[: len(one)] == one) for one in official)


def _is_spelt_out(words: list[str]) -> bool:
    """Tells whether letters set apart («m a i r i e») make a reserved word."""
    run = "".join(words)
    is_in_pieces = len(run) >= _SHORTEST_RUN and max(map(len, words)) <= 2
    return is_in_pieces and [run] in [*_TITLES, *_ALONE]


def _words(name: str) -> list[str]:
    """Returns the skeleton of a name without the article or the courtesy it begins with."""
    words = skeleton(name)
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return words


_TITLES = [skeleton(title) for title in TITLES]
_ALONE = [skeleton(one) for one in ALONE]
