"""What an agent fills in at the desk: whose code or address, that they saw them; why one takes it back."""

from wtforms import BooleanField, StringField

from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, at_most, long_text, required


class VerifyForm(Form):
    """Who stands at the desk, and that the agent saw them with a document."""

    who = StringField(
        _("Their code, or their e-mail address"),
        description=_("The code is the eight characters they read in their account, such as k7mpx2qd."),
        validators=[
            required(_("Enter the code or the e-mail address that the person gives you.")),
            at_most(254),
        ],
    )
    seen = BooleanField(
        _("I saw this person, and a document that says who they are"),
        description=_("Write no number of it anywhere, and make no copy."),
        validators=[required(_("Tick this box once you saw the person and a document."))],
    )


class RevokeForm(Form):
    """Why a confirmation is taken back."""

    reason = long_text(
        _("Why do you take it back?"),
        _("The person reads it."),
        longest=500,
        validators=[required(_("Say why: the person will read it."))],
    )
