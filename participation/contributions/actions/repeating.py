"""The same form a second time: the same person saying the same gets the same receipt, nobody else does."""

from typing import Any

import sqlalchemy as sa

from participation.contributions.models import Contribution, ContributionVersion, Submission, Visibility
from participation.foundation.database import db
from participation.foundation.errors import SentBefore, SentBySomebodyElse
from participation.foundation.i18n import lazy_gettext as _

COMPARED = (Visibility.PENDING, Visibility.PUBLISHED)


def require_same_person(
    submission: Submission, person_id: int | None, participant_id: int | None = None
) -> None:
    """Raises SentBySomebodyElse when what was recorded with this key is another person's."""
    first = submission.participant
    is_theirs = person_id is not None and first.person_id == person_id
    if not is_theirs and first.id != participant_id:
        raise other_person()


def require_same_words(submission: Submission, kind: str, payload: dict[str, Any]) -> None:
    """Raises SentBefore when this form says something else than what was recorded with its key.

    A browser's Back button leads to a form whose key is spent: what was changed there must not be taken for
    recorded. Texts that were withdrawn, hidden or erased since are not compared.
    """
    recorded = submission.recorded
    kind_and_choice = recorded.get("kind", kind), recorded.get("choice")
    is_same = kind_and_choice == (kind, payload.get("choice")) and _says_the_same(recorded, payload)
    if not is_same or _ticks_otherwise(submission, payload):
        raise other_words()


def _says_the_same(recorded: dict[str, Any], payload: dict[str, Any]) -> bool:
    texts = [payload[name] for name in ("new_condition", "body") if payload.get(name)]
    references = recorded.get("contributions", [])
    if len(texts) != len(references):
        return False
    known = list(db.session.scalars(sa.select(Contribution).where(Contribution.ref.in_(references))))
    is_comparable = len(known) == len(references) and all(one.visibility in COMPARED for one in known)
    # What the author changed later was said all the same.
    former = sa.select(ContributionVersion.body).where(
        ContributionVersion.contribution_id.in_([one.id for one in known])
    )
    said = {*(one.body for one in known), *db.session.scalars(former)}
    return not is_comparable or said >= set(texts)


def _ticks_otherwise(submission: Submission, payload: dict[str, Any]) -> bool:
    """Tells whether conditions were ticked or unticked since; one's own, ticked, is no support."""
    if "conditions" not in payload:
        return False
    before, now = set(submission.recorded.get("supported", [])), set(payload["conditions"])
    more = sa.select(Contribution.id).where(
        Contribution.ref.in_(now - before),
        Contribution.visibility == Visibility.PUBLISHED,
        Contribution.participant_id != submission.participant_id,
    )
    return bool(before - now) or db.session.scalar(more.limit(1)) is not None


def without_language(payload: dict[str, Any]) -> dict[str, Any]:
    """Returns what a form says, in whichever language its page was."""
    return {name: value for name, value in payload.items() if name != "language"}


def other_person() -> SentBySomebodyElse:
    """Returns the refusal of a key that somebody else used, or the same person under another address."""
    return SentBySomebodyElse(
        _(
            "This form was already sent by somebody else, or with another address. "
            "Your text is still here: if it is to count too, send it again."
        )
    )


def other_words() -> SentBefore:
    """Returns the refusal of a form that says something else the second time."""
    return SentBefore(
        _(
            "This form was already sent, and you have changed it since: the change is not recorded yet. "
            "Your text is still here: send it again to record it too."
        )
    )
