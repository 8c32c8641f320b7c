"""A moderator accepts, hides under a rule with a reason, or restores; each undoes another."""

from collections.abc import Iterable

import sqlalchemy as sa

from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.contributions.actions import change_visibility, hold_texts
from participation.contributions.models import Contribution, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.moderation.models import Appeal, ModerationDecision, Report, Rule, Verdict
from participation.moderation.permissions import may_moderate, wrote
from participation.moderation.queries import has_open_reports, waiting_appeal_of

GONE = (Visibility.WITHDRAWN, Visibility.ERASED)


def accept_contribution(contribution: Contribution, *, member: Membership) -> ModerationDecision:
    """Publishes a text that waited, or keeps a reported one in place; its reports are answered.

    Raises AlreadyDone when nothing about it waits, NotPossibleNow when it is hidden.
    """
    _ensure_may_act(contribution, member)
    if contribution.visibility is Visibility.HIDDEN:
        raise NotPossibleNow(_("This text is hidden. Restore it, with a reason, to make it public again."))
    if contribution.is_published and not has_open_reports(contribution):
        raise AlreadyDone(_("This text is already public and nobody is waiting for an answer about it."))
    if not contribution.is_published:
        change_visibility(contribution, Visibility.PUBLISHED)
    return decide(contribution, Verdict.ACCEPTED, member=member)


def accept_several(contributions: Iterable[Contribution], *, member: Membership) -> int:
    """Accepts those that still wait and may be accepted by this member; returns how many."""
    accepted, contributions = 0, list(contributions)
    hold_texts(*contributions)
    for contribution in contributions:
        try:
            accept_contribution(contribution, member=member)
            accepted += 1
        except (AlreadyDone, NotPossibleNow, NotAllowed):
            # Another moderator was faster, or it is the member's own text: it stays as it is.
            continue
    return accepted


def hide_contribution(
    contribution: Contribution, *, rule: Rule | None, reason: str, member: Membership, language: str = "fr"
) -> ModerationDecision:
    """Hides a text under a rule, opens the author's right of appeal and tells them, in one transaction."""
    _ensure_may_act(contribution, member)
    if rule is None:
        raise Invalid(_("Choose the rule this text breaks."), "rule")
    _ensure_reason(reason)
    if contribution.visibility is Visibility.HIDDEN:
        raise AlreadyDone(_("This text is already hidden."))
    change_visibility(contribution, Visibility.HIDDEN)
    decision = decide(
        contribution, Verdict.HIDDEN, rule=rule, reason=reason, language=language, member=member
    )
    db.session.add(Appeal(decision=decision))
    db.session.flush()
    queue_mail("contribution_hidden", decision=decision.id)
    return decision


def restore_contribution(
    contribution: Contribution, *, reason: str, member: Membership, language: str = "fr"
) -> ModerationDecision:
    """Makes a hidden text public again, with a reason; an appeal that waits is decided by somebody else."""
    _ensure_may_act(contribution, member)
    _ensure_reason(reason)
    if contribution.visibility is not Visibility.HIDDEN:
        raise AlreadyDone(_("This text is not hidden."))
    if waiting_appeal_of(contribution) is not None:
        raise NotPossibleNow(_("Its author has appealed: the answer to the appeal decides."))
    change_visibility(contribution, Visibility.PUBLISHED)
    decision = decide(contribution, Verdict.RESTORED, reason=reason, language=language, member=member)
    queue_mail("contribution_restored", decision=decision.id)
    return decision


def decide(
    contribution: Contribution,
    verdict: Verdict,
    *,
    rule: Rule | None = None,
    reason: str = "",
    language: str = "fr",
    member: Membership,
) -> ModerationDecision:
    """Writes what was decided in the register, answers the reports that waited, and records the act."""
    decision = ModerationDecision(
        contribution=contribution,
        contribution_id=contribution.id,
        verdict=verdict,
        rule=rule,
        reason=reason.strip(),
        language=language,
        decided_by=member,
        decided_by_id=member.id,
    )
    # Given here, not at the flush: it is the moment of the fact, for whoever reads the row at once.
    decision.created_at = clock.now()
    db.session.add(decision)
    waiting = sa.update(Report).where(Report.contribution_id == contribution.id, Report.handled_at.is_(None))
    db.session.execute(waiting.values(handled_at=clock.now()))
    record(
        f"contribution.{verdict.value}",
        f"contribution:{contribution.id}",
        member=member,
        project_id=contribution.project.id,
        # Whoever answers an appeal may belong to another collectivity: the act belongs to that of the text.
        collectivity_id=contribution.project.collectivity_id,
        rule=rule.value if rule else None,
    )
    db.session.flush()
    return decision


def _ensure_may_act(contribution: Contribution, member: Membership) -> None:
    """Takes the row for this transaction: of two moderators at once, the second sees what the first did."""
    if wrote(member.person_id, contribution):
        raise NotAllowed(_("You wrote this text: somebody else decides about it."))
    if not may_moderate(member, contribution):
        raise NotAllowed(_("Only the moderation of this collectivity decides about this text."))
    hold_texts(contribution)
    if contribution.visibility in GONE:
        raise NotPossibleNow(_("Its author has withdrawn this text: there is nothing left to decide."))


def _ensure_reason(reason: str) -> None:
    if len(reason.strip()) < 10:
        raise Invalid(_("Give a reason in one sentence at least: the author will read it."), "reason")
