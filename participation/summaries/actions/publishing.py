"""Signing a summary: it covers everything, its figures are frozen, the project moves on."""

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.consultations.holding import hold_alone
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, PendingSubmission, Visibility
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_ngettext
from participation.projects.actions import record_milestone
from participation.summaries.figures import figures_of
from participation.summaries.jobs import PRINT
from participation.summaries.models import Finding, Summary
from participation.summaries.permissions import may_sign
from participation.summaries.queries import count_left


def publish_summary(summary: Summary, *, member: Membership) -> Summary:
    """Publishes a summary under the name of a moderator and freezes its figures.

    Raises NotPossibleNow while the consultation is open, while something still waits to be read or
    confirmed, and while a public contribution is neither a source nor listed; AlreadyDone once published.
    """
    consultation = summary.consultation
    if not may_sign(member, consultation):
        raise NotAllowed(_("Only a moderator of this collectivity signs the summary."))
    # Of two people who press at once the second waits here, then sees it published. Whoever sends or
    # moderates a text holds the consultation too: the figures are those of one moment.
    hold_alone(consultation)
    hold(summary)
    # The texts that this page had read may have been withdrawn while we waited.
    db.session.expire_all()
    if summary.published_at is not None:
        raise AlreadyDone(_("This summary is already published."))
    _require_over(consultation)
    _require_everything_read(consultation)
    _require_full_coverage(summary)
    summary.figures = figures_of(summary)
    summary.published_at = clock.now()
    summary.signed_by, summary.signed_by_id = member, member.id
    record_milestone(consultation.project, summary_published_at=summary.published_at)
    record(
        "summary.published",
        f"summary:{summary.id}",
        audience=Audience.PUBLIC,
        member=member,
        project_id=consultation.project_id,
        number=summary.number,
    )
    outbox.queue(PRINT, summary=summary.id)
    db.session.flush()
    return summary


def _require_over(consultation: Consultation) -> None:
    if consultation.is_paused:
        raise NotPossibleNow(
            _("The consultation is suspended: the summary is published once it has resumed and closed.")
        )
    if not consultation.is_closed(clock.now()):
        raise NotPossibleNow(
            _("The consultation is still open: the summary is published once it has closed.")
        )


def _require_everything_read(consultation: Consultation) -> None:
    """What was sent in time counts (domain.md, rule 8): accepted later, it would be in no summary."""
    waiting = db.session.scalar(
        sa.select(sa.func.count(Contribution.id)).where(
            Contribution.consultation_id == consultation.id, Contribution.visibility == Visibility.PENDING
        )
    )
    if waiting:
        raise NotPossibleNow(
            lazy_ngettext(
                "%(num)s text still waits for moderation. Read it first.",
                "%(num)s texts still wait for moderation. Read them first.",
                waiting,
            )
        )
    unconfirmed = sa.select(PendingSubmission.id).where(
        PendingSubmission.consultation_id == consultation.id,
        PendingSubmission.kind != "withdraw",
        PendingSubmission.confirmed_at.is_(None),
        PendingSubmission.expires_at > clock.now(),
    )
    if db.session.scalar(unconfirmed.limit(1)) is not None:
        raise NotPossibleNow(
            _("Somebody who answered in time can still confirm. Publish 48 hours after the closing.")
        )


def _require_full_coverage(summary: Summary) -> None:
    if db.session.scalar(sa.select(Finding.id).where(Finding.summary_id == summary.id).limit(1)) is None:
        raise NotPossibleNow(_("Write at least one finding first."))
    left = count_left(summary.consultation_id, summary)
    if left:
        raise NotPossibleNow(
            lazy_ngettext(
                "%(num)s contribution is neither a source of a finding nor listed with a reason.",
                "%(num)s contributions are neither a source of a finding nor listed with a reason.",
                left,
            )
        )
