"""What was decided about one text, and what waits about it."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from participation.collectivities.models import Membership
from participation.contributions.models import Contribution
from participation.contributions.queries.places import where_said
from participation.foundation.database import db
from participation.foundation.references import hash_of
from participation.moderation.models import Appeal, ModerationDecision, Report, Rule, Verdict


def hiding_rules(contribution_ids: Collection[int]) -> dict[int, Rule]:
    """Returns the rule under which each text was last hidden; no text asked for costs no statement."""
    if not contribution_ids:
        return {}
    latest = (
        sa.select(sa.func.max(ModerationDecision.id))
        .where(ModerationDecision.contribution_id.in_(contribution_ids))
        .group_by(ModerationDecision.contribution_id)
    )
    hidden = sa.select(ModerationDecision.contribution_id, ModerationDecision.rule).where(
        ModerationDecision.id.in_(latest), ModerationDecision.verdict == Verdict.HIDDEN
    )
    return {number: rule for number, rule in db.session.execute(hidden) if rule is not None}


def decisions_about(contribution: Contribution) -> list[ModerationDecision]:
    """Returns everything that was decided about a text, last first."""
    decided = (
        sa.select(ModerationDecision)
        .where(ModerationDecision.contribution_id == contribution.id)
        .options(joinedload(ModerationDecision.decided_by).joinedload(Membership.person))
        .order_by(ModerationDecision.id.desc())
    )
    return list(db.session.scalars(decided))


def latest_decision(contribution_id: int) -> ModerationDecision | None:
    """Returns the last decision about a text; None when nobody has decided yet."""
    last = sa.select(ModerationDecision).where(ModerationDecision.contribution_id == contribution_id)
    return db.session.scalars(last.order_by(ModerationDecision.id.desc()).limit(1)).first()


def open_reports_about(contribution: Contribution) -> list[Report]:
    """Returns the reports nobody has answered yet, oldest first."""
    waiting = sa.select(Report).where(Report.contribution_id == contribution.id, Report.handled_at.is_(None))
    return list(db.session.scalars(waiting.order_by(Report.id)))


def has_open_reports(contribution: Contribution) -> bool:
    """Tells whether somebody waits for an answer about a text."""
    waiting = sa.select(Report.id).where(
        Report.contribution_id == contribution.id, Report.handled_at.is_(None)
    )
    return db.session.scalar(waiting.limit(1)) is not None


def report_with_key(form_key: str) -> Report | None:
    """Returns the report a form has already made."""
    return db.session.scalar(sa.select(Report).filter_by(form_key=form_key))


def waiting_appeal_of(contribution: Contribution) -> Appeal | None:
    """Returns the appeal that waits for an answer about a text; None when there is none."""
    waiting = (
        sa.select(Appeal)
        .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
        .where(
            ModerationDecision.contribution_id == contribution.id,
            Appeal.lodged_at.is_not(None),
            Appeal.decided_at.is_(None),
        )
        .options(*around_appeal())
        .order_by(Appeal.id.desc())
    )
    return db.session.scalars(waiting.limit(1)).first()


def reasons_of_appeals(contribution: Contribution) -> list[str]:
    """Returns what was answered to each appeal about a text."""
    answered = (
        sa.select(Appeal.reason)
        .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
        .where(ModerationDecision.contribution_id == contribution.id, Appeal.decided_at.is_not(None))
    )
    return list(db.session.scalars(answered))


def latest_appeal_of(contribution: Contribution) -> Appeal | None:
    """Returns the appeal that the last hiding of a text allows; None when it never was hidden."""
    given = (
        sa.select(Appeal)
        .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
        .where(ModerationDecision.contribution_id == contribution.id)
        .options(*around_appeal())
        .order_by(Appeal.id.desc())
    )
    return db.session.scalars(given.limit(1)).first()


def appeal_with_token(token: str) -> Appeal | None:
    """Returns the appeal whose address was sent to the author."""
    found = sa.select(Appeal).where(Appeal.token_hash == hash_of(token)).options(*around_appeal())
    return db.session.scalar(found)


def appeal_with_number(number: int) -> Appeal | None:
    """Returns one appeal with its decision, text, author and collectivity."""
    return db.session.scalar(sa.select(Appeal).where(Appeal.id == number).options(*around_appeal()))


def around_appeal() -> tuple[ExecutableOption, ...]:
    """Returns what loads an appeal with its decision, text, author and collectivity."""
    decision = joinedload(Appeal.decision)
    contribution = decision.joinedload(ModerationDecision.contribution)
    return (
        decision.joinedload(ModerationDecision.decided_by),
        contribution.joinedload(Contribution.participant),
        *where_said(contribution),
    )
