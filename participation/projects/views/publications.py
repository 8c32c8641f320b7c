"""The versions of the dossier in the thread of a project: first and latest, the rest in one line."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from markupsafe import escape

from participation.activity.models import Event
from participation.foundation.i18n import DEFAULT_LANGUAGE, ngettext
from participation.foundation.i18n import gettext as _
from participation.web.templating import said_in

# Of so many versions at most each has its line: the first, and the latest ones.
MOST_TOLD = 10


@dataclass(frozen=True)
class Way:
    """The page of the project that tells more; none when the endpoint is empty."""

    endpoint: str = ""
    values: dict[str, int] = field(default_factory=dict)


NOWHERE = Way()

# When, what, and where one reads more.
Fact = tuple[date | datetime, str, Way]


def publications(events: list[Event]) -> Iterator[Fact]:
    """Yields the versions that were published, oldest first."""
    causes = _causes(events)
    published = [event for event in events if event.action == "dossier.published"]
    between = published[1 : 1 - MOST_TOLD] if len(published) > MOST_TOLD else []
    for event in published:
        if event not in between:
            way = Way("projects.version", {"number": event.details["number"]})
            yield event.created_at, _version_words(event, causes), way
    if between:
        words = ngettext(
            "%(count)s other version of the dossier",
            "%(count)s other versions of the dossier",
            len(between),
            count=len(between),
        )
        yield between[-1].created_at, words, Way("projects.versions")


def _causes(events: list[Event]) -> Counter[object]:
    """Returns how many contributions led to each version, by its number."""
    causes: Counter[object] = Counter()
    for event in events:
        if event.action == "dossier.changed_after":
            causes[event.details["number"]] += event.details["count"]
    return causes


def _version_words(event: Event, causes: Counter[object]) -> str:
    """Returns that a version was published, its reason in its own language."""
    details = event.details
    number, count = details.get("number", ""), causes[details.get("number", "")]
    # Filled in last: a reason that is in another language than the page is marked.
    reason = "%(reason)s"
    if count:
        words = ngettext(
            "Dossier published after a contribution, version %(version)s: %(reason)s",
            "Dossier published after %(count)s contributions, version %(version)s: %(reason)s",
            count,
            count=count,
            version=number,
            reason=reason,
        )
    else:
        words = _("Dossier published, version %(number)s: %(reason)s", number=number, reason=reason)
    said = said_in(details.get("reason", ""), details.get("language", DEFAULT_LANGUAGE))
    return escape(words) % {"reason": said}
