"""Telling what residents asked a service outside any consultation, and what it answered."""

from functools import partial

from participation.collectivities.models import Role
from participation.collectivities.permissions import ANSWERING
from participation.consultations.actions import participant_outside
from participation.consultations.models import Assurance
from participation.contributions.actions import answer_question, submit_contribution
from participation.contributions.models import AnswerOutcome, Contribution, Kind
from participation.demo.chronicle import Chronicle, minutes
from participation.demo.dossier import MORNING, DossierTale
from participation.demo.people import Town
from participation.demo.tales import Calendar, Tale
from participation.foundation.database import db
from participation.moderation.actions import accept_contribution
from participation.projects.queries import published_version

READ_WITHIN = minutes(50)


class QuestionsTale:
    """The questions on one project, each with the day it was asked and its answer, when there is one."""

    def __init__(self, town: Town, dossier: DossierTale, calendar: Calendar) -> None:
        self.town = town
        self.dossier = dossier
        self.calendar = calendar

    def note(self, chronicle: Chronicle) -> None:
        """Notes each question, its reading by a moderator, its answer."""
        for question in self.dossier.tale.get("questions", []):
            asked_at = self.calendar.at(question["day"], MORNING)
            chronicle.add(asked_at, partial(self._ask, question))
            chronicle.add(asked_at + READ_WITHIN, partial(self._accept, question))
            if "answer" in question:
                answered_at = self.calendar.at(question["answer"]["day"], MORNING)
                chronicle.add(answered_at, partial(self._answer, question))

    def _ask(self, question: Tale) -> None:
        project = self.dossier.project
        person = self.town.person_named(question["author"])
        assurance = Assurance.ACCOUNT if person.has_account else Assurance.EMAIL
        about = question.get("about", "")
        self.dossier.said[question["key"]] = submit_contribution(
            participant_outside(project, person, display_name=question["author"], assurance=assurance),
            kind=Kind.SERVICE_QUESTION,
            body=question["text"],
            dossier_field=about if about and about not in self.dossier.points else None,
            open_point=self.dossier.points.get(about),
        )

    def _accept(self, question: Tale) -> None:
        asked = self.dossier.said[question["key"]]
        moderator = self.town.member(self.dossier.collectivity, Role.MODERATOR)
        if not asked.is_published:
            accept_contribution(asked, member=moderator)

    def _answer(self, question: Tale) -> None:
        answer = question["answer"]
        answer_question(
            self.dossier.said[question["key"]],
            outcome=AnswerOutcome(answer["outcome"]),
            body=answer["text"],
            member=self.town.member(self.dossier.collectivity, Role.AGENT, function=answer["staff"]),
        )


def answers_a_question(town: Town, dossier: DossierTale, asked: Contribution, reply: Tale) -> bool:
    """Answers a question of a consultation with what a service said; False for what is a mere reply.

    The referent passes on what other services say: it is shown under their function.
    """
    if not asked.is_question or asked.reply_count:
        return False
    function = reply["staff"]
    staff = town.staff[dossier.collectivity.slug]
    holder = next((one for one in staff if one.function == function), None)
    if holder is not None and holder.role not in ANSWERING:
        return False
    version = published_version(dossier.project) if reply.get("updated") else None
    answer_question(
        asked,
        outcome=AnswerOutcome.UPDATED if version else AnswerOutcome.UNCHANGED,
        body=reply["text"],
        member=holder or town.member(dossier.collectivity, Role.AGENT, function=REFERENT),
        version=version,
        spoken_as=function,
    )
    db.session.flush()
    return True


REFERENT = "Référente intelligence artificielle, direction des systèmes d’information"
