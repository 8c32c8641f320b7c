"""Answering one theme of the summary."""

import sqlalchemy as sa

from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.decisions.actions.noting import ensure_draft, ensure_drafter
from participation.decisions.models import AnswerVerdict, DecisionVersion, ThemeAnswer
from participation.decisions.queries import themes_to_answer
from participation.foundation.database import db
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.summaries.models import Theme


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
    ensure_drafter(member, version.decision.project)
    ensure_draft(version)
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
