"""Publishing a version: every theme has its answer, and everybody who took part is told."""

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import settle
from participation.collectivities.models import Membership
from participation.contributions.models import Contribution, Kind
from participation.decisions.actions.noting import note
from participation.decisions.models import DecisionVersion
from participation.decisions.permissions import may_publish
from participation.decisions.queries import (
    answers_of,
    themes_to_answer,
)
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_ngettext
from participation.projects.actions import record_milestone


def publish_decision(version: DecisionVersion, *, member: Membership) -> DecisionVersion:
    """Makes a version public and queues the telling of everybody who took part.

    Raises NotPossibleNow while a theme has no answer, AlreadyDone once published. A further version
    tells again: what people were told has changed.
    """
    decision = version.decision
    if not may_publish(member, decision.project.collectivity_id):
        raise NotAllowed(_("Only an administrator publishes a decision."))
    hold(decision.project)
    hold(version)
    _ensure_every_theme_is_answered(version)
    _mark_published(version, member)
    record_milestone(decision.project, decided_at=version.published_at, outcome=version.outcome)
    if decision.summary is not None:
        _settle_what_was_owed(decision.summary.consultation_id)
    outbox.queue("notices.decision_published", version=version.id)
    note("decision.published", version, member, audience=Audience.PUBLIC)
    return version


def _ensure_every_theme_is_answered(version: DecisionVersion) -> None:
    answered = {row.theme_id for row in answers_of(version)}
    missing = [theme for theme in themes_to_answer(version.decision) if theme.id not in answered]
    if missing:
        raise NotPossibleNow(
            lazy_ngettext(
                "%(num)s theme still has no answer: “%(first)s”.",
                "%(num)s themes still have no answer, the first one is “%(first)s”.",
                len(missing),
                first=missing[0].name,
            )
        )


def _mark_published(version: DecisionVersion, member: Membership) -> None:
    """Writes the moment of publication where there is none yet: of two people who press, one publishes."""
    db.session.flush()
    now = clock.now()
    free = sa.update(DecisionVersion).where(
        DecisionVersion.id == version.id, DecisionVersion.published_at.is_(None)
    )
    done = db.session.execute(free.values(published_at=now, published_by_id=member.id))
    if done.rowcount == 0:  # type: ignore[attr-defined]
        raise AlreadyDone(_("This version is already published."))
    db.session.refresh(version)


def _settle_what_was_owed(consultation_id: int) -> None:
    """Stops the clocks of the decision and of the questions that only its answers answer."""
    settle("decision", f"consultation:{consultation_id}")
    asked = sa.select(Contribution.id).where(
        Contribution.consultation_id == consultation_id, Contribution.kind == Kind.SERVICE_QUESTION
    )
    for contribution_id in db.session.scalars(asked.order_by(Contribution.id)):
        settle("service_question", f"contribution:{contribution_id}")
