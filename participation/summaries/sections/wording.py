"""Counts in words: by which channel people came, how sure we are, what a finding rests on, who said it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from participation.contributions.models import Contribution
from participation.contributions.queries import Tally
from participation.foundation import dates
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext, pgettext
from participation.foundation.text import excerpt
from participation.summaries.sections.blocks import Line, Link, Words, cut
from participation.web.templating import number, share


class Removals(Protocol):
    """A document that knows when each of its texts was removed."""

    @property
    def removed(self) -> Mapping[int, datetime]: ...

    @property
    def zone(self) -> str: ...


CHOICES = ("favourable", "conditions", "opposed", "information")


def channel_words(channel: str) -> str:
    """Returns how people reached us."""
    return {
        "online": pgettext("channel", "Online"),
        "paper": pgettext("channel", "On paper"),
        "meeting": pgettext("channel", "At a meeting"),
        "phone": pgettext("channel", "By telephone"),
        "desk": pgettext("channel", "At the desk"),
    }[channel]


def assurance_words(assurance: str) -> str:
    """Returns how sure we are that somebody is one real person."""
    return {
        "declared": pgettext("assurance", "declared, not checked"),
        "email": pgettext("assurance", "e-mail address confirmed"),
        "account": pgettext("assurance", "signed in with an account"),
        "verified": pgettext("assurance", "identity verified"),
    }[assurance]


def choice_words(choice: str) -> str:
    """Returns a position, after its share."""
    return {
        "favourable": pgettext("positions", "favourable"),
        "conditions": pgettext("positions", "favourable under conditions"),
        "opposed": pgettext("positions", "opposed"),
        "information": pgettext("positions", "need more information"),
    }[choice]


def counted(words: Mapping[str, str], counts: Mapping[str, int], total: int) -> str:
    """Returns «en ligne 187 (87 %), sur papier 27 (13 %)», in the order of the words, without zeros."""
    return ", ".join(
        f"{words[key]} {number(counts[key])} ({share(counts[key], total)})"
        for key in words
        if counts.get(key)
    )


def positions_in_words(tally: Tally) -> str:
    """Returns the positions as a sentence, for whoever doesn't see the bar."""
    parts = []
    for choice in CHOICES:
        count = getattr(tally, choice)
        parts.append(f"{choice_words(choice)} {share(count, tally.total)} ({number(count)})")
    return total_of(tally) + _(":") + " " + ", ".join(parts) + "."


def total_of(tally: Tally) -> str:
    """Returns how many positions there are, in words."""
    return ngettext("%(count)s position", "%(count)s positions", tally.total, count=number(tally.total))


def makeup_words(makeup: Mapping[str, Any]) -> str:
    """Returns what a finding rests on; one contribution needs no count beside its stance."""
    total, stances, channels = makeup["total"], makeup["stances"], makeup["channels"]
    words = contributions(total)
    if total == 1:
        sides = {
            "for": pgettext("one contribution", "for"),
            "against": pgettext("one contribution", "against"),
            "neutral": pgettext("one contribution", "without taking sides"),
        }
        side = next((sides[one] for one in sides if stances.get(one)), "")
        paper = pgettext("one contribution", "on paper") if channels.get("paper") else ""
        return ", ".join(part for part in (words, side, paper) if part)
    counts = []
    if stances.get("for"):
        counts.append(_("%(count)s for", count=number(stances["for"])))
    if stances.get("against"):
        counts.append(_("%(count)s against", count=number(stances["against"])))
    if stances.get("neutral"):
        counts.append(_("%(count)s without taking sides", count=number(stances["neutral"])))
    if counts:
        words += _(":") + " " + ", ".join(counts)
    if channels.get("paper"):
        words += ", " + _("%(count)s of them on paper", count=number(channels["paper"]))
    return words


def contributions(count: int) -> str:
    """Returns «12 contributions»."""
    return ngettext("%(count)s contribution", "%(count)s contributions", count, count=number(count))


def author_of(contribution: Contribution) -> str:
    """Returns who said it: a function, a pseudonym, or that nobody knows."""
    said_by = contribution.spoken_as or contribution.participant.display_name
    if said_by:
        return said_by
    if contribution.participant.is_identified:
        return _("Name not given")
    return _("Author not given by the source")


def link_to(contribution: Contribution, words: str = "") -> Words:
    """Returns the reference of a contribution, or other words, leading to its page."""
    return Words(words or contribution.ref, link=Link("contributions.show", {"ref": contribution.ref}))


def text_of(contribution: Contribution, document: Removals, *, screen: int, paper: int) -> Words:
    """Returns the beginning of what was said, shorter on paper; when it was removed, that it was and when."""
    if contribution.is_published:
        return cut(excerpt(contribution.body, screen), paper, language=contribution.language)
    return Words(removed_words(contribution, document))


def removed_words(contribution: Contribution, document: Removals) -> str:
    """Returns what stands in the place of a text that nobody may read any more."""
    moment = document.removed.get(contribution.id)
    if moment is None:
        return _("[text removed]")
    return _("[text removed on %(day)s]", day=day(moment, document.zone))


def source_of(contribution: Contribution, longest: int, zone: str) -> Line:
    """Returns who said something, when, and where to read it; longer names are cut on paper."""
    name = cut(author_of(contribution), longest)
    return (name, Words(f", {day(contribution.created_at, zone)}, "), link_to(contribution))


def day(moment: datetime, zone: str) -> str:
    """Returns the day of a moment for the people of the collectivity."""
    return dates.short_day(dates.local_day(moment, zone))
