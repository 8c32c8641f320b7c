"""Adding a further address to one's account."""

from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, email_field


class AddressForm(Form):
    """The address to add."""

    email = email_field(
        _("Another address of yours"),
        _("We send a link to it. Open it in this browser, within one hour, to show that it is yours."),
    )
