"""What each column of a register most probably holds: proposed, never decided."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from participation.foundation.i18n import LANGUAGES, speaking
from participation.importing.registers.synonyms import HEADERS
from participation.importing.registers.targets import IGNORED, TARGETS
from participation.projects.dossier.fields import FIELDS

# Attributes that say a status or a number we compute, or hold a picture: left out unless somebody maps them.
LEFT_OUT = frozenset({"statut du projet", "type de collectivite", "url logo", "status", "risque categorie"})


def normalised(words: str) -> str:
    """Returns words without accents, case or punctuation, to compare headers and values."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("œ", "oe"))
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w€]+", " ", plain.replace("_", " ")).split())


def guessed_mapping(columns: Iterable[str]) -> dict[str, str]:
    """Returns the place of each column; what names the row is given once, the rest may share a field."""
    mapping: dict[str, str] = {}
    for column in columns:
        place = _place_of(normalised(column))
        single = place.startswith("row.") or place == "name"
        mapping[column] = IGNORED if single and place in mapping.values() else place
    return mapping


def _place_of(header: str) -> str:
    if header in LEFT_OUT:
        return IGNORED
    return HEADERS.get(header) or known_headers().get(header, IGNORED)


@lru_cache(maxsize=1)
def known_headers() -> dict[str, str]:
    """Returns the places by the names of fields, of their attributes in each standard, and by their words."""
    places: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            for target in TARGETS.values():
                places.setdefault(normalised(target.label), target.key)
    fields = [one for one in FIELDS if one.name in TARGETS]
    # A column that is called as a field holds that field, even where another one maps to the same word.
    places.update({normalised(one.name): one.name for one in fields})
    for one in fields:
        for attribute in (name for names in one.maps.values() for name in names):
            places.setdefault(normalised(attribute), one.name)
    return places
