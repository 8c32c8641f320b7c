"""A public page asks the database at most eight times, however much there is to show."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.collectivities.models import Role
from participation.consultations.models import ChangeKind, Channel, Consultation, PeriodChange
from participation.contributions.actions import link_participants, note_cause
from participation.contributions.models import (
    Choice,
    ConditionSupport,
    Contribution,
    ContributionVersion,
    ReportedTotal,
    Stance,
    UsefulVote,
    Visibility,
)
from participation.contributions.queries import Order
from participation.decisions.models import DecisionVersion
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.actions import hide_contribution
from participation.moderation.models import Rule
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.models import Compliance, Project
from participation.summaries.figures import figures_of
from participation.summaries.models import Finding, FindingKind, FindingSource, Theme, ThemeAssignment
from tests.architecture.listening import statements
from tests.factories.ai_charter import a_charter, a_statement
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import (
    a_closed_consultation,
    a_participant,
    an_open_consultation,
    suspend,
)
from tests.factories.contributions import a_condition, a_contribution, a_position
from tests.factories.decisions import Heard, a_decision, a_heard_project, an_answer
from tests.factories.projects import a_complete_project, a_project
from tests.factories.summaries import a_theme

AT_MOST = 8
# Of one thing, so many are added each time the town grows.
SEVERAL = 2


@dataclass
class Town:
    """One project that is being discussed and one that was decided; the rest is company."""

    project: Project
    consultation: Consultation
    said: Contribution
    heard: Heard
    version: DecisionVersion
    archive: Consultation
    size: int = 0

    def addresses(self) -> dict[str, str]:
        """Returns every public page that shows rows, by name."""
        open_slug, heard_slug = self.consultation.slug, self.heard.consultation.slug
        return {
            "home": "/",
            "home of a collectivity": f"/collectivites/{self.project.collectivity.slug}",
            "charter": f"/collectivites/{self.project.collectivity.slug}/charte",
            "charter versions": f"/collectivites/{self.project.collectivity.slug}/charte/versions",
            "charter version": f"/collectivites/{self.project.collectivity.slug}/charte/versions/1",
            "projects": "/projets",
            "project": f"/projets/{self.project.slug}",
            "project decided": f"/projets/{self.heard.project.slug}",
            "dossier": f"/projets/{self.project.slug}/dossier",
            "versions": f"/projets/{self.project.slug}/versions",
            "dossier as data": f"/projets/{self.project.slug}.json",
            "dossier for Eurocities": f"/projets/{self.project.slug}/eurocities.json",
            "projects as data": "/projets.json",
            "projects for Eurocities": "/eurocities.json",
            "projects as a table": "/projets.csv",
            "projects as a whole table": "/projets-complet.csv",
            "inventory": "/inventaire?tous=1",
            "inventory as a table": "/inventaire.csv?tous=1",
            "catalogue": "/catalog.jsonld",
            "formats": "/donnees/dossiers",
            "version": f"/projets/{self.project.slug}/versions/2",
            "dossier as it was": f"/projets/{self.project.slug}/versions/1/dossier",
            "versions compared": f"/projets/{self.project.slug}/versions/1..2",
            "consultations": "/consultations",
            "consultation": f"/consultations/{open_slug}",
            "results": f"/consultations/{open_slug}/resultats",
            "results over": f"/consultations/{heard_slug}/resultats",
            **{
                f"consultation by {order}": f"/consultations/{open_slug}?ordre={order}"
                for order in Order
                if order is not Order.BALANCED
            },
            "comments on an answer": f"/consultations/{open_slug}?sur=field:budget",
            "comments on a point": f"/consultations/{open_slug}?sur=point:annonce&ordre=useful",
            "words changed": f"/contributions/{self.said.ref}/versions",
            "consultation over": f"/consultations/{heard_slug}",
            "recount file": f"/consultations/{open_slug}/resultats.json",
            "recount file as a table": f"/consultations/{open_slug}/resultats.csv",
            "following a project": f"/projets/{self.project.slug}/suivre",
            "following a consultation": f"/consultations/{open_slug}/suivre",
            "taking part": f"/consultations/{open_slug}/avis",
            "question sheet": f"/consultations/{open_slug}/questionnaire",
            "summary": f"/consultations/{heard_slug}/synthese",
            "left out": f"/consultations/{heard_slug}/synthese/sans-constat",
            "archive": f"/projets/{self.archive.project.slug}",
            "archive consultation": f"/consultations/{self.archive.slug}",
            "finding": f"/consultations/{heard_slug}/synthese/constats/1",
            "decisions": "/decisions",
            "decision": f"/decisions/{self.version.decision.ref}",
            "contribution": f"/contributions/{self.said.ref}",
            "contribution heard": f"/contributions/{self.heard.contributions[0].ref}",
            "moderation": "/moderation",
            "glossary": "/glossaire",
        }


@pytest.fixture
def town() -> Town:
    project = a_complete_project(a_collectivity())
    a_charter(project.collectivity)
    consultation = an_open_consultation(project, slug="discutee", postcodes=["12340"])
    heard = _a_published_project_heard()
    a_member(Role.MODERATOR, project.collectivity)
    town = Town(
        project=project,
        consultation=consultation,
        said=a_contribution(consultation),
        heard=heard,
        version=a_decision(heard, published=True),
        archive=a_closed_consultation(
            a_project(project.collectivity, imported_from="Decidim"), slug="archive"
        ),
    )
    grow(town)
    return town


def grow(town: Town) -> None:
    """Adds the same again to everything a page may list."""
    for _one in range(SEVERAL):
        town.size += 1
        _more_projects(town.size)
        _more_of_the_charter(town)
        _more_versions(town)
        _more_said(town)
        _more_heard(town)
    db.session.commit()


def _more_projects(number: int) -> None:
    body = a_collectivity()
    a_position(an_open_consultation(a_complete_project(body), slug=f"autre-{number}"))
    a_decision(_a_published_project_heard(), published=True)


def _more_of_the_charter(town: Town) -> None:
    body = town.project.collectivity
    a_charter(body, more=f"Article {town.size}")
    for project in (town.project, a_project(body)):
        a_statement(project, "personne", Compliance.DEROGATES, f"Raison {town.size}")


def _a_published_project_heard() -> Heard:
    heard = a_heard_project(themes=1)
    answer_field(heard.project, "name", state="answered", text=heard.project.title)
    publish_dossier(heard.project, reason="Première version")
    return heard


def _more_versions(town: Town) -> None:
    answer_field(town.project, "goal", state="answered", text=f"Texte {town.size}", revision=town.size)
    version = publish_dossier(town.project, reason=f"Version {town.size}")
    note_cause(version, [town.said, a_contribution(town.consultation)])
    answer_field(town.heard.project, "goal", state="answered", text=f"Texte {town.size}")
    version = publish_dossier(town.heard.project, reason=f"Version {town.size}")
    note_cause(version, town.heard.contributions)
    for consultation in (town.consultation, town.heard.consultation):
        change = PeriodChange(
            consultation_id=consultation.id,
            kind=ChangeKind.EXTENDED,
            closed_at_before=consultation.closes_at,
            closes_at_after=consultation.closes_at + timedelta(days=1),
            reason="Le conseil s’est réuni plus tard.",
        )
        db.session.add(change)


def _more_said(town: Town) -> None:
    for channel, choice in zip(Channel, [*Choice, Choice.OPPOSED], strict=True):
        a_position(choice=choice, participant=a_participant(town.consultation, channel=channel))
    linked = [a_participant(town.consultation) for _ in range(2)]
    for one in linked:
        a_contribution(participant=one)
    link_participants(linked[0], linked[1])
    comment = a_contribution(town.consultation, stance=Stance.AGAINST, spoken_as="")
    # A page shows the latest few: what costs a statement stands among them each time.
    latest = a_contribution(town.heard.consultation, spoken_as="")
    for parent in (comment, town.said, latest):
        a_contribution(parent=a_contribution(parent=parent, spoken_as="Adjointe au numérique"))
    a_contribution(town.consultation, visibility=Visibility.WITHDRAWN)
    a_contribution(town.consultation, dossier_field="budget")
    former = ContributionVersion(
        contribution_id=town.said.id, number=town.size, body="Avant.", written_at=clock.now()
    )
    db.session.add(former)
    town.said.edited_at = clock.now()
    imported = a_contribution(town.archive, source_key=f"proposal:{town.size}")
    a_contribution(parent=imported)
    db.session.add(ReportedTotal(contribution_id=imported.id, label="votes", total=3))
    a_theme(town.archive, imported)
    condition = a_condition(town.consultation)
    supporter = a_participant(town.consultation)
    db.session.add(ConditionSupport(contribution_id=condition.id, participant_id=supporter.id))
    db.session.add(UsefulVote(contribution_id=town.said.id, participant_id=supporter.id))
    for hidden in (
        {"consultation": town.consultation},
        {"parent": town.said},
        {"parent": latest},
    ):
        _hide(a_contribution(**hidden))


def _hide(contribution: Contribution) -> None:
    body = contribution.consultation.project.collectivity
    moderator = a_member(Role.MODERATOR, body)
    hide_contribution(
        contribution, rule=Rule.ATTACK, reason="Il vise une personne reconnaissable.", member=moderator
    )


def _more_heard(town: Town) -> None:
    consultation, said = town.heard.consultation, town.heard.contributions[0]
    theme = Theme(consultation=consultation, consultation_id=consultation.id, name=f"Sujet {town.size}")
    db.session.add(theme)
    db.session.flush()
    finding = Finding(
        summary_id=town.heard.summary.id,
        theme=theme,
        theme_id=theme.id,
        kind=FindingKind.FEARED,
        text="On le craint.",
        position=town.size,
    )
    db.session.add(finding)
    db.session.flush()
    for source in (said, a_contribution(consultation)):
        db.session.add(FindingSource(finding_id=finding.id, contribution_id=source.id))
        db.session.add(ThemeAssignment(theme_id=theme.id, contribution_id=source.id))
    an_answer(town.version, theme)
    town.heard.summary.figures = figures_of(town.heard.summary)


def asked(visitor: FlaskClient, town: Town) -> dict[str, list[str]]:
    """Returns what each page asks for, opened by somebody who is not signed in."""
    found = {}
    for name, address in town.addresses().items():
        with statements() as sent:
            assert visitor.get(address).status_code == 200, address
        found[name] = [_in_short(statement) for statement in sent]
    return found


def _in_short(statement: str) -> str:
    """Returns what a statement reads from, and where."""
    return re.sub(r"^.*?\bFROM\b", "FROM", " ".join(statement.split()))[:160]


def test_no_public_page_asks_more_than_eight_times(visitor: FlaskClient, town: Town) -> None:
    assert {name: sent for name, sent in asked(visitor, town).items() if len(sent) > AT_MOST} == {}


def test_a_page_asks_as_often_when_there_is_three_times_as_much(visitor: FlaskClient, town: Town) -> None:
    few = asked(visitor, town)

    grow(town)
    grow(town)

    many = asked(visitor, town)
    assert {name: sent for name, sent in many.items() if len(sent) != len(few[name])} == {}


def test_a_suspended_consultation_costs_no_page_more_than_eight_either(
    visitor: FlaskClient, town: Town
) -> None:
    suspend(town.consultation, clock.now())
    addresses = town.addresses()
    shown = ("home", "projects", "project", "consultations", "consultation", "contribution")

    for name in shown:
        with statements() as sent:
            assert visitor.get(addresses[name]).status_code == 200
        assert len(sent) <= AT_MOST, name
    assert visitor.get(addresses["taking part"]).status_code == 409
