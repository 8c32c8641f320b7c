"""Telling the AI charter of the town: its versions, and what each project says of its articles."""

from datetime import time
from functools import partial

from participation.collectivities.ai_charter.actions import add_article, edit_article, publish_charter
from participation.collectivities.ai_charter.queries import working_article
from participation.collectivities.models import Role
from participation.demo.chronicle import Chronicle
from participation.demo.people import Town
from participation.demo.tales import Calendar, Tale
from participation.projects.actions import Saying, publish_dossier, state_on_charter
from participation.projects.models import Compliance
from participation.projects.queries import project_by_slug

PUBLISHED_AT, STATED_AT = time(10), time(18)


class CharterTale:
    """The charter, told once the projects are: a dossier says nothing of it before it exists."""

    def __init__(self, town: Town, tale: Tale, calendar: Calendar) -> None:
        self.town, self.tale, self.calendar = town, tale, calendar
        self.collectivity = town.collectivity_of(tale)
        self.administrator = town.member(self.collectivity, Role.ADMINISTRATOR)

    def note(self, chronicle: Chronicle) -> None:
        """Notes each version and each project that is checked against it."""
        for version in self.tale["versions"]:
            chronicle.add(self.calendar.at(version["day"], PUBLISHED_AT), partial(self._publish, version))
        for told in self.tale["statements"]:
            chronicle.add(self.calendar.at(told["day"], STATED_AT), partial(self._state, told))

    def _publish(self, version: Tale) -> None:
        if self.collectivity.charter_number is None:
            for article in self.tale["articles"]:
                words = {name: article[name].strip() for name in ("key", "heading", "title", "text")}
                add_article(self.collectivity, member=self.administrator, **words)
        for key, text in version.get("rewritten", {}).items():
            article = working_article(self.collectivity, key)
            if article is not None:
                edit_article(
                    self.collectivity, article, heading=article.heading, title=article.title, text=text
                )
        publish_charter(self.collectivity, reason=version["reason"], member=self.administrator)

    def _state(self, told: Tale) -> None:
        project = project_by_slug(told["project"])
        if project is None or self.collectivity.charter_number is None:
            return
        sayings = [Saying(key, Compliance(state), reason) for key, (state, reason) in told["said"].items()]
        agent = self.town.member(self.collectivity, Role.AGENT, function=told["by"])
        state_on_charter(project, sayings, charter_number=self.collectivity.charter_number, member=agent)
        publish_dossier(project, reason=told["reason"], member=self.administrator)
