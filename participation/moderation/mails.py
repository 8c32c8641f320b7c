"""What people are told about moderation: neutral subjects, rows read again when the mail is written."""

from datetime import datetime

from participation.accounts.models import Person
from participation.collectivities.models import Membership
from participation.contributions.models import Contribution, Visibility
from participation.foundation.database import db
from participation.foundation.mail import Mail, composes
from participation.foundation.references import hash_of, secret_token
from participation.moderation.charter import CHARTER
from participation.moderation.models import Appeal, AppealOutcome, ModerationDecision
from participation.moderation.permissions import APPEAL_WITHIN, may_decide_appeal
from participation.moderation.queries import appeal_with_number, latest_decision


@composes("contribution_hidden")
def contribution_hidden(*, decision: int) -> Mail | None:
    """Tells the author why their text is hidden, and where to appeal; not once it is public again."""
    hidden = db.session.get(ModerationDecision, decision)
    appeal = db.session.query(Appeal).filter_by(decision_id=decision).one_or_none()
    if hidden is None or appeal is None or hidden.rule is None or not _still_stands(hidden):
        return None
    author = _author(hidden.contribution)
    if author is None or author.email is None:
        return None
    token = secret_token()
    appeal.token_hash = hash_of(token)
    context: dict[str, object] = {
        **_place(hidden.contribution),
        "rule": CHARTER[hidden.rule],
        "reason": hidden.reason,
        "token": token,
        "appeal_until": _appeal_until(hidden),
    }
    return Mail(author.email, "moderation/mails/contribution_hidden.txt", author.language, context)


@composes("contribution_restored")
def contribution_restored(*, decision: int) -> Mail | None:
    """Tells the author that their text is public again; not if it was hidden anew meanwhile."""
    restored = db.session.get(ModerationDecision, decision)
    if restored is None or restored.contribution.visibility is not Visibility.PUBLISHED:
        return None
    author = _author(restored.contribution)
    if author is None or author.email is None:
        return None
    context = {**_place(restored.contribution), "reason": restored.reason}
    return Mail(author.email, "moderation/mails/contribution_restored.txt", author.language, context)


@composes("appeal_received")
def appeal_received(*, appeal: int) -> Mail | None:
    """Confirms to the author that somebody else will look again, and by when."""
    return _about_appeal(appeal, "moderation/mails/appeal_received.txt")


@composes("appeal_to_answer")
def appeal_to_answer(*, appeal: int, member: int) -> Mail | None:
    """Tells one of those an appeal goes to that it waits, without a word of it; not if it no longer does."""
    waiting, reviewer = appeal_with_number(appeal), db.session.get(Membership, member)
    if waiting is None or reviewer is None or waiting.decided_at is not None:
        return None
    contribution, person = waiting.decision.contribution, reviewer.person
    if contribution.visibility is not Visibility.HIDDEN or person.email is None:
        return None
    if not may_decide_appeal(reviewer, waiting):
        return None
    is_entrusted = reviewer.collectivity_id != contribution.project.collectivity_id
    context: dict[str, object] = {
        **_place(contribution),
        "due_at": waiting.due_at,
        "desk": reviewer.collectivity.slug,
        "page": "manage_moderation.entrusted_appeal" if is_entrusted else "manage_moderation.appeal",
    }
    return Mail(person.email, "moderation/mails/appeal_to_answer.txt", person.language, context)


@composes("appeal_decided")
def appeal_decided(*, appeal: int) -> Mail | None:
    """Tells the author what the second look concluded, and why."""
    return _about_appeal(appeal, "moderation/mails/appeal_decided.txt")


def _about_appeal(number: int, template: str) -> Mail | None:
    appeal = appeal_with_number(number)
    if appeal is None:
        return None
    contribution = appeal.decision.contribution
    author = _author(contribution)
    if author is None or author.email is None or contribution.visibility is Visibility.ERASED:
        return None
    context = {
        **_place(contribution),
        "reason": appeal.reason,
        "is_reversed": appeal.outcome is AppealOutcome.REVERSED,
    }
    return Mail(author.email, template, author.language, context)


def _still_stands(decision: ModerationDecision) -> bool:
    last = latest_decision(decision.contribution_id)
    return (
        decision.contribution.visibility is Visibility.HIDDEN and last is not None and last.id == decision.id
    )


def _author(contribution: Contribution) -> Person | None:
    return contribution.participant.person


def _appeal_until(decision: ModerationDecision) -> datetime:
    return decision.created_at + APPEAL_WITHIN


def _place(contribution: Contribution) -> dict[str, object]:
    collectivity = contribution.project.collectivity
    return {
        "ref": contribution.ref,
        "title": contribution.place.title,
        "sender": collectivity.display_name,
        "timezone": collectivity.timezone,
    }
