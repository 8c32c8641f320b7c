"""The question sheet: the form of the public page with empty boxes, made from the same words."""

from collections.abc import Iterator
from typing import Any

from wtforms import Field

from participation.contributions.forms import AlikeField, OpinionForm
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import email_field


class OpinionSheet(OpinionForm):
    """What a visitor would fill in on the page, to be printed: nothing is sent, so it needs no token.

    Only where the answer goes is said otherwise: no link can be sent on paper.
    """

    email = email_field(
        _("Your e-mail address"),
        _("Never published. What was recorded will be sent to it, and later the answer."),
    )

    class Meta(OpinionForm.Meta):
        """Without token, the page sets no cookie."""

        csrf = False

    def questions(self) -> Iterator[Field]:
        """Yields what is asked, in the order of the page: not what answers to words sent before."""
        asked = (self[name] for name in self.field_order if name in self)
        yield from (field for field in asked if not isinstance(field, AlikeField))


def sheet_of(**about: Any) -> OpinionSheet:
    """Returns the sheet of a consultation, as somebody sees it who is not signed in."""
    return OpinionSheet(person=None, **about)
