"""The words of how somebody reached us, for forms, lists, receipts and letters."""

from datetime import date

from participation.consultations.models import Channel
from participation.contributions.models import Submission
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


def how_it_came(submission: Submission) -> tuple[object, date] | None:
    """Returns how a form reached us and on which day; None for one that was sent online."""
    channel, day = submission.recorded.get("channel"), submission.recorded.get("received_on")
    return (CHANNELS[Channel(channel)], date.fromisoformat(day)) if channel and day else None
