"""What a decision says, and its rules: a reason, and a session that was held."""

from dataclasses import dataclass
from datetime import date

from participation.decisions.models import DecisionVersion
from participation.foundation import clock
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import Outcome


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


def apply_wording(version: DecisionVersion, wording: Wording, language: str) -> None:
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


def wording_of(version: DecisionVersion) -> Wording:
    return Wording(
        outcome=version.outcome,
        title=version.title,
        body=version.body,
        held_on=version.held_on,
        reasons=version.reasons,
        act_number=version.act_number,
        votes=version.votes,
    )
