"""Correcting a published decision by a further version."""

from participation.collectivities.models import Membership
from participation.decisions.actions.noting import ensure_drafter, note
from participation.decisions.actions.wording import apply_wording, wording_of
from participation.decisions.models import Decision, DecisionVersion, ThemeAnswer
from participation.decisions.queries import (
    answers_of,
    working_version,
)
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone
from participation.foundation.i18n import lazy_gettext as _

ALREADY_REOPENED = _("A new version of this decision is already being written.")


def correct_decision(decision: Decision, *, member: Membership) -> DecisionVersion:
    """Starts a further version from the published one, answers included, and leaves that one as it was."""
    ensure_drafter(member, decision.project)
    latest = working_version(decision)
    if latest is None or latest.published_at is None:
        raise AlreadyDone(ALREADY_REOPENED)
    version = DecisionVersion(decision=decision, number=latest.number + 1)
    apply_wording(version, wording_of(latest), latest.language)
    if not add_once(version):
        raise AlreadyDone(ALREADY_REOPENED)
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
    note("decision.reopened", version, member)
    return version
