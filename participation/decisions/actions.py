"""The verbs of a decision: draft, answer each theme, publish, correct by a further version."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import record, settle
from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, Kind
from participation.decisions.models import AnswerVerdict, Decision, DecisionVersion, ThemeAnswer
from participation.decisions.permissions import may_draft, may_publish
from participation.decisions.queries import (
    answers_of,
    decision_of_consultation,
    themes_to_answer,
    working_version,
)
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_ngettext
from participation.projects.actions import record_milestone
from participation.projects.models import Outcome, Project
from participation.summaries.models import Summary, Theme

ALREADY_DECIDED = _("This summary already has its decision. Correct it by a further version.")
ALREADY_DECIDED_ALONE = _("This project already has its decision. Correct it by a further version.")
ALREADY_REOPENED = _("A new version of this decision is already being written.")


@dataclass(frozen=True)
class Wording:
    """What a decision says: the outcome in a sentence, who decided, when, and why."""

    outcome: Outcome
    title: str
    body: str
    held_on: date
    reasons: str
    act_number: str = ""
    votes: str = ""


def draft_decision(
    project: Project,
    *,
    summary: Summary | None = None,
    reason_without_consultation: str = "",
    outcome: Outcome,
    title: str,
    body: str,
    act_number: str,
    held_on: date,
    votes: str,
    reasons: str,
    member: Membership,
    language: str = "fr",
) -> DecisionVersion:
    """Starts the decision on a project, from its published summary or with a reason why nobody was asked.

    Raises AlreadyDone when that summary, or a project on which nobody was consulted, has its decision: it is
    corrected, never decided twice.
    """
    _ensure_drafter(member, project)
    hold(project)
    _ensure_consulted_or_reason(project, summary, reason_without_consultation)
    decision = Decision(
        project=project,
        summary=summary,
        reason_without_consultation="" if summary else reason_without_consultation,
        language=language,
    )
    version = DecisionVersion(decision=decision, number=1)
    wording = Wording(outcome, title, body, held_on, reasons, act_number, votes)
    _apply(version, wording, language)
    try:
        with db.session.begin_nested():
            db.session.add_all([decision, version])
            db.session.flush()
    except sa.exc.IntegrityError as error:
        raise AlreadyDone(ALREADY_DECIDED if summary else ALREADY_DECIDED_ALONE) from error
    _record("decision.drafted", version, member)
    return version


def revise_decision(
    version: DecisionVersion, wording: Wording, *, member: Membership, language: str = "fr"
) -> DecisionVersion:
    """Rewrites a draft; a published wording is never changed."""
    _ensure_drafter(member, version.decision.project)
    _ensure_draft(version)
    _apply(version, wording, language)
    db.session.flush()
    _record("decision.revised", version, member)
    return version


def answer_theme(
    version: DecisionVersion,
    theme: Theme,
    *,
    verdict: AnswerVerdict,
    answer: str,
    reason: str,
    member: Membership,
    language: str = "fr",
) -> ThemeAnswer:
    """Answers one theme of the summary; answered again while a draft, the new answer replaces the other."""
    _ensure_drafter(member, version.decision.project)
    _ensure_draft(version)
    if theme.id not in {one.id for one in themes_to_answer(version.decision)}:
        raise Invalid(_("This theme does not belong to the summary of this decision."))
    if not answer or not reason:
        raise Invalid(_("Say what is decided and why."), "reason" if answer else "answer")
    row = db.session.scalar(sa.select(ThemeAnswer).filter_by(version_id=version.id, theme_id=theme.id))
    if row is None:
        row = ThemeAnswer(version_id=version.id, theme=theme)
        db.session.add(row)
    row.verdict = verdict
    if (row.answer, row.reason) != (answer, reason):
        row.answer, row.reason, row.language = answer, reason, language
    db.session.flush()
    record(
        "theme.answered",
        f"theme:{theme.id}",
        member=member,
        project_id=version.decision.project_id,
        verdict=verdict.value,
    )
    return row


def publish_decision(version: DecisionVersion, *, member: Membership) -> DecisionVersion:
    """Makes a version public and queues the telling of everybody who took part.

    Raises NotPossibleNow while a theme has no answer, AlreadyDone once published. A further version
    tells again: what people were told has changed.
    """
    decision = version.decision
    if not may_publish(member, decision.project.collectivity_id):
        raise NotAllowed(_("Only an administrator publishes a decision."))
    hold(decision.project)
    hold(version)
    _ensure_every_theme_is_answered(version)
    _mark_published(version, member)
    record_milestone(decision.project, decided_at=version.published_at, outcome=version.outcome)
    if decision.summary is not None:
        _settle_what_was_owed(decision.summary.consultation_id)
    outbox.queue("notices.decision_published", version=version.id)
    _record("decision.published", version, member, audience=Audience.PUBLIC)
    return version


def correct_decision(decision: Decision, *, member: Membership) -> DecisionVersion:
    """Starts a further version from the published one, answers included, and leaves that one as it was."""
    _ensure_drafter(member, decision.project)
    latest = working_version(decision)
    if latest is None or latest.published_at is None:
        raise AlreadyDone(ALREADY_REOPENED)
    version = DecisionVersion(decision=decision, number=latest.number + 1)
    _apply(version, _wording_of(latest), latest.language)
    try:
        with db.session.begin_nested():
            db.session.add(version)
            db.session.flush()
    except sa.exc.IntegrityError as error:
        raise AlreadyDone(ALREADY_REOPENED) from error
    for kept in answers_of(latest):
        db.session.add(
            ThemeAnswer(
                version_id=version.id,
                theme_id=kept.theme_id,
                verdict=kept.verdict,
                answer=kept.answer,
                reason=kept.reason,
                language=kept.language,
            )
        )
    db.session.flush()
    _record("decision.reopened", version, member)
    return version


def _apply(version: DecisionVersion, wording: Wording, language: str) -> None:
    if not wording.reasons:
        raise Invalid(_("Say why it was decided so."), "reasons")
    if wording.held_on > clock.today(version.decision.project.collectivity.timezone):
        raise Invalid(_("The session is still to come. Enter the day on which it was decided."), "held_on")
    # Sentences that stay as they were keep their language, whoever corrects a date beside them.
    if (version.title, version.reasons) != (wording.title, wording.reasons):
        version.language = language
    version.outcome = wording.outcome
    version.title = wording.title
    version.body = wording.body
    version.act_number = wording.act_number
    version.held_on = wording.held_on
    version.votes = wording.votes
    version.reasons = wording.reasons


def _wording_of(version: DecisionVersion) -> Wording:
    return Wording(
        outcome=version.outcome,
        title=version.title,
        body=version.body,
        held_on=version.held_on,
        reasons=version.reasons,
        act_number=version.act_number,
        votes=version.votes,
    )


def _ensure_drafter(member: Membership, project: Project) -> None:
    if not may_draft(member, project.collectivity_id):
        raise NotAllowed(_("Only an agent or an administrator of this collectivity writes its decisions."))


def _ensure_draft(version: DecisionVersion) -> None:
    """Takes the version: while it is being published one waits, then it is no longer rewritten."""
    hold(version)
    if version.published_at is not None:
        raise NotPossibleNow(_("This version is published. Correct it by a further version."))


def _ensure_consulted_or_reason(project: Project, summary: Summary | None, reason: str) -> None:
    if summary is not None:
        if summary.published_at is None:
            raise NotPossibleNow(_("Publish the summary first: the decision answers it."))
        if summary.consultation.project_id != project.id:
            raise Invalid(_("This summary belongs to another project."))
        if decision_of_consultation(summary.consultation_id) is not None:
            raise AlreadyDone(ALREADY_DECIDED)
        return
    if not reason:
        sentence = _("Say why no consultation took place: this reason is published.")
        raise Invalid(sentence, "reason_without_consultation")
    if _was_announced(project):
        raise NotPossibleNow(
            _("People were consulted on this project: the decision starts from the published summary.")
        )


def _was_announced(project: Project) -> bool:
    announced = sa.select(Consultation.id).where(
        Consultation.project_id == project.id,
        Consultation.announced_at.is_not(None),
        Consultation.cancelled_at.is_(None),
    )
    return db.session.scalar(announced.limit(1)) is not None


def _ensure_every_theme_is_answered(version: DecisionVersion) -> None:
    answered = {row.theme_id for row in answers_of(version)}
    missing = [theme for theme in themes_to_answer(version.decision) if theme.id not in answered]
    if missing:
        raise NotPossibleNow(
            lazy_ngettext(
                "%(num)s theme still has no answer: “%(first)s”.",
                "%(num)s themes still have no answer, the first one is “%(first)s”.",
                len(missing),
                first=missing[0].name,
            )
        )


def _mark_published(version: DecisionVersion, member: Membership) -> None:
    """Writes the moment of publication where there is none yet: of two people who press, one publishes."""
    db.session.flush()
    now = clock.now()
    free = sa.update(DecisionVersion).where(
        DecisionVersion.id == version.id, DecisionVersion.published_at.is_(None)
    )
    done = db.session.execute(free.values(published_at=now, published_by_id=member.id))
    if done.rowcount == 0:  # type: ignore[attr-defined]
        raise AlreadyDone(_("This version is already published."))
    db.session.refresh(version)


def _settle_what_was_owed(consultation_id: int) -> None:
    """Stops the clocks of the decision and of the questions that only its answers answer."""
    settle("decision", f"consultation:{consultation_id}")
    asked = sa.select(Contribution.id).where(
        Contribution.consultation_id == consultation_id, Contribution.kind == Kind.SERVICE_QUESTION
    )
    for contribution_id in db.session.scalars(asked.order_by(Contribution.id)):
        settle("service_question", f"contribution:{contribution_id}")


def _record(
    action: str, version: DecisionVersion, member: Membership, *, audience: Audience = Audience.STAFF
) -> None:
    record(
        action,
        f"decision:{version.decision_id}",
        audience=audience,
        member=member,
        project_id=version.decision.project_id,
        number=version.number,
        outcome=version.outcome.value,
    )
