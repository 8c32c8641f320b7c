"""Closing before the date announced: one person proposes, another one confirms."""

from datetime import datetime

from participation.activity.models import Audience
from participation.collectivities.models import Membership
from participation.consultations.actions.changing import (
    note_change,
    require_counting,
    require_running,
    take_period,
)
from participation.consultations.actions.ending import note_if_over
from participation.consultations.actions.noting import note
from participation.consultations.models import ChangeKind, ClosingProposal, Consultation, ProposalOutcome
from participation.consultations.permissions import (
    earliest_early_closing,
    may_answer_proposal,
    require_moderator,
)
from participation.consultations.queries import changes_of, waiting_proposal
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.dates import long_moment
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions import record_milestone

ALREADY_PROPOSED = _("An earlier closing is already proposed: it waits for a second person.")


def propose_closing(
    consultation: Consultation,
    *,
    closes_at: datetime | None,
    reason: str,
    member: Membership,
    language: str = "fr",
) -> ClosingProposal:
    """Asks to close early, at a moment or (None) as soon as somebody confirms; by itself it changes nothing.

    One whose moment has passed makes room for the next one. Raises AlreadyDone while another one waits.
    """
    require_moderator(member, consultation)
    now = take_period(consultation)
    _require_possible(consultation, closes_at, now)
    known = waiting_proposal(consultation)
    if known is not None and not known.has_passed(now):
        raise AlreadyDone(ALREADY_PROPOSED)
    if known is not None:
        _end(known, ProposalOutcome.LAPSED, None, now)
    proposal = _kept(consultation, closes_at, reason, language, member, now)
    note("consultation.closing_proposed", consultation, member)
    db.session.flush()
    return proposal


def confirm_closing(proposal: ClosingProposal, *, member: Membership) -> None:
    """Makes a proposal take effect: by a moderator or an administrator who is not the one who proposed it."""
    consultation = proposal.consultation
    _require_answerer(member, consultation)
    now = take_period(consultation)
    _require_waiting(proposal)
    _require_second_person(proposal, member)
    if proposal.has_passed(now):
        raise NotPossibleNow(_("The moment proposed for the closing has passed: propose another one."))
    _require_possible(consultation, proposal.closes_at, now)
    closes_at = proposal.closes_at or now
    note_change(
        consultation,
        ChangeKind.CLOSED_EARLY,
        now=now,
        after=closes_at,
        reason=proposal.reason,
        language=proposal.language,
        member=proposal.proposed_by,
        confirmed_by=member,
    )
    consultation.closes_at = closes_at
    note_if_over(consultation, now)
    record_milestone(consultation.project, closes_at=closes_at)
    _end(proposal, ProposalOutcome.CONFIRMED, member, now)
    note(
        "consultation.closed_early",
        consultation,
        member,
        Audience.PUBLIC,
        proposed_by=proposal.proposed_by_id,
        proposed_as=proposal.proposed_by.function if proposal.proposed_by else "",
        confirmed_as=member.function,
    )
    db.session.flush()


def refuse_closing(proposal: ClosingProposal, *, member: Membership) -> None:
    """Ends a proposal without effect, also while suspended; whoever made it takes it back."""
    consultation = proposal.consultation
    _require_answerer(member, consultation)
    now = take_period(consultation)
    _require_waiting(proposal)
    is_own = proposal.proposed_by is not None and proposal.proposed_by.person_id == member.person_id
    outcome = ProposalOutcome.WITHDRAWN if is_own else ProposalOutcome.REFUSED
    _end(proposal, outcome, member, now)
    note(f"consultation.closing_{outcome.value}", consultation, member)
    db.session.flush()


def _require_possible(consultation: Consultation, closes_at: datetime | None, now: datetime) -> None:
    require_running(consultation, now)
    require_counting(consultation)
    zone = consultation.project.collectivity.timezone
    asked = closes_at or now
    if asked < now:
        raise Invalid(_("This moment has passed: choose a later one, or leave it empty."), "closes_at")
    if asked >= consultation.closes_at:
        raise Invalid(_("Choose a moment before the closing announced."), "closes_at")
    earliest = earliest_early_closing(consultation, changes_of(consultation), zone)
    if asked < earliest:
        raise Invalid(
            _(
                "A consultation stays open for at least fifteen days: not before %(moment)s.",
                moment=long_moment(earliest, zone),
            ),
            "closes_at",
        )


def _kept(
    consultation: Consultation,
    closes_at: datetime | None,
    reason: str,
    language: str,
    member: Membership,
    now: datetime,
) -> ClosingProposal:
    proposal = ClosingProposal(
        consultation=consultation,
        consultation_id=consultation.id,
        closes_at=closes_at,
        reason=reason,
        language=language,
        proposed_by=member,
        proposed_by_id=member.id,
        created_at=now,
    )
    if not add_once(proposal):
        raise AlreadyDone(ALREADY_PROPOSED)
    return proposal


def _require_answerer(member: Membership, consultation: Consultation) -> None:
    if not may_answer_proposal(member, consultation):
        raise NotAllowed(
            _("Only a moderator or an administrator of this collectivity confirms that it closes early.")
        )


def _require_waiting(proposal: ClosingProposal) -> None:
    db.session.refresh(proposal, attribute_names=["ended_at", "outcome"])
    if proposal.ended_at is not None:
        raise AlreadyDone(_("This proposal was already answered."))


def _require_second_person(proposal: ClosingProposal, member: Membership) -> None:
    proposer = proposal.proposed_by
    if proposer is None:
        raise NotPossibleNow(_("Who proposed it is no longer known: refuse it, then propose it again."))
    if proposer.person_id == member.person_id:
        raise NotAllowed(
            _("You proposed to close early: another person must confirm it, whatever your roles.")
        )


def _end(
    proposal: ClosingProposal, outcome: ProposalOutcome, member: Membership | None, now: datetime
) -> None:
    proposal.outcome, proposal.ended_at = outcome, now
    proposal.ended_by_id = member.id if member else None
    db.session.flush()
