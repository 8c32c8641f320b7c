"""What the page of a project gathers from the domains above it, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload

from participation.activity.queries import public_events_of
from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.site import choose_site, show_as
from participation.consultations.models import ChangeKind, Consultation, PeriodChange
from participation.contributions.queries import (
    CommentsPage,
    Tally,
    comments_page,
    position_tally,
)
from participation.decisions.models import Decision, DecisionVersion
from participation.decisions.queries import latest_published
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.models import Rule
from participation.moderation.queries import hiding_rules
from participation.projects.dossier.published import PublishedDossier
from participation.projects.dossier.snapshot import read_text
from participation.projects.models import DossierVersion, Project
from participation.projects.queries import is_public, referent_number
from participation.projects.stage import Stage, stage_of
from participation.projects.views.thread import Moment, thread_of

# The rest is one link away, on the page of the consultation: a page stays light on an old phone.
COMMENTS_SHOWN = 3


@dataclass(frozen=True)
class Story:
    """A public project with its published dossier, its announced consultations, its decisions in force."""

    project: Project
    version: DossierVersion | None
    dossier: PublishedDossier
    consultations: list[Consultation]
    decisions: list[DecisionVersion]
    stage: Stage
    # Why its consultation is suspended today; None when it isn't.
    suspension: PeriodChange | None
    # Who receives the questions of residents; None for the administrators together.
    referent: Membership | None = None
    # Whether the installation is shared with other public bodies.
    has_other_bodies: bool = False

    @property
    def consultation(self) -> Consultation | None:
        """Returns the latest consultation, None when there was none."""
        return self.consultations[0] if self.consultations else None


@dataclass(frozen=True)
class Debate:
    """What was said and chosen in the latest consultation; empty without one."""

    tally: Tally
    discussion: CommentsPage
    rules: dict[int, Rule]


def story_or_404(slug: str) -> Story:
    """Returns a public project and what surrounds it, shown under the name of its collectivity."""
    story = story_of(slug, clock.now())
    if story is None or story.stage is Stage.DRAFT:
        choose_site()
        abort(404)
    show_as(story.project.collectivity, several=story.has_other_bodies)
    return story


def story_of(slug: str, now: datetime) -> Story | None:
    """Returns a public project and what surrounds it, in one or two statements; None for a draft."""
    rows = db.session.execute(_around_project(), {"slug": slug, "now": now}).all()
    if not rows:
        return None
    project, version, _consultation, _decision, snapshot, referent, suspension, others = rows[0]
    consultations = list(dict.fromkeys(row[2] for row in rows if row[2] is not None))
    return Story(
        project=project,
        version=version,
        dossier=read_text(snapshot or "{}"),
        consultations=consultations,
        decisions=list(dict.fromkeys(row[3] for row in rows if row[3] is not None)),
        stage=stage_of(project, now),
        suspension=suspension,
        referent=referent,
        has_other_bodies=others,
    )


@cache
def _around_project() -> sa.Select[
    Project, DossierVersion, Consultation, DecisionVersion, str, Membership, PeriodChange, bool
]:
    other, others = aliased(DossierVersion), aliased(Collectivity)
    latest = sa.select(sa.func.max(other.number)).where(other.project_id == Project.id).correlate(Project)
    is_latest = sa.and_(
        DossierVersion.project_id == Project.id, DossierVersion.number == latest.scalar_subquery()
    )
    in_force = latest_published().subquery()
    last_word = sa.and_(
        DecisionVersion.decision_id == in_force.c.decision_id, DecisionVersion.number == in_force.c.number
    )
    announced = sa.and_(Consultation.project_id == Project.id, Consultation.announced_at.is_not(None))
    return (
        sa.select(
            Project,
            DossierVersion,
            Consultation,
            DecisionVersion,
            sa.cast(DossierVersion.snapshot, sa.Text),
            Membership,
            PeriodChange,
            sa.exists().where(others.id != Project.collectivity_id).correlate(Project),
        )
        .select_from(Project)
        .outerjoin(DossierVersion, is_latest)
        .outerjoin(Consultation, announced)
        .outerjoin(PeriodChange, PeriodChange.id == _last_pause())
        .outerjoin(Decision, Decision.project_id == Project.id)
        .outerjoin(in_force, in_force.c.decision_id == Decision.id)
        .outerjoin(DecisionVersion, last_word)
        .outerjoin(Membership, Membership.id == referent_number())
        .where(Project.slug == sa.bindparam("slug"), is_public(sa.bindparam("now")))
        .options(
            joinedload(Project.collectivity, innerjoin=True),
            joinedload(Project.adapted_from).load_only(Project.slug, Project.proposed_at),
            contains_eager(DecisionVersion.decision),
            defer(DossierVersion.snapshot),
        )
        .order_by(Consultation.opens_at.desc(), DecisionVersion.held_on.desc(), DecisionVersion.id.desc())
    )


def _last_pause() -> sa.ScalarSelect[int | None]:
    """Returns the number of the change that suspended a consultation, while it is."""
    pause = aliased(PeriodChange)
    last = sa.select(sa.func.max(pause.id)).where(
        pause.consultation_id == Consultation.id,
        pause.kind == ChangeKind.PAUSED,
        Consultation.paused_at.is_not(None),
    )
    return last.correlate(Consultation).scalar_subquery()


def debate_of(consultation: Consultation | None) -> Debate:
    """Returns the positions and the first comments of the discussion."""
    if consultation is None:
        return Debate(Tally(), CommentsPage([], ""), {})
    discussion = comments_page(consultation.id, size=COMMENTS_SHOWN)
    return Debate(
        tally=position_tally(consultation.id),
        discussion=discussion,
        rules=hiding_rules(discussion.hidden_ids),
    )


def thread_of_story(story: Story, now: datetime) -> list[Moment]:
    """Returns the thread of the project: what happened, today, what is to come."""
    return thread_of(
        story.project, story.dossier, story.consultation, public_events_of(story.project.id), story.stage, now
    )


def latest_consultations(projects: list[Project]) -> dict[int, Consultation]:
    """Returns the latest announced consultation of each of these projects, in one statement."""
    found = (
        sa.select(Consultation)
        .where(
            Consultation.project_id.in_([project.id for project in projects]),
            Consultation.announced_at.is_not(None),
        )
        .order_by(Consultation.opens_at, Consultation.id)
    )
    return {consultation.project_id: consultation for consultation in db.session.scalars(found)}


def slug_of_consultation(ref: str) -> str | None:
    """Returns the slug of an announced consultation by the reference printed on its posters."""
    found = sa.select(Consultation.slug).where(
        Consultation.ref == ref, Consultation.announced_at.is_not(None)
    )
    return db.session.scalar(found)
