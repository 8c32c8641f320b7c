"""Taking a form back: typed in by mistake, or erased because its author asked for it."""

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.consultations.erasure import NAME_AFTER_ERASURE
from participation.consultations.holding import hold_period
from participation.contributions.actions import erase_contribution, hold_texts
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    Position,
    Submission,
    Visibility,
)
from participation.contributions.paper.models import Ending, PaperForm
from participation.contributions.paper.permissions import may_enter, require_entry
from participation.contributions.paper.queries import texts_named
from participation.contributions.paper.scans import forget_scan
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed
from participation.foundation.holding import hold, hold_several
from participation.foundation.i18n import lazy_gettext as _

SHORTEST_REASON = 10


def undo_form(form: PaperForm, *, reason: str, member: Membership) -> None:
    """Takes back all that a form added, as if it had never been typed in; its number is free again.

    Until the summary is published: its figures are then frozen.
    """
    hold_period(form.consultation)
    require_entry(form.consultation, member, clock.now())
    _hold_standing(form, reason)
    _take_back_choices(form)
    _destroy(form)
    _end(form, Ending.UNDONE, reason, member)


def erase_form(form: PaperForm, *, reason: str, member: Membership) -> None:
    """Destroys texts, name, address and scan, as erasing online does; position and supports stay counted."""
    if not may_enter(member, form.consultation):
        raise NotAllowed(
            _("Only an agent, a moderator or an administrator of this collectivity erases a form.")
        )
    hold_period(form.consultation)
    _hold_standing(form, reason)
    _destroy(form)
    # The sheet itself may be kept in a box: its number would lead from it to the position.
    form.number = None
    _end(form, Ending.ERASED, reason, member)


def strip_form(form: PaperForm) -> None:
    """Empties what a form holds of its author: address, scan, the reason that may name them."""
    form.postal_address = form.recorded_anyway = ""
    forget_scan(form)


def _hold_standing(form: PaperForm, reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Give a reason in one sentence at least."), "reason")
    hold(form.participant)
    hold(form)
    if not form.stands:
        raise AlreadyDone(_("This form no longer stands: it was undone or erased before."))


def _take_back_choices(form: PaperForm) -> None:
    """Removes position and supports of a participant who came with this form only."""
    own = form.participant_id
    supported = sa.select(ConditionSupport.contribution_id).filter_by(participant_id=own)
    hold_several(Contribution, list(db.session.scalars(supported)))
    gone = sa.delete(ConditionSupport).where(ConditionSupport.participant_id == own)
    for number in db.session.scalars(gone.returning(ConditionSupport.contribution_id)).all():
        condition = sa.update(Contribution).where(Contribution.id == number)
        db.session.execute(condition.values(support_count=Contribution.support_count - 1))
    db.session.execute(sa.delete(Position).where(Position.participant_id == own))


def _destroy(form: PaperForm) -> None:
    texts = [text for text in texts_named(form.contributions) if text.visibility is not Visibility.ERASED]
    if texts:
        hold_texts(*texts)
    for text in texts:
        erase_contribution(text)
    db.session.execute(sa.delete(Submission).where(Submission.ref == form.ref))
    strip_form(form)
    participant = form.participant
    participant.person = participant.person_id = None
    participant.display_name = NAME_AFTER_ERASURE
    db.session.flush()


def _end(form: PaperForm, ending: Ending, reason: str, member: Membership) -> None:
    form.ended_at, form.ended_by_id = clock.now(), member.id
    form.ending, form.ending_reason = ending, reason.strip()
    # Whoever types the sheet in again finds its number free.
    form.copy = None
    record(
        f"paper.{ending.value}",
        f"paper_form:{form.id}",
        audience=Audience.AUDITOR if ending is Ending.ERASED else Audience.STAFF,
        member=member,
        project_id=form.consultation.project_id,
        channel=form.channel.value,
    )
    db.session.flush()
