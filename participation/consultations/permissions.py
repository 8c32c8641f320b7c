"""When a consultation accepts answers, and what must be true before it may be announced."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from participation.collectivities.models import Membership, Role
from participation.collectivities.permissions import MODERATING, reviewers_of
from participation.consultations.models import (
    Assurance,
    ChangeKind,
    Channel,
    Consultation,
    Participant,
    PeriodChange,
)
from participation.foundation import clock
from participation.foundation.errors import NotAllowed, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _

SHORTEST_DAYS = 15
# Weakest first.
ASSURANCES = tuple(Assurance)
# What somebody needs who is not sure enough, and how they get it; their text stays on the page.
NEEDED = {
    Assurance.EMAIL: _("Confirm your e-mail address first: take part with a link sent to it."),
    Assurance.ACCOUNT: _(
        "This consultation asks you to sign in. Sign in in another tab of this browser, then send again: "
        "your text is still here."
    ),
    Assurance.VERIFIED: _(
        "This consultation asks that an agent has seen who you are. Ask for a code in your account, "
        "show it at the desk, then send again."
    ),
}


def earliest_closing(opens_at: datetime, timezone: str) -> datetime:
    """Returns the same local time fifteen calendar days later, whatever the clocks did in between."""
    local = opens_at.astimezone(ZoneInfo(timezone))
    return (local.replace(tzinfo=None) + timedelta(days=SHORTEST_DAYS)).replace(tzinfo=ZoneInfo(timezone))


def accepts_answers(consultation: Consultation, now: datetime) -> bool:
    """Tells whether what is sent at the present moment counts."""
    return consultation.is_open(now)


def present_moment(consultation: Consultation | None) -> datetime:
    """Returns the moment at which something is sent now; the caller holds the period, if it is in one."""
    now = clock.now()
    return consultation.moment(now) if consultation is not None else now


def is_sure_enough(assurance: Assurance, consultation: Consultation) -> bool:
    """Tells whether this level reaches the least one that a consultation takes online."""
    return ASSURANCES.index(assurance) >= ASSURANCES.index(consultation.minimum_assurance)


def require_assurance(participant: Participant) -> None:
    """Raises NotAllowed, with the way forward, for somebody online below the least level of assurance.

    Other channels are exempt, an agent saw or heard them; so are imports. The caller holds the participant.
    """
    consultation = participant.consultation
    is_online = participant.channel is Channel.ONLINE and participant.person_id is not None
    if consultation is None or not is_online or is_sure_enough(participant.assurance, consultation):
        return
    raise NotAllowed(NEEDED[consultation.minimum_assurance])


def may_still_answer(consultation: Consultation, now: datetime) -> bool:
    """Tells whether a service may answer what was said: from the opening on, unless it is suspended."""
    return consultation.is_public and consultation.opens_at <= now and not consultation.is_paused


def earliest_early_closing(
    consultation: Consultation, changes: Iterable[PeriodChange], timezone: str
) -> datetime:
    """Returns the earliest moment it may close before its date: time spent suspended counts for nothing."""
    resumed = [change for change in changes if change.kind is ChangeKind.RESUMED and change.closes_at_after]
    stood_still = sum(
        (change.closes_at_after - change.closed_at_before for change in resumed if change.closes_at_after),
        timedelta(),
    )
    return earliest_closing(consultation.opens_at, timezone) + stood_still


def require_open(consultation: Consultation, sent_at: datetime) -> None:
    """Raises NotPossibleNow, with when, outside the period, which the caller holds."""
    if consultation.took(sent_at):
        return
    require_not_paused(consultation)
    if consultation.is_closed(sent_at):
        raise NotPossibleNow(_("This consultation is closed: answers are no longer taken."))
    raise NotPossibleNow(_("This consultation is not open yet."))


def require_not_paused(consultation: Consultation) -> None:
    """Raises NotPossibleNow, with what happens next, while it is suspended."""
    if consultation.is_paused:
        raise NotPossibleNow(
            _(
                "This consultation is suspended: nothing is recorded for now. "
                "Once it resumes, it closes later by as long as it was suspended."
            )
        )


def require_moderator(member: Membership, consultation: Consultation) -> None:
    """Raises NotAllowed for whoever doesn't run the consultations of this collectivity."""
    if not _holds(member, consultation, (Role.MODERATOR,)):
        raise NotAllowed(_("Only a moderator of this collectivity changes the period of a consultation."))


def may_answer_proposal(member: Membership, consultation: Consultation) -> bool:
    """Tells whether this role may confirm that it closes early, when somebody else proposed it."""
    return _holds(member, consultation, MODERATING)


def _holds(member: Membership, consultation: Consultation, roles: tuple[Role, ...]) -> bool:
    here = member.collectivity_id == consultation.project.collectivity_id
    return here and member.ended_at is None and member.role in roles


def has_appeal_reviewer(collectivity_id: int, moderator: Membership) -> bool:
    """Tells whether somebody else than this moderator could look again at a moderation decision."""
    return bool(reviewers_of(collectivity_id).besides({moderator.person_id}))
