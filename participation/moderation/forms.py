"""Forms of moderation: report, decide, appeal, answer an appeal."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from participation.foundation.i18n import lazy_gettext as _
from participation.moderation.charter import CHARTER
from participation.moderation.models import AppealOutcome, Rule
from participation.web.forms import Form, at_most, long_text, required
from participation.web.watched import WatchedForm


class RuleTitle:
    """The number and title of a rule, read in the language of the page that shows it."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def __str__(self) -> str:
        return f"{CHARTER[self.rule].number}. {CHARTER[self.rule].title}"

    __html__ = __str__


RULES = [SelectChoice(rule.value, RuleTitle(rule)) for rule in Rule]
CHOOSE_RULE = _("Choose the rule this text breaks.")
OUTCOMES = {
    AppealOutcome.REVERSED: _("The author is right: the text is public again"),
    AppealOutcome.UPHELD: _("The decision stands: the text stays hidden"),
}


class ReportForm(WatchedForm):
    """Somebody says which rule a text breaks."""

    rule = RadioField(
        _("Which rule does this text break?"),
        choices=RULES,
        validate_choice=False,
        validators=[required(CHOOSE_RULE), AnyOf([rule.value for rule in Rule], message=CHOOSE_RULE)],
    )
    message = long_text(
        _("What should we look at? (optional)"),
        _("For example the sentence in question. Only moderators read this."),
        longest=1000,
    )


class DecideForm(Form):
    """What a moderator does with a text; which of the two is needed depends on the button pressed."""

    rule = RadioField(
        _("Which rule does this text break?"),
        choices=RULES,
        validate_choice=False,
        validators=[Optional(), AnyOf([rule.value for rule in Rule], message=CHOOSE_RULE)],
    )
    reason = TextAreaField(
        _("Why? The author will read this sentence, and it enters the public register."),
        description=_("Do not quote the text and name nobody."),
        validators=[at_most(1000)],
    )

    def chosen_rule(self) -> Rule | None:
        """Returns the rule ticked, None when there is none."""
        return Rule(self.rule.data) if self.rule.data in list(Rule) else None


class TickedForm(Form):
    """The texts ticked in the queue; which ones is read from the request."""

    ticked = HiddenField()


class AppealForm(Form):
    """The author says why their text should be public."""

    message = long_text(
        _("Why should your text be public?"),
        _("A sentence is enough. It is read by somebody other than the person who decided."),
        longest=2000,
        validators=[required(_("Say in a sentence why this text should be public."))],
    )


class AnswerAppealForm(Form):
    """What somebody else concludes."""

    outcome = RadioField(
        _("What becomes of the text?"),
        choices=[SelectChoice(outcome.value, words) for outcome, words in OUTCOMES.items()],
        validate_choice=False,
        validators=[
            required(_("Choose what becomes of the text.")),
            AnyOf(
                [outcome.value for outcome in AppealOutcome], message=_("Choose what becomes of the text.")
            ),
        ],
    )
    reason = long_text(
        _("Why? The author will read this sentence."),
        longest=1000,
        validators=[required(_("Give a reason in one sentence at least: the author will read it."))],
    )
