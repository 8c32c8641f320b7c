"""The filters of the list: read from the address, counted, named with a way to remove each."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from participation.collectivities.models import Collectivity
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.facets import FACETS, UNSAID, Facet
from participation.projects.dossier.policies import SUB_POLICIES
from participation.projects.portfolio.index import COLLECTIVITY, STAGE, Index
from participation.projects.portfolio.reading import collectivities_named
from participation.projects.views.words import LISTED_STAGES
from participation.web.pagination import some_of

WORDS_KEY, STAGE_KEY, COLLECTIVITY_KEY = "q", "etape", "collectivite"
LONGEST_SEARCH = 100
# More public bodies than that are reached from their own pages.
MOST_COLLECTIVITIES = 12


@dataclass(frozen=True)
class Option:
    """One box to tick: how many projects it would show, and the same list without it when it is ticked."""

    value: str
    words: object
    count: int
    removal_url: str = ""


@dataclass(frozen=True)
class Group:
    """The boxes of one facet; `key` is its name in the address."""

    key: str
    title: object
    options: Sequence[Option]

    @property
    def ticked(self) -> list[Option]:
        """Returns the boxes that are ticked."""
        return [option for option in self.options if option.removal_url]


@dataclass(frozen=True)
class Asked:
    """What the address asks for: words, and values by their key; what is unknown is left out."""

    words: str
    values: Mapping[str, Sequence[str]]

    def url(self, *, without: tuple[str, str] = ("", ""), page: int | None = None) -> str:
        """Returns the address of the same list, of another page of it, or without one value."""
        key, value = without
        kept: dict[str, Any] = {
            name: [one for one in values if (name, one) != (key, value)]
            for name, values in self.values.items()
        }
        kept[WORDS_KEY] = (self.words if key != WORDS_KEY else "") or None
        return url_for("projects.list", **kept, page=page)

    @property
    def is_anything(self) -> bool:
        """Tells whether the list is filtered at all."""
        return bool(self.words) or any(self.values.values())


@dataclass(frozen=True)
class Filters:
    """The filters of one page of the list, with the projects they keep."""

    asked: Asked
    kept: int
    groups: Sequence[Group]

    @property
    def ticked(self) -> list[tuple[Group, Option]]:
        """Returns the boxes that are ticked, each with its group."""
        return [(group, option) for group in self.groups for option in group.ticked]


def asked() -> Asked:
    """Returns what the address of this request asks for."""
    slugs = [one for one in request.args.getlist(COLLECTIVITY_KEY) if re.fullmatch(r"[a-z0-9-]{1,100}", one)]
    values = {STAGE_KEY: some_of(STAGE_KEY, LISTED_STAGES), COLLECTIVITY_KEY: list(dict.fromkeys(slugs))[:20]}
    values |= {facet.key: some_of(facet.key, facet.all_values) for facet in FACETS}
    return Asked(words=" ".join(request.args.get(WORDS_KEY, "").split())[:LONGEST_SEARCH], values=values)


def filters_of(index: Index, wanted: Asked) -> Filters:
    """Returns the filters of that address, counted, in one statement for the names of public bodies."""
    found = index.having(wanted.words)
    bodies = _bodies(index, wanted)
    known = [body for body in bodies if body.slug in wanted.values[COLLECTIVITY_KEY]]
    wanted = Asked(wanted.words, {**wanted.values, COLLECTIVITY_KEY: [body.slug for body in known]})
    choices: dict[str, Collection[str]] = {
        STAGE: wanted.values[STAGE_KEY],
        COLLECTIVITY: [str(body.id) for body in known],
        **{facet.name: wanted.values[facet.key] for facet in FACETS},
    }
    stages = index.counts(STAGE, choices, found)
    by_body = index.counts(COLLECTIVITY, choices, found)
    groups = [
        _group(wanted, STAGE_KEY, _("Stage"), ((one, words, stages.get(one, 0))
               for one, words in LISTED_STAGES.items())),
        _group(wanted, COLLECTIVITY_KEY, _("Who is behind the project"),
               ((body.slug, body.display_name, by_body.get(str(body.id), 0)) for body in bodies)),
        *(_facet_group(index, facet, wanted, choices, found) for facet in FACETS),
    ]  # fmt: skip
    return Filters(wanted, index.kept(choices, found), [group for group in groups if _is_of_use(group)])


def _bodies(index: Index, wanted: Asked) -> list[Collectivity]:
    """Returns the public bodies with the most projects, and those that were asked for."""
    sizes = {int(value): bits.bit_count() for value, bits in index.bits[COLLECTIVITY].items()}
    largest = sorted(sizes, key=lambda number: (-sizes[number], number))[:MOST_COLLECTIVITIES]
    return collectivities_named(largest, wanted.values[COLLECTIVITY_KEY])


def _facet_group(
    index: Index, facet: Facet, wanted: Asked, choices: Mapping[str, Collection[str]], found: int
) -> Group:
    counts = index.counts(facet.name, choices, found)
    offered: Iterable[str] = facet.all_values
    if facet.name == "sub_policy":
        # Forty values help once a policy is chosen, and hide the others before.
        offered = [one for policy in choices["policy"] for one in SUB_POLICIES.get(policy, {})]
        offered += [one for one in wanted.values[facet.key] if one not in offered]
    rows = ((value, facet.words(value), counts.get(value, 0)) for value in offered)
    return _group(wanted, facet.key, facet.label, rows)


def _group(wanted: Asked, key: str, title: object, rows: Iterable[tuple[str, object, int]]) -> Group:
    ticked = wanted.values[key]
    options = [
        Option(value, words, count, wanted.url(without=(key, value)) if value in ticked else "")
        for value, words, count in rows
        if count or value in ticked
    ]
    return Group(key, title, options)


def _is_of_use(group: Group) -> bool:
    """Tells whether a group helps to choose: one body for all, or nothing said of any project, does not."""
    if group.ticked:
        return True
    least = 2 if group.key == COLLECTIVITY_KEY else 1
    return len([option for option in group.options if option.value != UNSAID]) >= least
