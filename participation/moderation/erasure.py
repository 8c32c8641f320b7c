"""What moderation holds of a person: what they reported, what was decided about their texts, appeals."""

import sqlalchemy as sa

from participation.accounts.erasure import ErasureChoice, Traces, facts
from participation.accounts.models import Person
from participation.activity.recording import settle
from participation.consultations.queries import participants_of
from participation.contributions.models import Contribution, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import secret_token
from participation.moderation.actions.appealing import OWED
from participation.moderation.models import Appeal, ModerationDecision, Report

# The reason of a decision stays: it quotes nobody, names nobody, and is the collectivity's own word.
HANDLES = (
    "report.reporter_id",
    "report.message",
    "report.form_key",
    "appeal.message",
    "appeal.token_hash",
)


def traces_of(person: Person) -> Traces:
    """Returns the reports a person made, and the decisions and appeals about their own texts."""
    made = (
        sa.select(Report, Contribution.ref)
        .join(Contribution, Contribution.id == Report.contribution_id)
        .where(Report.reporter_id == person.id)
        .order_by(Report.id)
    )
    decided = (
        sa.select(ModerationDecision, Contribution.ref)
        .join(Contribution, Contribution.id == ModerationDecision.contribution_id)
        .where(Contribution.participant_id.in_(participants_of(person)))
        .order_by(ModerationDecision.id)
    )
    lodged = _appeals(person).where(Appeal.lodged_at.is_not(None))
    return {
        "reports": [
            {"contribution": ref, **facts(report, "rule", "message", "created_at", "handled_at")}
            for report, ref in db.session.execute(made)
        ],
        "moderation_decisions": [
            {"contribution": ref, **facts(decision, "verdict", "rule", "reason", "created_at")}
            for decision, ref in db.session.execute(decided)
        ],
        "appeals": [
            facts(appeal, "message", "lodged_at", "outcome", "reason", "decided_at")
            for appeal in db.session.scalars(lodged.order_by(Appeal.id))
        ],
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Empties what the person wrote to moderators, and what others told them of texts that are gone."""
    for report in db.session.scalars(sa.select(Report).where(Report.reporter_id == person.id)):
        report.reporter_id, report.message = None, ""
        report.form_key = secret_token()
    _answer_reports_about(person)
    for appeal in db.session.scalars(_appeals(person)):
        _close(appeal)
    db.session.flush()


def _answer_reports_about(person: Person) -> None:
    """Ends the reports about texts that are gone; their words may quote one or name its author."""
    own = sa.select(Contribution.id).where(Contribution.participant_id.in_(participants_of(person)))
    gone = own.where(Contribution.visibility == Visibility.ERASED)
    ended = sa.update(Report).where(Report.contribution_id.in_(gone), Report.handled_at.is_(None))
    db.session.execute(ended.values(handled_at=clock.now()))
    answered = sa.update(Report).where(Report.contribution_id.in_(own), Report.handled_at.is_not(None))
    db.session.execute(answered.values(message=""))


def _close(appeal: Appeal) -> None:
    """Empties an appeal; one that waits ends without outcome, since there is no text to look at again."""
    appeal.message = ""
    appeal.token_hash = None
    if appeal.lodged_at is not None and appeal.decided_at is None:
        appeal.decided_at = clock.now()
        settle(OWED, f"appeal:{appeal.id}")


def _appeals(person: Person) -> sa.Select[Appeal]:
    return (
        sa.select(Appeal)
        .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
        .join(Contribution, Contribution.id == ModerationDecision.contribution_id)
        .where(Contribution.participant_id.in_(participants_of(person)))
    )
