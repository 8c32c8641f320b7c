"""A form on which an e-mail address stands: its author is told, and counts once if they also came online."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from participation.accounts.actions import person_with_email
from participation.accounts.models import Person
from participation.collectivities.models import Membership
from participation.consultations.actions.linking import hold_both
from participation.consultations.models import Participant
from participation.consultations.queries import participant_of
from participation.contributions.actions import link_participants
from participation.contributions.actions.last_word import POSITION, has_later_word
from participation.contributions.actions.positions import position_of
from participation.contributions.models import ConditionSupport, Contribution
from participation.contributions.paper.models import BesideOnline, PaperForm
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail


def join_person(form: PaperForm, email: str, *, sent_at: datetime, language: str, member: Membership) -> None:
    """Ties a form to the person of an address and queues the mail that says what was recorded.

    Somebody who takes part already counts once: of two positions the latest stands, and the form remembers
    which one it replaced, so that undoing it brings that one back.
    """
    person = person_with_email(email, language=language)
    if person.id == member.person_id:
        raise NotAllowed(_("This address is your own: a colleague types in your form."), "email")
    hold(person, shared=True)
    known = participant_of(form.consultation, person)
    if known is None and not _becomes(form.participant, person):
        # They took part online at this very second.
        known = participant_of(form.consultation, person)
    if known is not None:
        _link(form, known, sent_at)
    queue_mail("paper_recorded", form=form.id)


def _becomes(participant: Participant, person: Person) -> bool:
    """Ties a participant to a person, unless another one of them counts here already."""
    own = sa.update(Participant).where(Participant.id == participant.id)
    try:
        with db.session.begin_nested():
            db.session.execute(own.values(person_id=person.id))
    except IntegrityError:
        return False
    db.session.refresh(participant)
    return True


def _link(form: PaperForm, known: Participant, sent_at: datetime) -> None:
    # Before their positions, as whoever chooses online at this second does.
    hold_both(known, form.participant)
    before, ours = position_of(known), position_of(form.participant)
    if ours is not None and before is None and has_later_word(known, POSITION, sent_at):
        # Taken back online after this form was handed in.
        db.session.delete(ours)
        db.session.flush()
        form.beside_online = BesideOnline.OLDER
    if ours is not None and before is not None:
        is_latest = ours.changed_at > before.changed_at
        form.beside_online = BesideOnline.REPLACED if is_latest else BesideOnline.OLDER
        if is_latest:
            form.replaced_choice, form.replaced_at = before.choice, before.changed_at
    had = _supported(known)
    form.added_supports = sorted(_supported(form.participant) - had)
    link_participants(known, form.participant)
    db.session.flush()


def _supported(participant: Participant) -> set[str]:
    supported = (
        sa.select(Contribution.ref)
        .join(ConditionSupport, ConditionSupport.contribution_id == Contribution.id)
        .where(ConditionSupport.participant_id == participant.id)
    )
    return set(db.session.scalars(supported))
