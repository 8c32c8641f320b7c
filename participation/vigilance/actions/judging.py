"""Saying of a series, once one has looked, that it is harmless or that it stays flagged."""

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.reasons import is_reason
from participation.vigilance.models import SuspectSeries, Verdict
from participation.vigilance.permissions import may_judge
from participation.vigilance.queries import is_of_series


def judge_series(
    series: SuspectSeries, verdict: Verdict, *, reason: str, member: Membership, language: str = "fr"
) -> None:
    """Writes what somebody concluded, over what was concluded before; no position and no text changes.

    Raises NotAllowed for whoever doesn't moderate here, or is in the series.
    """
    hold(series)
    if not may_judge(member, series):
        raise NotAllowed(_("Only a moderator of this collectivity says what a series is."))
    if is_of_series(series, member.person_id):
        raise NotAllowed(_("You are in this series yourself: a colleague looks at it."))
    if not is_reason(reason):
        raise Invalid(_("Say why in one sentence: an auditor reads it."), "reason")
    before = series.verdict.value if series.verdict else None
    series.verdict, series.reason, series.language = verdict, reason, language
    series.decided_at, series.decided_by_id = clock.now(), member.id
    record(
        "series.judged",
        f"series:{series.id}",
        audience=Audience.AUDITOR,
        member=member,
        project_id=series.consultation.project_id,
        verdict=verdict.value,
        before=before,
    )
    db.session.flush()
