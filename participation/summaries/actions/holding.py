"""Having the summary of a consultation alone while writing it; once published, nobody who was late does."""

from participation.consultations.holding import hold_alone
from participation.consultations.models import Consultation
from participation.foundation.errors import NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.summaries.queries import has_published_summary


def hold_unfrozen(consultation: Consultation) -> None:
    """Takes a consultation for the one who writes its themes or its summary.

    Raises NotPossibleNow once the summary is published, even by somebody we waited for.
    """
    hold_alone(consultation)
    if has_published_summary(consultation.id):
        raise NotPossibleNow(_("This summary is published: it no longer changes."))
