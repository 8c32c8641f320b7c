"""Which of a participant's words about one thing is the last: by when it was sent, not when it arrived.

A guest's form counts from the moment it was sent, and is applied when its link is used, perhaps two days
later. What the same person chose or took back in between, from an account or by another link, stays.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from participation.consultations.models import Participant
from participation.contributions.models import Submission
from participation.foundation.database import db

# What a submission records of one thing: chosen and taken back.
POSITION = ("choice", "withdrawn_position")
SUPPORT = ("supported", "unsupported")
USEFUL = ("useful", "not_useful")
SENT_AT = "sent_at"


def has_later_word(
    participant: Participant, about: tuple[str, str], sent_at: datetime, ref: str = ""
) -> bool:
    """Tells whether a person said something else of the same thing in a form sent after `sent_at`.

    Under any of their identities here. `about` is one of the pairs above; `ref` names the text that is
    supported or found useful.
    """
    is_theirs = sa.or_(
        Participant.id == participant.counted_id, Participant.same_as_id == participant.counted_id
    )
    sent = (
        sa.select(Submission.recorded, Submission.created_at)
        .join(Participant, Participant.id == Submission.participant_id)
        .where(is_theirs)
    )
    return any(
        _mentions(recorded, about, ref) and _moment(recorded, applied_at) > sent_at
        for recorded, applied_at in db.session.execute(sent)
    )


def _mentions(recorded: Mapping[str, Any], about: tuple[str, str], ref: str) -> bool:
    said = [recorded.get(key) for key in about]
    return any(ref in words if isinstance(words, (list, str)) and ref else bool(words) for words in said)


def _moment(recorded: Mapping[str, Any], applied_at: datetime) -> datetime:
    """Returns when it was sent; forms recorded before this was kept were sent when they were applied."""
    return datetime.fromisoformat(recorded[SENT_AT]) if SENT_AT in recorded else applied_at
