"""Drafting a decision, from a published summary or with the reason why nobody was asked."""

from datetime import date

import sqlalchemy as sa

from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.decisions.actions.noting import ensure_draft, ensure_drafter, note
from participation.decisions.actions.wording import Wording, apply_wording
from participation.decisions.models import Decision, DecisionVersion
from participation.decisions.queries import decision_of_consultation
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import Outcome, Project
from participation.summaries.models import Summary

ALREADY_DECIDED = _("This summary already has its decision. Correct it by a further version.")
ALREADY_DECIDED_ALONE = _("This project already has its decision. Correct it by a further version.")


def draft_decision(
    project: Project,
    *,
    summary: Summary | None = None,
    reason_without_consultation: str = "",
    outcome: Outcome,
    title: str,
    body: str,
    act_number: str,
    held_on: date,
    votes: str,
    reasons: str,
    member: Membership,
    language: str = "fr",
) -> DecisionVersion:
    """Starts the decision on a project, from its published summary or with a reason why nobody was asked.

    Raises AlreadyDone when that summary, or a project on which nobody was consulted, has its decision: it is
    corrected, never decided twice.
    """
    ensure_drafter(member, project)
    hold(project)
    _ensure_consulted_or_reason(project, summary, reason_without_consultation)
    decision = Decision(
        project=project,
        summary=summary,
        reason_without_consultation="" if summary else reason_without_consultation,
        language=language,
    )
    version = DecisionVersion(decision=decision, number=1)
    wording = Wording(outcome, title, body, held_on, reasons, act_number, votes)
    apply_wording(version, wording, language)
    if not add_once(decision, version):
        raise AlreadyDone(ALREADY_DECIDED if summary else ALREADY_DECIDED_ALONE)
    note("decision.drafted", version, member)
    return version


def revise_decision(
    version: DecisionVersion, wording: Wording, *, member: Membership, language: str = "fr"
) -> DecisionVersion:
    """Rewrites a draft; a published wording is never changed."""
    ensure_drafter(member, version.decision.project)
    ensure_draft(version)
    apply_wording(version, wording, language)
    db.session.flush()
    note("decision.revised", version, member)
    return version


def _ensure_consulted_or_reason(project: Project, summary: Summary | None, reason: str) -> None:
    if summary is not None:
        if summary.published_at is None:
            raise NotPossibleNow(_("Publish the summary first: the decision answers it."))
        if summary.consultation.project_id != project.id:
            raise Invalid(_("This summary belongs to another project."))
        if decision_of_consultation(summary.consultation_id) is not None:
            raise AlreadyDone(ALREADY_DECIDED)
        return
    if not reason:
        sentence = _("Say why no consultation took place: this reason is published.")
        raise Invalid(sentence, "reason_without_consultation")
    if _was_announced(project):
        raise NotPossibleNow(
            _("People were consulted on this project: the decision starts from the published summary.")
        )


def _was_announced(project: Project) -> bool:
    announced = sa.select(Consultation.id).where(
        Consultation.project_id == project.id,
        Consultation.announced_at.is_not(None),
        Consultation.cancelled_at.is_(None),
    )
    return db.session.scalar(announced.limit(1)) is not None
