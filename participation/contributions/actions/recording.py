"""Applying one sent form, whoever sent it: the same for people signed in and for confirmed guests."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from participation.consultations.models import Participant
from participation.contributions.actions.choosing import (
    find_useful,
    stop_finding_useful,
    stop_supporting,
    support_condition,
)
from participation.contributions.actions.editing import edit_contribution
from participation.contributions.actions.last_word import SENT_AT
from participation.contributions.actions.positions import take_position, withdraw_position
from participation.contributions.actions.repeating import require_same_person, require_same_words
from participation.contributions.actions.submitting import submit_contribution, withdraw_contribution
from participation.contributions.models import Choice, Contribution, Kind, Stance, Submission
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed, NotPossibleNow
from participation.foundation.holding import hold_several
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.projects.models import OpenPoint

Payload = dict[str, Any]
Recorded = dict[str, Any]


def record_submission(
    participant: Participant, kind: str, payload: Payload, *, form_key: str, now: datetime
) -> Submission:
    """Applies a form once per key and sends a receipt; kinds are those of `_APPLY`.

    `now` is when it was sent. The same key again returns what was recorded the first time; from another
    person, or saying something else, it raises SentBefore.
    """
    submission = _claimed(participant, form_key)
    if submission is None:
        first = db.session.scalars(_with_key(form_key)).one()
        require_same_person(first, participant.person_id, participant.id)
        require_same_words(first, kind, payload)
        return first
    recorded = _APPLY[kind](participant, payload, now)
    submission.recorded = {"kind": kind, SENT_AT: now.isoformat(), **recorded}
    if participant.person_id is not None:
        queue_mail("contribution_receipt", submission=submission.id)
    db.session.flush()
    return submission


def _claimed(participant: Participant, form_key: str) -> Submission | None:
    """Takes a form's key before anything is applied; None when it was taken already.

    The same form arriving twice at the same second waits here for the first to end, whatever the database.
    """
    if submission_with_key(form_key) is not None:
        return None
    submission = Submission(
        form_key=form_key, participant=participant, participant_id=participant.id, recorded={}
    )
    return submission if add_once(submission) else None


def submission_with_key(form_key: str) -> Submission | None:
    """Returns what a form with this key recorded; None when it was not applied yet."""
    return db.session.scalar(_with_key(form_key))


def _with_key(form_key: str) -> sa.Select[Submission]:
    return sa.select(Submission).filter_by(form_key=form_key)


def _apply_opinion(participant: Participant, payload: Payload, now: datetime) -> Recorded:
    choice = Choice(payload["choice"])
    # Held before the conditions: points come before contributions, in this order everywhere.
    _open_point(participant, payload.get("open_point"))
    position = take_position(participant, choice, now=now)
    recorded: Recorded = {"choice": choice.value, "contributions": []}
    if position is None or position.changed_at > now:
        recorded["is_superseded"] = True
    recorded.update(_apply_conditions(participant, payload, now))
    if payload.get("new_condition"):
        condition = submit_contribution(
            participant,
            kind=Kind.CONDITION,
            body=payload["new_condition"],
            language=payload["language"],
            now=now,
        )
        recorded["contributions"].append(condition.ref)
    if payload.get("body"):
        recorded["contributions"] += _apply_comment(participant, payload, now)["contributions"]
    return recorded


def _apply_conditions(participant: Participant, payload: Payload, now: datetime) -> Recorded:
    """Supports the conditions ticked and drops those no longer ticked; one's own can't be supported."""
    supported, dropped = payload.get("conditions", []), payload.get("dropped", [])
    recorded: Recorded = {"supported": [], "unsupported": []}
    for condition in _held(supported, dropped):
        if condition.ref in dropped:
            stop_supporting(participant, condition, now=now)
            recorded["unsupported"].append(condition.ref)
        elif condition.is_published and not condition.participant.is_same_human(participant):
            support_condition(participant, condition, now=now)
            recorded["supported"].append(condition.ref)
    return recorded


def _apply_withdrawn_position(participant: Participant, _payload: Payload, now: datetime) -> Recorded:
    return {"withdrawn_position": True, "is_superseded": not withdraw_position(participant, now=now)}


def _apply_comment(participant: Participant, payload: Payload, now: datetime) -> Recorded:
    reply_to = _required(payload["reply_to"]) if payload.get("reply_to") else None
    contribution = submit_contribution(
        participant,
        kind=Kind(payload["kind"]),
        body=payload["body"],
        stance=Stance(payload["stance"]),
        reply_to=reply_to,
        dossier_field=payload.get("dossier_field"),
        open_point=_open_point(participant, payload.get("open_point")),
        language=payload["language"],
        spoken_as=payload.get("spoken_as", ""),
        now=now,
    )
    return {"contributions": [contribution.ref]}


def _apply_useful(participant: Participant, payload: Payload, now: datetime) -> Recorded:
    contribution = _required(payload["contribution"])
    find_useful(participant, contribution, now=now)
    # Held by now: nobody changes the words any more, one can only have changed them before.
    if payload.get("wording", contribution.wording) != contribution.wording:
        raise NotPossibleNow(
            _("Its author has changed this text since you read it. Read the new words, then say it again.")
        )
    return {"useful": payload["contribution"]}


def _apply_not_useful(participant: Participant, payload: Payload, now: datetime) -> Recorded:
    stop_finding_useful(participant, _required(payload["contribution"]), now=now)
    return {"not_useful": payload["contribution"]}


def _apply_support(participant: Participant, payload: Payload, now: datetime) -> Recorded:
    support_condition(participant, _required(payload["contribution"]), now=now)
    return {"supported": [payload["contribution"]]}


def _apply_not_support(participant: Participant, payload: Payload, now: datetime) -> Recorded:
    stop_supporting(participant, _required(payload["contribution"]), now=now)
    return {"unsupported": [payload["contribution"]]}


def _apply_withdraw(participant: Participant, payload: Payload, _now: datetime) -> Recorded:
    contribution = _required(payload["contribution"])
    if not contribution.participant.is_same_human(participant):
        raise NotAllowed(_("Only its author can withdraw a contribution."))
    withdraw_contribution(contribution)
    return {"withdrawn": payload["contribution"]}


def _apply_edit(participant: Participant, payload: Payload, now: datetime) -> Recorded:
    contribution = _required(payload["contribution"])
    if not contribution.participant.is_same_human(participant):
        raise NotAllowed(_("Only its author can change a contribution."))
    edit_contribution(contribution, body=payload["body"], now=now)
    return {"edited": contribution.ref, "contributions": [contribution.ref]}


_APPLY: dict[str, Callable[[Participant, Payload, datetime], Recorded]] = {
    "opinion": _apply_opinion,
    "comment": _apply_comment,
    "withdraw_position": _apply_withdrawn_position,
    "useful": _apply_useful,
    "not_useful": _apply_not_useful,
    "support": _apply_support,
    "not_support": _apply_not_support,
    "withdraw": _apply_withdraw,
    "edit": _apply_edit,
}


def _held(*refs: list[str]) -> list[Contribution]:
    """Takes the conditions of a form by number: two forms that name them in other orders never block."""
    named_here = [ref for some in refs for ref in some]
    if not named_here:
        return []
    named = sa.select(Contribution.id).where(Contribution.ref.in_(named_here))
    return hold_several(Contribution, db.session.scalars(named).all())


def _required(ref: str) -> Contribution:
    found = db.session.scalar(sa.select(Contribution).filter_by(ref=ref))
    if found is None:
        raise NotPossibleNow(_("This contribution no longer exists."))
    return found


def _open_point(participant: Participant, key: str | None) -> OpenPoint | None:
    if not key:
        return None
    project_id = participant.project.id
    published = sa.select(OpenPoint).where(
        OpenPoint.project_id == project_id, OpenPoint.key == key, OpenPoint.published_text != ""
    )
    return db.session.scalar(published.with_for_update(read=True, key_share=True))
