"""Taking a form back: typed in by mistake, or erased because its author asked for it."""

from datetime import datetime

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.consultations.erasure import NAME_AFTER_ERASURE
from participation.consultations.holding import hold_counted, hold_period
from participation.contributions.actions import erase_contribution, hold_texts
from participation.contributions.actions.last_word import SENT_AT
from participation.contributions.actions.positions import position_of
from participation.contributions.models import ConditionSupport, Contribution, Submission, Visibility
from participation.contributions.paper.models import BesideOnline, Ending, PaperForm
from participation.contributions.paper.permissions import may_enter, require_entry
from participation.contributions.paper.queries import texts_named
from participation.contributions.paper.scans import forget_scan
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed
from participation.foundation.holding import hold, hold_several
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.reasons import is_reason


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
    if not is_reason(reason):
        raise Invalid(_("Give a reason in one sentence at least."), "reason")
    hold(form.participant)
    hold(form)
    if not form.stands:
        raise AlreadyDone(_("This form no longer stands: it was undone or erased before."))


def _take_back_choices(form: PaperForm) -> None:
    """Removes position and supports that came with this form; what stood before it stands again."""
    counted = hold_counted(form.participant)
    supported = sa.select(Contribution.id).join(
        ConditionSupport, ConditionSupport.contribution_id == Contribution.id
    )
    supported = supported.where(
        ConditionSupport.participant_id == counted.id, Contribution.ref.in_(form.added_supports)
    )
    conditions = hold_several(Contribution, list(db.session.scalars(supported)))
    for condition in conditions:
        own = sa.delete(ConditionSupport).where(
            ConditionSupport.participant_id == counted.id, ConditionSupport.contribution_id == condition.id
        )
        db.session.execute(own)
        condition.support_count -= 1
    position = position_of(counted)
    if position is not None and _came_with(form, position.changed_at):
        if form.replaced_choice is not None and form.replaced_at is not None:
            position.choice, position.changed_at = form.replaced_choice, form.replaced_at
        else:
            db.session.delete(position)
    db.session.flush()


def _came_with(form: PaperForm, changed_at: datetime) -> bool:
    """Tells whether a position is the one of this form: chosen later, or before it elsewhere, it stays."""
    sent = db.session.scalar(sa.select(Submission.recorded).where(Submission.ref == form.ref))
    if sent is None or "choice" not in sent:
        return False
    is_of_that_moment = changed_at == datetime.fromisoformat(sent[SENT_AT])
    return is_of_that_moment and form.beside_online is not BesideOnline.OLDER


def _destroy(form: PaperForm) -> None:
    texts = [text for text in texts_named(form.contributions) if text.visibility is not Visibility.ERASED]
    if texts:
        hold_texts(*texts)
    for text in texts:
        erase_contribution(text)
    db.session.execute(sa.delete(Submission).where(Submission.ref == form.ref))
    strip_form(form)
    form.replaced_choice = form.replaced_at = None
    participant = form.participant
    participant.display_name = NAME_AFTER_ERASURE
    if participant.same_as_id is None and _took_part_otherwise(form):
        # Its author came online later, under the same participant: only the form goes.
        return
    participant.person = participant.person_id = None
    db.session.flush()


def _took_part_otherwise(form: PaperForm) -> bool:
    """Tells whether the participant of a form sent something else, online or on another form."""
    others = sa.select(Submission.id).where(
        Submission.participant_id == form.participant_id, Submission.ref != form.ref
    )
    return db.session.scalar(others.limit(1)) is not None


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
