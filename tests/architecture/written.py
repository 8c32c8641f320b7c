"""A town in which everything that can be written was written."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Flask

from participation.collectivities.models import Collectivity, Role
from participation.contributions.models import Contribution
from participation.decisions.actions import draft_decision, publish_decision
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.actions import decide_appeal, restore_contribution
from participation.moderation.models import AppealOutcome
from participation.privacy.actions import look_at_address
from participation.projects.actions import (
    adapt_project,
    add_precedent,
    answer_field,
    assess_project,
    choose_path,
    publish_dossier,
)
from participation.projects.dossier.path import Level
from participation.projects.models import Compliance, OpenPoint, Outcome, Project
from participation.summaries.models import Summary, Theme
from tests.architecture.world import World, build_world
from tests.factories.ai_charter import a_charter, a_statement
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_closed_consultation, a_consultation, resume, suspend
from tests.factories.contributions import a_condition, a_contribution
from tests.factories.decisions import Heard, a_decision
from tests.factories.moderation import a_hidden_contribution, a_report, an_appeal
from tests.factories.projects import a_complete_project, a_project
from tests.factories.summaries import a_published_summary, a_theme
from tests.projects.guidance.answer_sets import answers


def a_town_that_wrote_everything(app: Flask) -> tuple[World, list[str]]:
    """Adds the small town and what it lacks; returns it with the addresses of what it lacked."""
    world = build_world(app)
    ville = db.session.query(Collectivity).filter_by(slug="ville").one()
    said = db.session.query(Contribution).filter_by(ref=world.things["contributions"]["ref"]).one()
    more = [
        *_a_change(ville),
        *_a_whole_life(ville),
        *_an_archive(ville),
        *_decided_alone(ville),
        *_adapted(ville),
    ]
    more += [*_moderated(ville, said), *_held_to_a_charter(ville)]
    db.session.commit()
    return world, more


def _adapted(ville: Collectivity) -> Iterator[str]:
    """Adds a project adapted from elsewhere, with less than the minimum path, its dossier half copied."""
    project = adapt_project(a_complete_project(policy="water-resources"), ville)
    answer_field(project, "personal_data", state="answered", choice="sensitive", text="Des prénoms.")
    choose_path(project, Level.NOTICE, reason="Le conseil l’a voulu ainsi.")
    publish_dossier(project, reason="Première version")
    yield from (f"/projets/{project.slug}", f"/projets/{project.slug}/dossier")
    yield from (f"/gestion/ville/projets/{project.slug}", f"/gestion/ville/projets/{project.slug}/parcours")


def _a_change(ville: Collectivity) -> Iterator[str]:
    """Adds a consultation that was suspended and resumed, and in which somebody spoke of a point."""
    project = a_complete_project(ville, slug="mouvemente", photo_file="photo.png", photo_credit="Une agente")
    changed = a_consultation(project, slug="mouvementee")
    suspend(changed, clock.now() - timedelta(hours=3))
    resume(changed, clock.now() - timedelta(hours=2))
    point = db.session.query(OpenPoint).filter_by(project_id=project.id, key="annonce").one()
    a_contribution(changed, title="Un titre", open_point_id=point.id, dossier_field=None)
    a_condition(changed)
    yield from ("/projets/mouvemente", "/consultations/mouvementee", "/consultations/mouvementee/avis")
    yield from ("/projets/projet-suspendu", "/consultations/suspendue", "/consultations/suspendue/avis")
    yield from (f"/gestion/ville/consultations/{slug}" for slug in ("mouvementee", "suspendue", "preparee"))


def _a_whole_life(ville: Collectivity) -> Iterator[str]:
    """Adds a project with a second version, a summary that nothing lacks, and its decision."""
    project = a_complete_project(ville, slug="entier")
    answer_field(
        project,
        "budget",
        state="not_known_yet",
        reason="Le devis manque.",
        owner="La direction des achats",
        due_on=clock.today() + timedelta(days=30),
        claim="Rapide",
        claim_source="Brochure",
    )
    add_precedent(project, title="Ailleurs", text="Un essai.", source="Rapport", dated="mars 2025")
    assess_project(
        project,
        answers(),
        confirmed_by="La déléguée",
        confirmed_on=clock.today(),
        note_text="Rien ne l’interdit.",
        note_author="Une avocate",
        note_on=clock.today(),
    )
    publish_dossier(project, reason="Le devis manque.")
    consultation = a_closed_consultation(project, slug="entiere")
    said = a_contribution(consultation, title="Un titre")
    summary = a_published_summary(consultation, said)
    summary.introduction, summary.method = "Voici ce qui fut dit.", "Tout fut lu."
    [theme] = db.session.query(Theme).filter_by(consultation_id=consultation.id)
    theme.description = "Ce qui touche à l’accueil."
    version = a_decision(_heard(ville, project, summary, theme), published=True)
    version.votes = "12 pour"
    project.decided_at, project.outcome = clock.now(), Outcome.ADOPTED
    yield from (f"/projets/entier{page}" for page in ("", "/dossier", "/versions", "/versions/2"))
    yield from (f"/projets/entier/versions/{page}" for page in ("1..2", "1/dossier", "2/dossier"))
    yield "/gestion/ville/projets/entier/dossier/risk_category/indication"
    yield "/projets/entier/droit"
    yield from (f"/consultations/entiere{page}" for page in ("", "/synthese", "/synthese/constats/1"))
    yield from (f"/decisions/{version.decision.ref}", f"/gestion/ville/decisions/{version.decision.ref}")
    yield from (f"/contributions/{said.ref}", "/gestion/ville/projets/entier/dossier/section/cost")


def _heard(ville: Collectivity, project: Project, summary: Summary, theme: Theme) -> Heard:
    writer, publisher = a_member(Role.AGENT, ville), a_member(Role.ADMINISTRATOR, ville)
    return Heard(ville, project, summary.consultation, summary, [theme], [], [], writer, publisher)


def _held_to_a_charter(ville: Collectivity) -> Iterator[str]:
    """Adds a second version of the AI charter, and a project that derogates from it."""
    a_charter(ville, more="Un registre", member=a_member(Role.ADMINISTRATOR, ville))
    project = a_complete_project(ville, slug="engage")
    agent = a_member(Role.AGENT, ville)
    a_statement(project, "personne", Compliance.DEROGATES, "Le guichet a fermé.", member=agent)
    yield from ("/projets/engage/dossier", "/projets/engage/versions", "/gestion/ville/projets/engage/charte")
    yield from ("/collectivites/ville/charte/versions/2", "/gestion/ville/projets/engage")


def _an_archive(ville: Collectivity) -> Iterator[str]:
    """Adds what another platform collected, sorted under a theme."""
    project = a_project(ville, slug="archive", imported_from="Une autre plateforme")
    consultation = a_closed_consultation(project, slug="archivee")
    theme = a_theme(consultation, a_contribution(consultation, title="Un titre"))
    yield from ("/projets/archive", f"/consultations/archivee?theme={theme.id}")
    yield from ("/consultations/archivee/avis", "/gestion/ville/syntheses/archivee/classer?theme=all")
    yield from (f"/gestion/ville/syntheses/archivee{page}" for page in ("", "/themes", "/classer"))


def _decided_alone(ville: Collectivity) -> Iterator[str]:
    """Adds a decision on which nobody was consulted."""
    version = draft_decision(
        a_complete_project(ville, slug="seul"),
        reason_without_consultation="Le marché existait.",
        outcome=Outcome.REFUSED,
        title="Le projet s’arrête",
        body="Le bureau",
        act_number="",
        held_on=clock.today() - timedelta(days=1),
        votes="",
        reasons="Trop cher.",
        member=a_member(Role.AGENT, ville),
    )
    publish_decision(version, member=a_member(Role.ADMINISTRATOR, ville))
    yield from (f"/decisions/{version.decision.ref}", f"/gestion/ville/decisions/{version.decision.ref}")


def _moderated(ville: Collectivity, said: Contribution) -> Iterator[str]:
    """Adds a report, a text hidden and restored, an appeal that was answered, an address looked at."""
    moderator, other = a_member(Role.MODERATOR, ville), a_member(Role.MODERATOR, ville)
    look_at_address(said, reason="Il menace quelqu’un.", member=moderator)
    reported = a_contribution(said.consultation)
    a_report(reported).message = "Il vise mon voisin."
    restored = a_hidden_contribution(
        a_contribution(said.consultation), member=moderator
    ).decision.contribution
    restore_contribution(restored, reason="Personne n’est visé.", member=other)
    hidden = a_hidden_contribution(a_contribution(said.consultation), member=moderator, token="repondu")
    decide_appeal(an_appeal(hidden), outcome=AppealOutcome.UPHELD, reason="La règle vaut ici.", member=other)
    yield "/moderation/recours/repondu"
    yield from (f"/gestion/ville/moderation?ref={one.ref}" for one in (reported, restored))
