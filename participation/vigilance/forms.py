"""Forms of vigilance: saying what a series is, declaring a network that many people share."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from participation.foundation.i18n import lazy_gettext as _
from participation.vigilance.models import Verdict
from participation.web.forms import Form, at_least, at_most, long_text, required

VERDICTS = {
    Verdict.HARMLESS: _("Looked at, harmless: it is no longer flagged"),
    Verdict.KEPT: _("Looked at, kept flagged"),
}
CHOOSE = _("Choose what you conclude.")


class JudgeForm(Form):
    """What a moderator concludes about a series."""

    verdict = RadioField(
        _("What do you conclude?"),
        choices=[SelectChoice(verdict.value, words) for verdict, words in VERDICTS.items()],
        validate_choice=False,
        validators=[required(CHOOSE), AnyOf([verdict.value for verdict in Verdict], message=CHOOSE)],
    )
    reason = long_text(
        _("Why?"),
        _("An auditor reads this sentence. Name nobody and quote no text."),
        longest=1000,
        validators=[required(_("Say why in one sentence: an auditor reads it.")), at_least(10)],
    )


class NetworkForm(Form):
    """Declares a network that many people share."""

    cidr = StringField(
        _("Address or range"),
        description=_(
            "The public address of the place, such as 198.51.100.0/24: whoever runs its network knows it."
        ),
        validators=[required(_("Write an address or a range, such as 198.51.100.0/24.")), at_most(50)],
    )
    reason = StringField(
        _("Which place, and why?"),
        description=_("For example: the media library, where workshops are held on Wednesdays."),
        validators=[required(_("Say which place it is, and why it is known.")), at_most(300)],
    )
