"""The words of how somebody reached us, for forms, lists and letters."""

from participation.consultations.models import Channel
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_pgettext as pgettext

CHANNELS = {
    Channel.PAPER: pgettext("channel", "On paper"),
    Channel.MEETING: pgettext("channel", "At a meeting"),
    Channel.PHONE: pgettext("channel", "By telephone"),
    Channel.DESK: pgettext("channel", "At the desk"),
}
NO_CHOICE = "none"
NO_CHOICE_LABEL = _("No box ticked, or several")
