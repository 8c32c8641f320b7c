"""Telling what came of a consultation: the summary, the decision, and the dates of what follows."""

from datetime import time
from functools import partial

from participation.collectivities.models import Role
from participation.decisions.actions import answer_theme, draft_decision, publish_decision
from participation.decisions.models import AnswerVerdict, DecisionVersion
from participation.demo.chronicle import Chronicle
from participation.demo.debate import DebateTale
from participation.demo.dossier import DossierTale
from participation.demo.people import Town
from participation.demo.tales import Calendar
from participation.projects.actions import record_milestone
from participation.projects.models import Outcome
from participation.summaries.actions import (
    add_finding,
    add_theme,
    assign_theme,
    draft_summary,
    mark_orphan,
    publish_summary,
)
from participation.summaries.models import FindingKind, OrphanReason, Summary, Theme

SUMMARY_AT, SESSION_AT = time(10), time(18, 30)
DATES = {"in_service_day": "in_service_on", "evaluated_day": "evaluated_on", "stopped_day": "stopped_on"}


class OutcomeTale:
    """What was found, what was decided, and what followed."""

    def __init__(
        self, town: Town, dossier: DossierTale, debate: DebateTale | None, calendar: Calendar
    ) -> None:
        self.dossier = dossier
        self.tale = dossier.tale
        self.debate = debate
        self.calendar = calendar
        self.moderator = town.member(dossier.collectivity, Role.MODERATOR)
        self.themes: dict[str, Theme] = {}
        self.summary: Summary | None = None
        self.published: DecisionVersion | None = None

    def note(self, chronicle: Chronicle) -> None:
        """Notes the summary, the decision and the later dates, as far as the tale goes."""
        milestones = self.tale["milestones"]
        if "summary_day" in milestones:
            chronicle.add(self.calendar.at(milestones["summary_day"], SUMMARY_AT), self._summarise)
        if "decision" in self.tale:
            session = self.calendar.working_day(self.tale["decision"]["day"])
            chronicle.add(self.calendar.at(session, SESSION_AT), partial(self._decide, session))
        for step, column in DATES.items():
            if step in milestones:
                chronicle.add(
                    self.calendar.at(milestones[step], time(8)),
                    partial(self._reach, column, milestones[step]),
                )

    def _summarise(self) -> None:
        if self.debate is None:
            return
        tale, said, member = self.tale, self.debate.said, self.moderator
        consultation = self.debate.consultation
        for theme in tale["themes"]:
            self.themes[theme["key"]] = add_theme(
                consultation, name=theme["name"], description=theme["description"], member=member
            )
        self.summary = draft_summary(
            consultation,
            introduction=tale.get("summary_introduction", ""),
            method=tale.get("summary_method", ""),
            member=member,
        )
        for finding in tale["findings"]:
            theme = self.themes[finding["theme"]]
            sources = [said[key] for key in finding["sources"]]
            for source in sources:
                assign_theme(source, theme, member=member)
            add_finding(
                self.summary,
                theme,
                kind=FindingKind(finding["kind"]),
                text=finding["text"],
                sources=sources,
                member=member,
            )
        for orphan in tale["orphans"]:
            reason = OrphanReason(orphan["reason"])
            mark_orphan(self.summary, said[orphan["key"]], reason=reason, member=member)
        publish_summary(self.summary, member=member)

    def _decide(self, session: int) -> None:
        told, administrator = self.tale["decision"], self.dossier.administrator
        version = draft_decision(
            self.dossier.project,
            summary=self.summary,
            reason_without_consultation=told.get("reason_without_consultation", ""),
            outcome=Outcome(told["outcome"]),
            title=told["title"],
            body=told["body"],
            act_number=told.get("number", ""),
            held_on=self.calendar.day(session),
            votes=told.get("votes", ""),
            reasons=told["reasons"],
            member=self.dossier.agent,
        )
        for answer in self.tale.get("theme_answers", []):
            answer_theme(
                version,
                self.themes[answer["theme"]],
                verdict=AnswerVerdict(answer["verdict"]),
                answer=answer["answer"],
                reason=answer["reason"],
                member=self.dossier.agent,
            )
        self.published = publish_decision(version, member=administrator)

    def _reach(self, column: str, day: int) -> None:
        record_milestone(self.dossier.project, **{column: self.calendar.day(day)})
