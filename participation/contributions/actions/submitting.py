"""Saying something, and taking it back."""

from datetime import datetime

import sqlalchemy as sa

from participation.activity.recording import record, settle
from participation.consultations.holding import hold_counted, hold_period
from participation.consultations.models import Consultation, ModerationTime, Participant
from participation.consultations.permissions import (
    present_moment,
    require_assurance,
    require_not_paused,
    require_open,
)
from participation.consultations.queries import moderation_outside
from participation.contributions.actions.visibility import (
    QUESTION,
    change_visibility,
    count_reply,
    forget_waiting_answer,
    hold_place,
    hold_texts,
    is_answer,
    start_answer_clock,
)
from participation.contributions.models import Contribution, ContributionVersion, Kind, Stance, Visibility
from participation.contributions.permissions import require_askable
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.projects.models import OpenPoint, Project


def submit_contribution(
    participant: Participant,
    *,
    kind: Kind,
    body: str,
    stance: Stance = Stance.NEUTRAL,
    reply_to: Contribution | None = None,
    dossier_field: str | None = None,
    open_point: OpenPoint | None = None,
    language: str = "fr",
    spoken_as: str = "",
    title: str = "",
    source_key: str | None = None,
    now: datetime | None = None,
) -> Contribution:
    """Records what a participant says; `now` is when it was sent, which decides whether it counts.

    It waits for a moderator where the consultation says so; what is said under a function appears at once,
    also after the closing, never while suspended. A question to the service starts the clock of its answer;
    it may also be asked outside any consultation.
    """
    consultation = participant.consultation
    hold_place(participant)
    sent_at = now or present_moment(consultation)
    if not body.strip():
        raise Invalid(_("Write your text."), "body")
    if consultation is None:
        _require_question(participant.project, kind, reply_to, spoken_as, sent_at)
    elif spoken_as:
        _require_opened(consultation, sent_at)
    else:
        require_open(consultation, sent_at)
        if kind is not Kind.SERVICE_QUESTION:
            # A service may be asked by anybody, as it may before and after any consultation.
            require_assurance(hold_counted(participant))
    point_id = _point_still_there(open_point, reply_to)
    if reply_to is not None:
        hold_texts(reply_to)
    contribution = Contribution(
        kind=kind,
        consultation=consultation,
        consultation_id=participant.consultation_id,
        outside_project=participant.outside_project,
        outside_project_id=participant.outside_project_id,
        participant=participant,
        participant_id=participant.id,
        parent_id=_thread_of(participant, reply_to),
        reply_to_id=reply_to.id if reply_to else None,
        dossier_field=dossier_field or (reply_to.dossier_field if reply_to else None),
        open_point_id=point_id,
        stance=stance,
        language=language,
        title=title,
        body=body,
        spoken_as=spoken_as,
        source_key=source_key,
        sent_at=sent_at,
        visibility=_first_visibility(participant, spoken_as),
    )
    db.session.add(contribution)
    db.session.flush()
    if contribution.is_published:
        count_reply(contribution, 1)
    _start_clocks(contribution, reply_to)
    _record("contribution.submitted", contribution)
    db.session.flush()
    return contribution


def withdraw_contribution(contribution: Contribution) -> None:
    """Takes a text back for good, at any time; replies stay and its place says that it was withdrawn."""
    hold_texts(contribution)
    if is_answer(contribution):
        raise NotPossibleNow(_("An answer of the service stays: correct it in a further reply."))
    if contribution.visibility is Visibility.WITHDRAWN:
        raise AlreadyDone(_("This contribution was already withdrawn."))
    if contribution.visibility not in (Visibility.PENDING, Visibility.PUBLISHED):
        raise NotPossibleNow(_("This contribution can’t be read any more: there is nothing to withdraw."))
    change_visibility(contribution, Visibility.WITHDRAWN)
    forget_waiting_answer(contribution)
    settle(QUESTION, f"contribution:{contribution.id}")
    _record("contribution.withdrawn", contribution)
    db.session.flush()


def erase_contribution(contribution: Contribution) -> None:
    """Destroys the words of a text that stays as a place; once more changes nothing."""
    if contribution.visibility is Visibility.ERASED:
        return
    contribution.title = contribution.body = ""
    former = sa.delete(ContributionVersion).where(ContributionVersion.contribution_id == contribution.id)
    db.session.execute(former)
    # With its salt gone, nobody can show from a hash of the public record which words stood here.
    contribution.salt = b""
    change_visibility(contribution, Visibility.ERASED)
    forget_waiting_answer(contribution)
    settle(QUESTION, f"contribution:{contribution.id}")
    _record("contribution.erased", contribution)
    db.session.flush()


def _require_question(
    project: Project, kind: Kind, reply_to: Contribution | None, spoken_as: str, now: datetime
) -> None:
    """Outside any consultation residents ask and the service answers; there is no discussion to moderate."""
    if spoken_as and reply_to is not None:
        return
    if kind is not Kind.SERVICE_QUESTION or reply_to is not None or spoken_as:
        raise NotPossibleNow(_("Outside a consultation, only questions to the service are taken."))
    require_askable(project, now)


def _require_opened(consultation: Consultation, now: datetime) -> None:
    hold_period(consultation)
    require_not_paused(consultation)
    if not consultation.is_public or now < consultation.opens_at:
        raise NotPossibleNow(_("This consultation is not open yet."))


def _thread_of(participant: Participant, reply_to: Contribution | None) -> int | None:
    """Returns what a reply stands under: the comment or first reply answered, else its level-2 ancestor."""
    if reply_to is None:
        return None
    is_here = (reply_to.consultation_id, reply_to.outside_project_id) == (
        participant.consultation_id,
        participant.outside_project_id,
    )
    if not is_here or not reply_to.is_published:
        raise NotPossibleNow(_("This contribution can’t be answered: it is not published."))
    if reply_to.parent_id is None:
        return reply_to.id
    parent = db.session.get_one(Contribution, reply_to.parent_id)
    return reply_to.id if parent.parent_id is None else reply_to.parent_id


def _point_still_there(open_point: OpenPoint | None, reply_to: Contribution | None) -> int | None:
    """Returns what it is about, None once it was taken out of the dossier: words stay, without subject."""
    number = open_point.id if open_point else (reply_to.open_point_id if reply_to else None)
    if number is None:
        return None
    kept = sa.select(OpenPoint.id).where(OpenPoint.id == number)
    return db.session.scalar(kept.with_for_update(read=True, key_share=True))


def _first_visibility(participant: Participant, spoken_as: str) -> Visibility:
    consultation = participant.consultation
    moderation = consultation.moderation if consultation else moderation_outside(participant.project)
    at_once = bool(spoken_as) or moderation is ModerationTime.AFTER
    return Visibility.PUBLISHED if at_once else Visibility.PENDING


def _start_clocks(contribution: Contribution, reply_to: Contribution | None) -> None:
    if contribution.is_published:
        start_answer_clock(contribution)
    if contribution.spoken_as and reply_to is not None and reply_to.participant.person_id is not None:
        queue_mail("contribution_answered", contribution=contribution.id)


def _record(action: str, contribution: Contribution) -> None:
    project = contribution.project
    record(
        action,
        f"contribution:{contribution.id}",
        participant_id=contribution.participant_id,
        project_id=project.id,
        collectivity_id=project.collectivity_id,
        kind=contribution.kind.value,
    )
