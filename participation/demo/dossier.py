"""Telling how a dossier was written: proposed short, completed before the opening, kept up afterwards."""

from collections.abc import Iterable
from datetime import time
from functools import partial
from itertools import pairwise

from participation.collectivities.models import Collectivity, Role
from participation.contributions.actions import note_cause, release_answers
from participation.contributions.models import Contribution
from participation.demo.answers import early, values
from participation.demo.chronicle import Chronicle
from participation.demo.people import Town
from participation.demo.tales import Calendar, Tale
from participation.projects.actions import (
    add_open_point,
    add_precedent,
    answer_field,
    assess_project,
    create_project,
    publish_dossier,
)
from participation.projects.dossier.guidance.reading import ITEMS
from participation.projects.models import OpenPoint, Project

MORNING, EVENING = time(9), time(17)
# Answers written within so many days of one another make one version.
ONE_VERSION = 12


class DossierTale:
    """One project's dossier, from its first version to the last."""

    def __init__(self, town: Town, tale: Tale, calendar: Calendar) -> None:
        self.tale = tale
        self.calendar = calendar
        self.collectivity: Collectivity = town.collectivity_of(tale)
        self.administrator = town.member(self.collectivity, Role.ADMINISTRATOR)
        self.agent = town.member(self.collectivity, Role.AGENT, function=_first_author(tale))
        self.project: Project
        self.points: dict[str, OpenPoint] = {}
        # What was said in its consultation, by key: filled in by whoever tells it.
        self.said: dict[str, Contribution] = {}

    def note(self, chronicle: Chronicle) -> None:
        """Notes the proposal and each later version."""
        proposed = self.tale["milestones"]["proposed_day"]
        chronicle.add(self.calendar.at(proposed, MORNING), self._propose)
        for days in _versions(self.tale):
            chronicle.add(self.calendar.at(days[-1], EVENING), partial(self._complete, days))
        for revision in self.tale.get("revisions", []):
            chronicle.add(self.calendar.at(revision["day"], EVENING), partial(self._revise, revision))

    def _propose(self) -> None:
        tale = self.tale
        self.project = create_project(
            self.collectivity,
            title=tale["title"],
            summary=tale["summary"],
            policy=tale["answers"]["policy"]["value"],
            member=self.agent,
            slug=tale["slug"],
        )
        self._add_points_and_precedents()
        proposed = tale["milestones"]["proposed_day"]
        for name, answer in tale["answers"].items():
            is_early = answer.get("day", proposed) > proposed
            self._answer(name, early(answer) if is_early else answer, day=proposed)
        publish_dossier(self.project, reason="Le projet est proposé.", member=self.administrator)

    def _complete(self, days: list[int]) -> None:
        for name, answer in self.tale["answers"].items():
            if answer.get("day") in days:
                self._answer(name, answer, day=answer["day"])
        reason = _reason(self.tale["milestones"], days[-1])
        publish_dossier(self.project, reason=reason, member=self.administrator)

    def _revise(self, revision: Tale) -> None:
        """Publishes one answer in other words, because of what was said."""
        field = revision["field"]
        self._answer(field, {**self.tale["answers"][field], **revision}, day=revision["day"])
        version = publish_dossier(self.project, reason=revision["why"], member=self.administrator)
        release_answers(version, member=self.administrator)
        causes = [self.said[key] for key in revision["after"]]
        note_cause(version, causes, member=self.administrator)

    def _answer(self, name: str, told: Tale, *, day: int) -> None:
        if "law" in told:
            self._answer_on_the_law(told)
            return
        answer_field(
            self.project,
            name,
            **values(name, told, self.calendar),
            answered_on=self.calendar.day(day),
            member=self.agent,
        )

    def _answer_on_the_law(self, told: Tale) -> None:
        """Answers the fourteen questions; what the tale doesn't say of the check-lists is «no»."""
        assess_project(
            self.project,
            {**dict.fromkeys(ITEMS, "no"), **told["law"]},
            text=told["comment"],
            answered_by=told["author"],
            confirmed_by=told.get("confirmed_by", ""),
            confirmed_on=self.calendar.day(told["confirmed_day"]) if told.get("confirmed_by") else None,
            member=self.agent,
        )

    def _add_points_and_precedents(self) -> None:
        for point in self.tale.get("open_points", []):
            options = "\n".join(point.get("options", []))
            self.points[point["key"]] = add_open_point(
                self.project, key=point["key"], text=point["text"], options=options
            )
        for number, point in enumerate(self.tale.get("already_decided", []), start=1):
            key = point.get("key") or f"decide-{number}"
            add_open_point(self.project, key=key, text=point["text"], is_decided=True, source=point["source"])
        for case in self.tale.get("precedents", []):
            words = {name: case[name] for name in ("title", "text", "source")}
            add_precedent(self.project, dated=case["date"], **words)


def _versions(tale: Tale) -> list[list[int]]:
    """Returns the days of answers of each version after the first, oldest first."""
    milestones = tale["milestones"]
    opens = milestones.get("opens_day", milestones["proposed_day"])
    days = sorted({answer["day"] for answer in tale["answers"].values() if "day" in answer})
    before = [day for day in days if milestones["proposed_day"] < day < opens]
    return ([before] if before else []) + _clusters([day for day in days if day >= opens])


def _clusters(days: list[int]) -> list[list[int]]:
    groups = [days[:1]] if days else []
    for one, following in pairwise(days):
        if following - one > ONE_VERSION:
            groups.append([])
        groups[-1].append(following)
    return groups


def _reason(milestones: dict[str, int], day: int) -> str:
    opens = milestones.get("opens_day")
    if opens is not None and day < opens:
        return "Le dossier est complété avant l’ouverture de la consultation."
    steps = (
        ("evaluated_day", "Le dossier est mis à jour après l’évaluation."),
        ("in_service_day", "Le dossier est mis à jour après la mise en service."),
        ("decided_day", "Le dossier est mis à jour après la décision."),
        ("closes_day", "Le dossier est mis à jour après la consultation."),
        ("opens_day", "Le dossier est mis à jour pendant la consultation."),
    )
    passed: Iterable[str] = (words for step, words in steps if milestones.get(step, day + 1) <= day)
    return next(iter(passed), "Le dossier est mis à jour.")


def _first_author(tale: Tale) -> str:
    return next((answer["author"] for answer in tale["answers"].values() if "author" in answer), "")
