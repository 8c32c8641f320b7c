"""Forms of following: pressing the button, as a guest with an address; how often one is told."""

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from participation.accounts.models import Person
from participation.foundation.i18n import lazy_gettext as _
from participation.notifications.models import Frequency
from participation.web.forms import Form, email_field, required

CHOOSE = _("Choose how often you want to be told.")
FREQUENCIES = {
    Frequency.WEEKLY: _("One letter a week, when there is something new"),
    Frequency.NEVER: _("No letter"),
}
REMINDER_WORDS = {
    "": _("No reminder"),
    "7": _("7 days before it closes"),
    "3": _("3 days before it closes"),
    "1": _("The day before it closes"),
}


class FollowForm(Form):
    """Follows something; a guest says at which address, a consultation may be reminded of."""

    email = email_field(
        _("Your e-mail address"),
        _("A link is sent to it, to confirm that it is you. It serves these letters only, never shown."),
    )
    remind_days = SelectField(
        _("Remind me before it closes"),
        choices=[SelectChoice(value, words) for value, words in REMINDER_WORDS.items()],
        default="",
        validators=[AnyOf(list(REMINDER_WORDS), message=_("Choose one of the days offered."))],
        validate_choice=False,
    )

    def __init__(self, *, person: Person | None, may_remind: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if person is not None:
            del self.email
        if not may_remind:
            del self.remind_days

    @property
    def days(self) -> int | None:
        """Returns how many days before the closing a reminder is asked for."""
        chosen = self.remind_days.data if "remind_days" in self else ""
        return int(chosen) if chosen else None


class FrequencyForm(Form):
    """Chooses how often one is told of what one follows."""

    frequency = RadioField(
        _("How often do you want to be told of what you follow?"),
        choices=[SelectChoice(one.value, words) for one, words in FREQUENCIES.items()],
        validate_choice=False,
        validators=[required(CHOOSE), AnyOf([one.value for one in Frequency], message=CHOOSE)],
    )
