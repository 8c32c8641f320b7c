"""Forms of leaving and of looking at an address."""

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from participation.accounts.erasure import ErasureChoice
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, at_least, long_text, required

CHOOSE = _("Choose what becomes of your texts.")
CHOICES = {
    ErasureChoice.EVERYTHING: _("Erase my texts too"),
    ErasureChoice.KEEP_TEXTS: _("Leave my published texts, without my name"),
}
HINTS = {
    "everything": _(
        "A sentence in their place says that their author had them erased. Others’ replies stay."
    ),
    "keep_texts": _(
        "They stay as you wrote them, signed “Participant·e”. If one of them names you, erase them instead."
    ),
}


class ErasureForm(Form):
    """A person leaves for good."""

    choice = RadioField(
        _("What becomes of your texts?"),
        choices=[SelectChoice(choice.value, words) for choice, words in CHOICES.items()],
        validate_choice=False,
        validators=[required(CHOOSE), AnyOf([choice.value for choice in ErasureChoice], message=CHOOSE)],
    )
    sure = BooleanField(
        _("I understand that this can’t be undone, by me or by anybody"),
        validators=[required(_("Tick the box to confirm that you want to leave."))],
    )


class AddressForm(Form):
    """A moderator says why they need an address."""

    reason = long_text(
        _("Why do you need this address?"),
        _("One sentence. The author can read it on their page, and so can the auditor, for twelve months."),
        longest=500,
        validators=[
            required(_("Give a reason in one sentence at least: the author can read it.")),
            at_least(10),
        ],
    )
