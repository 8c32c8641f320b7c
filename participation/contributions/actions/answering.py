"""Answering a question to the service: the dossier is updated, or it isn't and one says why. One way only.

The clock stops when the answer is public. One that rests on the next version of the dossier is kept until
that version is published, and nobody reads it before.
"""

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import record, settle
from participation.collectivities.models import Membership
from participation.consultations.models import Assurance, Consultation, Participant
from participation.contributions.actions.changing import tie_to_version
from participation.contributions.actions.confirming import participant_at
from participation.contributions.actions.submitting import submit_contribution
from participation.contributions.actions.visibility import QUESTION, hold_texts
from participation.contributions.models import AnswerOutcome, Contribution, Kind, ServiceAnswer
from participation.contributions.permissions import may_answer, require_answerer
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from participation.foundation.holding import hold_several
from participation.foundation.i18n import gettext
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import DossierVersion


def answer_question(
    question: Contribution,
    *,
    outcome: AnswerOutcome,
    body: str,
    member: Membership,
    version: DossierVersion | None = None,
    language: str = "fr",
    revision: int = 0,
    spoken_as: str = "",
) -> ServiceAnswer:
    """Answers a resident's question, at once or, for a dossier updated later, with its next version.

    `revision` is that of the waiting answer one read, 0 for none; `spoken_as` the function of another
    service whose answer is passed on. Raises AlreadyDone when a colleague was
    quicker: a question is answered once.
    """
    require_answerer(member, question)
    # Held in the order of everybody: who speaks, then what is answered.
    speaker = _speaker(question, member)
    hold_texts(question)
    _require_waiting(question)
    if not body.strip():
        raise Invalid(_("Write the answer."), "body")
    if version is not None:
        _require_answering(version, question)
    answer = _claimed(question, revision)
    answer.answered_by_id, answer.answered_by = member.id, member
    answer.body, answer.language = body, language
    if outcome is AnswerOutcome.UPDATED and version is None:
        _record("question.answer_prepared", question, member, Audience.STAFF)
    else:
        _publish(answer, question, speaker, member, version, spoken_as)
        answer.outcome = outcome
    db.session.flush()
    return answer


def release_answers(version: DossierVersion, *, member: Membership | None = None) -> int:
    """Publishes the answers that waited for this version, in its transaction; returns how many.

    One whose question can't be answered now, hidden or in a suspended consultation, goes on waiting.
    """
    released = 0
    for answer in _waiting_for(version):
        question = db.session.get_one(Contribution, answer.question_id)
        author = _author_of(answer, question, member)
        if author is None or not _can_be_answered(question):
            continue
        speaker = _speaker(question, author)
        hold_texts(question)
        # Gone with its question, or given meanwhile: read again once the question is held.
        held = hold_several(ServiceAnswer, [answer.id])
        if held and answer.waits and question.is_published:
            _publish(answer, question, speaker, author, version)
            released += 1
    db.session.flush()
    return released


def _require_waiting(question: Contribution) -> None:
    if not question.is_question:
        raise NotPossibleNow(_("Only a question to the service is answered here."))
    if not question.is_published:
        raise NotPossibleNow(_("This question is not public: nobody could read the answer."))


def _require_answering(version: DossierVersion, question: Contribution) -> None:
    if version.project_id != question.project.id or version.published_at < question.created_at:
        raise Invalid(_("Choose a version published after the question was asked."), "version")


def _claimed(question: Contribution, revision: int) -> ServiceAnswer:
    """Returns the one answer of a question, to be filled: new, or the waiting one that was read."""
    known = sa.select(ServiceAnswer).filter_by(question_id=question.id).with_for_update()
    answer = db.session.scalar(known.execution_options(populate_existing=True))
    if answer is None:
        # Written as one that waits: what is said at once gets its reply in the same transaction.
        answer = ServiceAnswer(question_id=question.id, outcome=AnswerOutcome.UPDATED)
        if not add_once(answer):
            raise _answered_meanwhile()
        return answer
    if not answer.waits:
        raise _answered_meanwhile()
    if answer.revision != revision:
        raise AlreadyDone(
            _("A colleague has prepared an answer meanwhile. Read it beside yours: your text is still here.")
        )
    answer.revision += 1
    return answer


def _answered_meanwhile() -> AlreadyDone:
    return AlreadyDone(
        _("A colleague has already answered this question. Your text is still here: add it as a reply.")
    )


def _publish(
    answer: ServiceAnswer,
    question: Contribution,
    speaker: Participant,
    member: Membership,
    version: DossierVersion | None,
    spoken_as: str = "",
) -> None:
    reply = submit_contribution(
        speaker,
        kind=Kind.COMMENT,
        body=answer.body,
        reply_to=question,
        language=answer.language,
        spoken_as=spoken_as or member.function or gettext("Staff of the collectivity"),
    )
    answer.reply_id, answer.body = reply.id, ""
    answer.version_id = version.id if version else None
    answer.answered_by_id = member.id
    if version is not None:
        tie_to_version(version, question, member=member)
    settle(QUESTION, f"contribution:{question.id}")
    _record("question.answered", question, member, Audience.PUBLIC)


def _speaker(question: Contribution, member: Membership) -> Participant:
    # Without name: a colleague who also took part as a resident keeps the one they chose.
    return participant_at(question.place, member.person, display_name="", assurance=Assurance.ACCOUNT)


def _author_of(answer: ServiceAnswer, question: Contribution, member: Membership | None) -> Membership | None:
    """Returns who speaks: who wrote it as long as they hold the role, else who publishes the version."""
    candidates = (answer.answered_by, member)
    return next((one for one in candidates if one is not None and may_answer(one, question)), None)


def _can_be_answered(question: Contribution) -> bool:
    is_paused = question.consultation is not None and question.consultation.is_paused
    return question.is_published and not is_paused


def _waiting_for(version: DossierVersion) -> list[ServiceAnswer]:
    project_id = sa.func.coalesce(Consultation.project_id, Contribution.outside_project_id)
    waiting = (
        sa.select(ServiceAnswer)
        .join(Contribution, Contribution.id == ServiceAnswer.question_id)
        .outerjoin(Consultation, Consultation.id == Contribution.consultation_id)
        .where(ServiceAnswer.reply_id.is_(None), project_id == version.project_id)
        .order_by(ServiceAnswer.question_id)
    )
    return list(db.session.scalars(waiting))


def _record(action: str, question: Contribution, member: Membership, audience: Audience) -> None:
    record(
        action,
        f"contribution:{question.id}",
        audience=audience,
        member=member,
        project_id=question.project.id,
        collectivity_id=question.project.collectivity_id,
    )
