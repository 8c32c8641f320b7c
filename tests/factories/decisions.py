"""The smallest decided world: a closed consultation, its published summary, and a decision on it."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TypeVar

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import Choice, Contribution, Kind, Position, Visibility
from participation.decisions.models import AnswerVerdict, Decision, DecisionVersion, ThemeAnswer
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.models import Outcome, Project
from participation.summaries.models import Finding, FindingKind, FindingSource, Summary, Theme

_numbers = count(1)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Heard:
    """A project after its consultation: one contribution and one finding under each theme."""

    collectivity: Collectivity
    project: Project
    consultation: Consultation
    summary: Summary
    themes: list[Theme]
    contributions: list[Contribution]
    authors: list[Person]
    agent: Membership
    administrator: Membership


def a_heard_project(*, themes: int = 2, published: bool = True) -> Heard:
    """Adds a project whose closed consultation has a summary with that many themes."""
    number = next(_numbers)
    now = clock.now()
    body = _added(Collectivity(slug=f"body-{number}", name="Body", display_name="Town of Body"))
    project = _added(Project(slug=f"project-{number}", collectivity=body, title="A machine that answers"))
    project.proposed_at = now - timedelta(days=60)
    consultation = _added(
        Consultation(
            slug=f"heard-{number}",
            project=project,
            title="Should a machine answer?",
            opens_at=now - timedelta(days=40),
            closes_at=now - timedelta(days=20),
            announced_at=now - timedelta(days=41),
        )
    )
    published_at = now - timedelta(days=10) if published else None
    summary = _added(Summary(consultation=consultation, published_at=published_at))
    subjects = [
        _added(Theme(consultation=consultation, name=f"Subject {index}", position=index))
        for index in range(themes)
    ]
    authors = [a_reader(f"author-{number}-{index}@example.org") for index in range(themes)]
    said = [
        _said_under(theme, summary, author, f"What author {index} wrote")
        for index, (theme, author) in enumerate(zip(subjects, authors, strict=True))
    ]
    agent = _member(body, Role.AGENT, f"agent-{number}@example.org")
    administrator = _member(body, Role.ADMINISTRATOR, f"administrator-{number}@example.org")
    return Heard(body, project, consultation, summary, subjects, said, authors, agent, administrator)


def a_decision(heard: Heard, *, answered: bool = True, published: bool = False) -> DecisionVersion:
    """Adds the decision on a heard project; every theme is adopted unless it is to stay unanswered."""
    decision = _added(Decision(project=heard.project, summary=heard.summary))
    version = _added(
        DecisionVersion(
            decision=decision,
            outcome=Outcome.ADOPTED_WITH_CHANGES,
            title="The machine answers at night only",
            body="Municipal council",
            held_on=clock.today() - timedelta(days=1),
            reasons="Most people asked for it.",
            published_at=clock.now() if published else None,
        )
    )
    for theme in heard.themes if answered else []:
        an_answer(version, theme)
    return version


def an_answer(
    version: DecisionVersion, theme: Theme, *, verdict: AnswerVerdict = AnswerVerdict.ADOPTED
) -> ThemeAnswer:
    """Adds the answer to one theme."""
    return _added(
        ThemeAnswer(
            version_id=version.id,
            theme=theme,
            verdict=verdict,
            answer=f"Done for {theme.name}.",
            reason=f"It was asked under {theme.name}.",
        )
    )


def a_reader(email: str) -> Person:
    """Adds somebody who can be written to."""
    return _added(Person(email=email, language="en"))


def takes_a_position(heard: Heard, person: Person) -> Participant:
    """Adds a participant who chose without a word."""
    participant = _added(Participant(consultation=heard.consultation, person=person, display_name="Silent"))
    _added(
        Position(
            consultation_id=heard.consultation.id,
            participant_id=participant.id,
            choice=Choice.FAVOURABLE,
            changed_at=clock.now(),
        )
    )
    return participant


def _said_under(theme: Theme, summary: Summary, author: Person, body: str) -> Contribution:
    participant = _added(Participant(consultation=theme.consultation, person=author, display_name="Somebody"))
    contribution = _added(
        Contribution(
            kind=Kind.COMMENT,
            consultation=theme.consultation,
            participant=participant,
            body=body,
            visibility=Visibility.PUBLISHED,
        )
    )
    finding = _added(Finding(summary_id=summary.id, theme=theme, kind=FindingKind.ASKED, text="It is asked."))
    _added(FindingSource(finding_id=finding.id, contribution_id=contribution.id))
    return contribution


def _member(body: Collectivity, role: Role, email: str) -> Membership:
    person = a_reader(email)
    person.account_opened_at = clock.now()
    return _added(Membership(person=person, collectivity=body, role=role, function="Function"))


def _added(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
