"""Forms of the people who write a summary."""

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from participation.foundation.i18n import lazy_gettext as _
from participation.summaries.models import FindingKind, OrphanReason, Summary
from participation.summaries.wording import KINDS, REASONS
from participation.web.forms import Form, at_most, long_text, required


class ThemeForm(Form):
    """A theme: its name and what belongs under it."""

    name = StringField(
        _("Name of the theme"),
        description=_("A few words that a resident would use, such as “Keeping the voices”."),
        validators=[required(_("Give the theme a name.")), at_most(300)],
    )
    description = long_text(_("What belongs here? (optional)"), longest=500)


class TickedForm(Form):
    """Contributions ticked in a list, by their references."""

    refs = SelectMultipleField(_("Contributions"), choices=[], validate_choice=False)


class SortForm(TickedForm):
    """Contributions to put under a theme, or to take out of it."""

    theme = SelectField(
        _("Under which theme?"),
        choices=[],
        validate_choice=False,
        validators=[required(_("Choose a theme."))],
    )
    move = BooleanField(_("And take them out of the theme shown"))


class FindingForm(Form):
    """A sentence and the contributions it rests on."""

    kind = RadioField(
        _("What does this sentence say?"),
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
        validate_choice=False,
        validators=[
            required(_("Choose what this sentence says.")),
            AnyOf([kind.value for kind in FindingKind], message=_("Choose what this sentence says.")),
        ],
    )
    text = long_text(
        _("The finding, in one sentence"),
        _("Say what is said, not what you think of it. A reader must recognise it in each source."),
        longest=600,
        validators=[required(_("Write the finding as one sentence."))],
    )
    sources = SelectMultipleField(
        _("Which contributions does it rest on?"),
        choices=[],
        validate_choice=False,
        validators=[required(_("Tick at least one contribution on which this sentence rests."))],
    )


class OrphanForm(TickedForm):
    """Contributions on which no finding rests, and why."""

    reason = RadioField(
        _("Why does no finding rest on them?"),
        choices=[SelectChoice(reason.value, words) for reason, words in REASONS.items()],
        validate_choice=False,
        validators=[
            required(_("Choose why no finding rests on them.")),
            AnyOf(
                [reason.value for reason in OrphanReason], message=_("Choose why no finding rests on them.")
            ),
        ],
    )


class TextsForm(Form):
    """The two free texts of a summary."""

    introduction = long_text(
        _("Introduction"),
        _("What was asked, to whom, and what the decision is about. It is published."),
        longest=3000,
    )
    method = long_text(
        _("Method"),
        _("Who sorted and wrote, how, who read it again, and what it does not say. It is published."),
        longest=3000,
    )

    def show(self, summary: Summary | None) -> None:
        """Fills in what is already written."""
        if summary is not None:
            self.introduction.data, self.method.data = summary.introduction, summary.method


class PressForm(Form):
    """One button: move, remove, publish."""
