"""Changing one's own words, for half an hour, as long as nobody has reacted to them (decision 0014)."""

from datetime import datetime

import sqlalchemy as sa

from participation.activity.recording import record
from participation.consultations.models import Consultation, ModerationTime
from participation.consultations.permissions import require_open
from participation.contributions.actions.visibility import change_visibility, hold_texts
from participation.contributions.models import Contribution, ContributionVersion, Visibility
from participation.contributions.permissions import require_young
from participation.contributions.queries.editing import has_reactions
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _


def edit_contribution(contribution: Contribution, *, body: str, now: datetime | None = None) -> Contribution:
    """Replaces the words of a comment; `now` is when the change was sent, and counts from sending to sending.

    What others could read goes to the public history of the text. Where a moderator reads first, the new
    words wait like any others, and nothing of the text is public until then.
    """
    sent_at = now or clock.now()
    hold_texts(contribution)
    require_editable(contribution, sent_at)
    if not body.strip():
        raise Invalid(_("Write your text."), "body")
    if body == contribution.body:
        raise Invalid(_("These are the words as they stand: change them, or leave this page."), "body")
    was_public = contribution.is_published
    if was_public:
        _keep_former(contribution)
    contribution.body = body
    if was_public and _is_read_first(contribution.consultation):
        change_visibility(contribution, Visibility.PENDING)
    _record(contribution)
    db.session.flush()
    return contribution


def require_editable(contribution: Contribution, sent_at: datetime) -> None:
    """Raises NotPossibleNow, with why and what can be done instead, once a text can't be changed any more."""
    require_young(contribution, sent_at)
    if contribution.consultation is not None:
        require_open(contribution.consultation, sent_at)
    if has_reactions(contribution):
        raise NotPossibleNow(
            _(
                "Somebody has already answered this text or found it useful: other words would change what "
                "they meant. You can still withdraw it, or add a reply."
            )
        )


def _keep_former(contribution: Contribution) -> None:
    kept = sa.select(sa.func.count()).where(ContributionVersion.contribution_id == contribution.id)
    now = clock.now()
    former = ContributionVersion(
        contribution_id=contribution.id,
        number=1 + (db.session.scalar(kept) or 0),
        body=contribution.body,
        written_at=contribution.edited_at or contribution.created_at,
        created_at=now,
    )
    db.session.add(former)
    contribution.edited_at = now


def _is_read_first(consultation: Consultation | None) -> bool:
    return consultation is not None and consultation.moderation is ModerationTime.BEFORE


def _record(contribution: Contribution) -> None:
    project = contribution.project
    record(
        "contribution.edited",
        f"contribution:{contribution.id}",
        participant_id=contribution.participant_id,
        project_id=project.id,
        collectivity_id=project.collectivity_id,
    )
