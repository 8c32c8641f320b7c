"""Somebody says that a text breaks a rule; only a person decides what follows."""

from participation.accounts.models import Person
from participation.activity.recording import record
from participation.contributions.actions import hold_texts
from participation.contributions.models import Contribution
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.moderation.models import Report, Rule
from participation.moderation.permissions import wrote
from participation.moderation.queries import report_with_key


def report_contribution(
    contribution: Contribution,
    *,
    rule: Rule | None,
    message: str = "",
    reporter: Person | None = None,
    form_key: str,
    language: str = "fr",
) -> Report:
    """Puts a public text in the queue; the same form sent twice counts once."""
    known = report_with_key(form_key)
    if known is not None:
        return known
    if rule is None:
        raise Invalid(_("Choose the rule this text breaks."), "rule")
    hold_texts(contribution)
    if not contribution.is_published:
        raise NotPossibleNow(_("This text is not public: there is nothing to report."))
    if reporter is not None and wrote(reporter.id, contribution):
        raise NotAllowed(_("You wrote this text: you can withdraw it from its page."))
    report = Report(
        contribution_id=contribution.id,
        reporter_id=reporter.id if reporter else None,
        rule=rule,
        message=message,
        language=language,
        form_key=form_key,
    )
    kept = add_or_find(report, lambda: report_with_key(form_key))
    if kept is not report:
        return kept
    record(
        "contribution.reported",
        f"contribution:{contribution.id}",
        project_id=contribution.project.id,
        collectivity_id=contribution.project.collectivity_id,
        rule=rule.value,
    )
    db.session.flush()
    return report
