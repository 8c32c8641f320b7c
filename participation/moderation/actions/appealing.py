"""The author asks that somebody else looks again, and somebody else answers."""

from datetime import datetime

from participation.activity.recording import owe, record, settle
from participation.collectivities.models import Membership
from participation.collectivities.permissions import reviewers_of
from participation.contributions.actions import change_visibility, hold_texts
from participation.contributions.models import Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.foundation.reasons import is_reason
from participation.moderation import clocks
from participation.moderation.actions.deciding import decide
from participation.moderation.models import Appeal, AppealOutcome, Verdict
from participation.moderation.permissions import may_decide_appeal, may_still_appeal, reviewers_for

OWED = "moderation.appeal"


def lodge_appeal(appeal: Appeal, *, message: str, language: str = "fr") -> Appeal:
    """Starts the clock of a second look; once per decision, within six months, while the text is hidden."""
    contribution = appeal.decision.contribution
    hold_texts(contribution)
    hold(appeal)
    if appeal.lodged_at is not None:
        raise AlreadyDone(_("You have already appealed. Somebody else is looking at it."))
    if contribution.visibility is not Visibility.HIDDEN:
        raise NotPossibleNow(
            _("This text is no longer hidden by moderation: there is nothing to appeal against.")
        )
    if not may_still_appeal(appeal, clock.now()):
        raise NotPossibleNow(_("The six months in which one can appeal have passed."))
    if not message.strip():
        raise Invalid(_("Say in a sentence why this text should be public."), "message")
    appeal.message, appeal.language = message.strip(), language
    appeal.lodged_at = clock.now()
    _start_clock(appeal, appeal.lodged_at + clocks.APPEAL_WITHIN)
    queue_mail("appeal_received", appeal=appeal.id)
    _tell_reviewers(appeal)
    record("appeal.lodged", f"appeal:{appeal.id}", project_id=contribution.project.id)
    db.session.flush()
    return appeal


def decide_appeal(
    appeal: Appeal, *, outcome: AppealOutcome | None, reason: str, member: Membership, language: str = "fr"
) -> Appeal:
    """Answers an appeal, by one of those it goes to; reversed, the text is public again."""
    if not may_decide_appeal(member, appeal):
        raise NotAllowed(_("This appeal goes to somebody else: never to whoever decided or wrote the text."))
    hold_texts(appeal.decision.contribution)
    hold(appeal)
    if appeal.lodged_at is None:
        raise NotPossibleNow(_("Nobody has appealed against this decision."))
    if appeal.decided_at is not None:
        raise AlreadyDone(_("This appeal is already answered."))
    if outcome is None:
        raise Invalid(_("Choose what becomes of the text."), "outcome")
    if not is_reason(reason):
        raise Invalid(_("Give a reason in one sentence at least: the author will read it."), "reason")
    appeal.outcome = outcome
    appeal.reason, appeal.reason_language = reason.strip(), language
    appeal.decided_at, appeal.decided_by_id = clock.now(), member.id
    _apply(appeal, member)
    settle(OWED, f"appeal:{appeal.id}")
    queue_mail("appeal_decided", appeal=appeal.id)
    project = appeal.decision.contribution.project
    record(
        "appeal.decided",
        f"appeal:{appeal.id}",
        member=member,
        project_id=project.id,
        collectivity_id=project.collectivity_id,
        outcome=outcome.value,
    )
    db.session.flush()
    return appeal


def _apply(appeal: Appeal, member: Membership) -> None:
    """Publishes the text again when the appeal was right; a text withdrawn meanwhile stays withdrawn."""
    contribution = appeal.decision.contribution
    if appeal.outcome is AppealOutcome.REVERSED and contribution.visibility is Visibility.HIDDEN:
        change_visibility(contribution, Visibility.PUBLISHED)
        decide(
            contribution,
            Verdict.RESTORED,
            reason=appeal.reason,
            language=appeal.reason_language,
            member=member,
        )


def _tell_reviewers(appeal: Appeal) -> None:
    project = appeal.decision.contribution.project
    for member in reviewers_for(appeal, reviewers_of(project.collectivity_id)):
        queue_mail("appeal_to_answer", appeal=appeal.id, member=member.id)


def _start_clock(appeal: Appeal, due_at: datetime) -> None:
    project = appeal.decision.contribution.project
    owe(
        OWED,
        f"appeal:{appeal.id}",
        owed_by=project.collectivity.display_name,
        due_at=due_at,
        project_id=project.id,
        collectivity_id=project.collectivity_id,
    )
