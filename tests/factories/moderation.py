"""The smallest valid reports, hidden texts and appeals, made by the verbs of moderation."""

from itertools import count

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from participation.contributions.models import Contribution
from participation.foundation.database import db
from participation.foundation.references import hash_of
from participation.moderation.actions import hide_contribution, lodge_appeal, report_contribution
from participation.moderation.models import Appeal, Report, Rule
from tests.factories.collectivities import a_member
from tests.factories.contributions import a_contribution

REASON = "Cette phrase vise un agent reconnaissable."
_numbers = count(1)


def town_of(contribution: Contribution) -> Collectivity:
    """Returns the collectivity whose moderation decides about a text."""
    return contribution.consultation.project.collectivity


def a_moderator_of(contribution: Contribution, role: Role = Role.MODERATOR) -> Membership:
    """Returns somebody who may decide about a text."""
    return a_member(role, town_of(contribution))


def a_report(
    contribution: Contribution | None = None, *, rule: Rule = Rule.ATTACK, reporter: Person | None = None
) -> Report:
    """Returns a report that nobody has answered."""
    return report_contribution(
        contribution or a_contribution(), rule=rule, reporter=reporter, form_key=f"report-{next(_numbers)}"
    )


def a_hidden_contribution(
    contribution: Contribution | None = None, *, member: Membership | None = None, token: str | None = None
) -> Appeal:
    """Hides a text and returns the right of appeal it gave; with a token, as once its mail was written."""
    contribution = contribution or a_contribution()
    member = member or a_moderator_of(contribution)
    decision = hide_contribution(contribution, rule=Rule.ATTACK, reason=REASON, member=member)
    appeal = db.session.query(Appeal).filter_by(decision_id=decision.id).one()
    appeal.token_hash = hash_of(token) if token else None
    db.session.flush()
    return appeal


def an_appeal(appeal: Appeal | None = None, *, message: str = "Je ne visais personne.") -> Appeal:
    """Returns an appeal that waits for its answer."""
    return lodge_appeal(appeal or a_hidden_contribution(), message=message)
